import type { Metadata } from "next";
import { SingleSignOnReturn } from "@/features/auth/single-sign-on-return";
import { textOf } from "@/i18n/titles";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: await textOf("auth", (texts) => texts.singleSignOn.title),
    // The address holds the provider's answer; no other site is to learn it.
    referrer: "no-referrer",
  };
}

export default async function Page({ params }: { params: Promise<{ business: string }> }) {
  return <SingleSignOnReturn business={(await params).business} />;
}
