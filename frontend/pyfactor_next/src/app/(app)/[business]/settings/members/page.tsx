import { MembersPage } from "@/features/settings/members-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.members.title);

export default function Page() {
  return <MembersPage />;
}
