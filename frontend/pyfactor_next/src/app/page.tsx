import { redirect } from "next/navigation";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";

/** The root leads to the business in use, or to naming one. */
export default async function RootPage() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { tenant } = loaded.me;
  redirect(tenant?.onboarded_at ? `/${tenant.slug}/customers` : "/onboarding");
}
