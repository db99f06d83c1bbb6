import type { CustomersQuery } from "./filters";

/** Address of the list as CSV: the filters of the view; order and paging mean nothing there. */
export function exportHref(query: CustomersQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === "ordering") continue;
    search.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = search.toString();
  return `/api/crm/customers/export/${text ? `?${text}` : ""}`;
}
