import { SessionsPage } from "@/features/settings/sessions-page";
import { messages } from "@/i18n/messages";

export const metadata = { title: messages.settings.sessions.title };

export default function Page() {
  return <SessionsPage />;
}
