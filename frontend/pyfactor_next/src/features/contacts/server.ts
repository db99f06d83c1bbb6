import { type DehydratedState, dehydrate } from "@tanstack/react-query";
import { cache } from "react";
import { isApiError } from "@/api/errors";
import { createQueryClient } from "@/api/query-client";
import { isDocumentRequest, serverApi } from "@/api/server";
import { contactQuery } from "./queries";

/** Once per page load, for the page's title and its content. */
const loadContact = cache(async (id: string) => {
  const api = await serverApi();
  return api.get("/api/crm/contacts/{id}/", { path: { id } });
});

/** The name for a loaded page's title; while moving inside the app the browser knows it already. */
export async function contactName(id: string): Promise<string | undefined> {
  if (!(await isDocumentRequest())) return undefined;
  try {
    return (await loadContact(id)).display_name;
  } catch (error) {
    // The page says what is wrong.
    if (isApiError(error)) return undefined;
    throw error;
  }
}

/** The contact of a loaded page. What fails here is left to the browser, which says what is wrong. */
export async function prefetchContact(slug: string, id: string): Promise<DehydratedState> {
  const client = createQueryClient();
  if (await isDocumentRequest()) {
    await client.prefetchQuery({ ...contactQuery(slug, id), queryFn: () => loadContact(id) });
  }
  return dehydrate(client);
}
