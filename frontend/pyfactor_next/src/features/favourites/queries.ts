import { queryOptions } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import type { components } from "@/api/schema";

export type Favourite = components["schemas"]["Favourite"];
/** What a favourite is of: the field that holds its id. */
export type FavouriteKind = "customer" | "contact" | "deal" | "view";

/** As many as a sidebar can hold; whoever stars more finds the oldest ones there. */
const SHOWN = 100;

/** What one has starred in the business, in the order of starring. */
export function favouritesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "favourites"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/favourites/", { query: { limit: SHOWN }, signal }),
    select: (page) => page.results,
  });
}
