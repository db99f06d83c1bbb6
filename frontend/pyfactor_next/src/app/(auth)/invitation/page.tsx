import type { Metadata } from "next";
import { InvitationPage } from "@/features/auth/invitation-page";
import { textOf } from "@/i18n/titles";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: await textOf("auth", (texts) => texts.invitation.title),
    // The link's token is in this tab; no other site is to learn that it exists.
    referrer: "no-referrer",
  };
}

export default function Page() {
  return <InvitationPage />;
}
