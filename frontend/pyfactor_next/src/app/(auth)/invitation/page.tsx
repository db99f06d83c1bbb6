import type { Metadata } from "next";
import { InvitationPage } from "@/features/auth/invitation-page";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = {
  title: messages.auth.invitation.title,
  // The link's token is in this tab; no other site is to learn that it exists.
  referrer: "no-referrer",
};

export default function Page() {
  return <InvitationPage />;
}
