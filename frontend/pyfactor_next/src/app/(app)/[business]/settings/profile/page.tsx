import { ProfilePage } from "@/features/settings/profile-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.profile.title);

export default function Page() {
  return <ProfilePage />;
}
