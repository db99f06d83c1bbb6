import type { Metadata } from "next";
import { NewBusinessPage } from "@/features/onboarding/new-business-page";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.onboarding.another.title };

export default async function Page() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  return <NewBusinessPage />;
}
