import { SecurityPage } from "@/features/settings/security-page";
import { messages } from "@/i18n/messages";

export const metadata = { title: messages.settings.security.title };

export default function Page() {
  return <SecurityPage />;
}
