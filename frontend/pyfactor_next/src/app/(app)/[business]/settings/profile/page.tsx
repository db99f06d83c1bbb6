import { ProfilePage } from "@/features/settings/profile-page";
import { messages } from "@/i18n/messages";

export const metadata = { title: messages.settings.profile.title };

export default function Page() {
  return <ProfilePage />;
}
