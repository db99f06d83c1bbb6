import { PrivacyPage } from "@/features/settings/privacy/privacy-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.privacy.title);

export default function Page() {
  return <PrivacyPage />;
}
