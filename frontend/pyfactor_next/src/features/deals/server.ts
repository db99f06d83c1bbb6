import { type DehydratedState, dehydrate } from "@tanstack/react-query";
import { cache } from "react";
import { isApiError } from "@/api/errors";
import { createQueryClient } from "@/api/query-client";
import { isDocumentRequest, serverApi } from "@/api/server";
import { dealQuery } from "./queries";

/** Once per page load, for the page's title and its content. */
const loadDeal = cache(async (id: string) => {
  const api = await serverApi();
  return api.get("/api/crm/deals/{id}/", { path: { id } });
});

/** The name for a loaded page's title; while moving inside the app the browser knows it already. */
export async function dealName(id: string): Promise<string | undefined> {
  if (!(await isDocumentRequest())) return undefined;
  try {
    return (await loadDeal(id)).name;
  } catch (error) {
    // The page says what is wrong.
    if (isApiError(error)) return undefined;
    throw error;
  }
}

/** The deal of a loaded page. What fails here is left to the browser, which says what is wrong. */
export async function prefetchDeal(slug: string, id: string): Promise<DehydratedState> {
  const client = createQueryClient();
  if (await isDocumentRequest()) {
    await client.prefetchQuery({ ...dealQuery(slug, id), queryFn: () => loadDeal(id) });
  }
  return dehydrate(client);
}
