import type { Metadata } from "next";
import { SignUpPage } from "@/features/auth/sign-up-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.auth.signUp.submit };

export default function Page() {
  return <SignUpPage />;
}
