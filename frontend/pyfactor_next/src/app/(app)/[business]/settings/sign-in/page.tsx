import { SignInSettingsPage } from "@/features/factors/sign-in-settings-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.factors.title);

export default function Page() {
  return <SignInSettingsPage />;
}
