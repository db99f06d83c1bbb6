import type { Metadata } from "next";
import { SignInPage } from "@/features/auth/sign-in-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.auth.signIn.submit };

export default function Page() {
  return <SignInPage />;
}
