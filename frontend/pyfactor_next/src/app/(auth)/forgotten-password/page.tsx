import { ForgottenPasswordPage } from "@/features/auth/forgotten-password-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("auth", (texts) => texts.reset.title);

export default function Page() {
  return <ForgottenPasswordPage />;
}
