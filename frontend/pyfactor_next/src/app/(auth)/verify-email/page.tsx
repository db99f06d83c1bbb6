import type { Metadata } from "next";
import { VerifyEmailPage } from "@/features/auth/verify-email-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.auth.verify.title };

export default function Page() {
  return <VerifyEmailPage />;
}
