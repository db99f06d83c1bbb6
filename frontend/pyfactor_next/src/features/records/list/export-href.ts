import type { ListQuery } from "../source";

/** Address of the list as a file: the filters of the view; order and paging mean nothing there. */
export function exportHref(path: string, query: ListQuery, file: "csv" | "xlsx" = "csv"): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === "ordering") continue;
    search.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  if (file !== "csv") search.set("file", file);
  const text = search.toString();
  return `/api/crm/${path}/export/${text ? `?${text}` : ""}`;
}
