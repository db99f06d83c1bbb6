import { SessionsPage } from "@/features/settings/sessions-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.sessions.title);

export default function Page() {
  return <SessionsPage />;
}
