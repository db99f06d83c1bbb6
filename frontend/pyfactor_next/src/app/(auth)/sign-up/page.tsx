import { SignUpPage } from "@/features/auth/sign-up-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("auth", (texts) => texts.signUp.submit);

export default function Page() {
  return <SignUpPage />;
}
