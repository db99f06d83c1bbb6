import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Attachment = ResponseBody<"/api/crm/attachments/{id}/", "get">;

/** The record that files belong to: exactly one is given. */
export interface Owner {
  customer?: string;
  contact?: string;
  deal?: string;
  activity?: string;
}

const SHOWN = 200;

export const attachmentKeys = {
  all: (slug: string) => [slug, "attachments"] as const,
};

export function attachmentsQuery(slug: string, owner: Owner) {
  return queryOptions({
    queryKey: [...attachmentKeys.all(slug), "list", owner],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/attachments/", { query: { ...owner, limit: SHOWN }, signal }),
    select: (page) => page.results,
  });
}
