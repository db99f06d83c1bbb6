import { redirect } from "next/navigation";
import { EnrolPage } from "@/features/factors/enrol-page";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("settings", (texts) => texts.factors.policy);

/** Where a member is led whose business asks for a second factor that she has not got. */
export default async function Page() {
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { me } = loaded;
  if (!me.tenant || !me.lacks_second_factor) redirect("/");
  return <EnrolPage business={me.tenant.name} />;
}
