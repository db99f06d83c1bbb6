import { SecurityPage } from "@/features/settings/security-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.security.title);

export default function Page() {
  return <SecurityPage />;
}
