import { VerifyEmailPage } from "@/features/auth/verify-email-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("auth", (texts) => texts.verify.title);

export default function Page() {
  return <VerifyEmailPage />;
}
