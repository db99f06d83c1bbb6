import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

type BusinessFiles = ResponseBody<"/api/tenants/current/exports/", "get">;
export type BusinessFile = BusinessFiles["results"][number];

const WATCH_MS = 1_500;

export function isMaking({ status }: BusinessFile): boolean {
  return status === "queued" || status === "running";
}

/** One file of the whole business, asked for again while it is being made; undefined when it is gone. */
export function businessFileQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "business-exports"],
    queryFn: ({ signal }) => djangoApi.get("/api/tenants/current/exports/", { signal }),
    select: (body: BusinessFiles) => body.results.find((file) => file.id === id) ?? null,
    refetchInterval: ({ state }) => (state.data?.results.some(isMaking) ? WATCH_MS : false),
  });
}
