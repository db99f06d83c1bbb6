import { NewBusinessPage } from "@/features/onboarding/new-business-page";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("onboarding", (texts) => texts.another.title);

export default async function Page() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  return <NewBusinessPage />;
}
