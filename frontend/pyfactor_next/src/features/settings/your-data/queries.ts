import { queryOptions } from "@tanstack/react-query";
import { djangoApi, proveAgain, type ResponseBody } from "@/api";

export type BusinessExport = ResponseBody<
  "/api/tenants/current/exports/",
  "get"
>["results"][number];

const WATCH_MS = 1_500;

/** Whether its file is still to come. */
export function isMaking({ status }: BusinessExport): boolean {
  return status === "queued" || status === "running";
}

/** The newest files of the business; asked for again while one is being made. */
export function businessExportsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "business-exports"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/exports/", { signal }),
    select: (body) => body.results,
    refetchInterval: ({ state }) => (state.data?.results.some(isMaking) ? WATCH_MS : false),
  });
}

/**
 * Has the browser save the file. It goes there by itself, past the api client, so a session that was not
 * proved lately is asked for a proof first. False when she gave none.
 */
export async function download(id: string): Promise<boolean> {
  const { is_fresh } = await djangoApi.get("/api/auth/step-up/");
  if (!is_fresh && !(await proveAgain())) return false;
  const link = document.createElement("a");
  link.href = `/api/tenants/current/exports/${id}/download/`;
  link.download = "";
  link.click();
  return true;
}
