import { MembersPage } from "@/features/settings/members-page";
import { messages } from "@/i18n/messages";

export const metadata = { title: messages.settings.members.title };

export default function Page() {
  return <MembersPage />;
}
