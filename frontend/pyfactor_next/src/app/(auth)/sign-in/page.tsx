import { SignInPage } from "@/features/auth/sign-in-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("auth", (texts) => texts.signIn.submit);

export default function Page() {
  return <SignInPage />;
}
