import type { Metadata } from "next";
import { OnboardingPage } from "@/features/onboarding/onboarding-page";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.onboarding.title };

export default async function Page() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { tenant } = loaded.me;
  return <OnboardingPage slug={tenant?.onboarded_at ? tenant.slug : undefined} />;
}
