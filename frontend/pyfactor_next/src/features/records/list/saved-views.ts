import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type RequestBody, type ResponseBody } from "@/api";
import { type Node, readConditions } from "./conditions";

export type SavedView = ResponseBody<"/api/crm/views/{id}/", "get">;
export type SavedViewPatch = RequestBody<"/api/crm/views/{id}/", "patch">;
export type ViewEntity = SavedView["entity"];

/** What of a list a saved view keeps. */
export interface ViewState {
  filter: Node | null;
  search: string;
  /** As the API's `ordering`; "" for the list's own. */
  sort: string;
  /** The columns shown, in order; [] for the list's own. */
  columns: readonly { id: string; width: number | null }[];
  density: SavedView["density"];
  form: SavedView["layout"];
}

export function viewsQuery(slug: string, entity: ViewEntity) {
  return queryOptions({
    queryKey: [slug, "views", entity],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/views/", { query: { entity, limit: 200 }, signal }),
    select: (page): SavedView[] => page.results,
    staleTime: 60_000,
  });
}

export function stateOf(view: SavedView): ViewState {
  return {
    filter: readConditions(view.filter),
    search: view.search ?? "",
    sort: view.sort ?? "",
    columns: (view.columns ?? []).map(({ id, width }) => ({ id, width: width ?? null })),
    density: view.density ?? "normal",
    form: view.layout ?? "list",
  };
}

/** Whether a list shows what a view keeps. Widths are everybody's own and make no difference. */
export function isSame(shown: ViewState, kept: ViewState): boolean {
  const parts = (state: ViewState): string =>
    JSON.stringify([
      state.filter,
      state.search.trim(),
      state.sort,
      // A view without columns shows everybody her own.
      kept.columns.length > 0 ? state.columns.map(({ id }) => id) : null,
      state.density,
      state.form,
    ]);
  return parts(shown) === parts(kept);
}
