import { type DehydratedState, dehydrate } from "@tanstack/react-query";
import { cache } from "react";
import { isApiError } from "@/api/errors";
import { createQueryClient } from "@/api/query-client";
import { isDocumentRequest, serverApi } from "@/api/server";
import { dayIn, firstPage, parseView, queryOfView, rowsQuery } from "@/features/records";
import { type CustomersQuery, customersSource } from "./list/source";
import { customerQuery } from "./queries";

export type SearchParams = Record<string, string | string[] | undefined>;

interface Business {
  slug: string;
  timezone: string;
}

/**
 * The first page of the list that the address asks for, so that a page load comes with its rows.
 * What fails here is left to the browser, which can retry it, or say what is wrong.
 */
export async function prefetchList(
  { slug, timezone }: Business,
  search: SearchParams,
): Promise<DehydratedState> {
  const client = createQueryClient();
  if (await isDocumentRequest()) {
    const api = await serverApi();
    const view = parseView(
      customersSource.spec,
      (param) => [search[param] ?? null].flat()[0] ?? null,
    );
    const timeZone = timezone || "UTC";
    const query = queryOfView(customersSource.spec, view, timeZone, dayIn(timeZone, new Date()));
    await client.prefetchInfiniteQuery({
      ...rowsQuery(customersSource, slug, query),
      queryFn: () =>
        api.get("/api/crm/customers/", {
          query: firstPage(customersSource, query) as CustomersQuery,
        }),
    });
  }
  return dehydrate(client);
}

/** Once per page load, for the page's title and its content. */
const loadRecord = cache(async (id: string) => {
  const api = await serverApi();
  return api.get("/api/crm/customers/{id}/", { path: { id } });
});

/** The name for a loaded page's title; while moving inside the app the browser knows it already. */
export async function recordName(id: string): Promise<string | undefined> {
  if (!(await isDocumentRequest())) return undefined;
  try {
    return (await loadRecord(id)).display_name;
  } catch (error) {
    // The page says what is wrong.
    if (isApiError(error)) return undefined;
    throw error;
  }
}

/** One customer for its own page, likewise. */
export async function prefetchRecord({ slug }: Business, id: string): Promise<DehydratedState> {
  const client = createQueryClient();
  if (await isDocumentRequest()) {
    await client.prefetchQuery({ ...customerQuery(slug, id), queryFn: () => loadRecord(id) });
  }
  return dehydrate(client);
}
