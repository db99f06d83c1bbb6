import type { Metadata } from "next";
import { ForgottenPasswordPage } from "@/features/auth/forgotten-password-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.auth.reset.title };

export default function Page() {
  return <ForgottenPasswordPage />;
}
