import { redirect } from "next/navigation";
import { loadMe } from "@/features/session/server";
import { ServerProblem } from "@/features/shell";

interface PageProps {
  params: Promise<{ path: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * For links that cannot know a business, as those of the installed app: /go/tasks leads to the
 * tasks of the business in use. No business has this address; theirs are longer.
 */
export default async function GoPage({ params, searchParams }: PageProps) {
  const [{ path }, search, loaded] = await Promise.all([params, searchParams, loadMe()]);
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { tenant } = loaded.me;
  if (!tenant?.onboarded_at) redirect("/onboarding");
  const pairs = Object.entries(search).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => [name, value]),
  );
  const query = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "";
  redirect(`/${tenant.slug}/${path.map(encodeURIComponent).join("/")}${query}`);
}
