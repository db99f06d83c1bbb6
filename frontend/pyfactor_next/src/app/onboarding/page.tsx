import { OnboardingPage } from "@/features/onboarding/onboarding-page";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("onboarding", (texts) => texts.title);

export default async function Page() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { tenant } = loaded.me;
  return <OnboardingPage slug={tenant?.onboarded_at ? tenant.slug : undefined} />;
}
