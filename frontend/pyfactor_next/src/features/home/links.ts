/** Where each figure leads: the page of the list that it counts, narrowed to just those. */

/** What the API's address of a list says, as the list's page reads it; `days` in place of its instants. */
function page(slug: string, name: string, search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const query = new URLSearchParams(given).toString();
  return `/${slug}/${name}${query ? `?${query}` : ""}`;
}

interface Days {
  first_on: string;
  last_on: string;
}

function range({ first_on, last_on }: Days): string {
  return `${first_on}..${last_on}`;
}

/** The compound filter of an address of the API. */
function compound(address: string): string | undefined {
  return new URLSearchParams(address.split("?")[1]).get("filter") ?? undefined;
}

export function customersOf(slug: string, week: Days): string {
  return page(slug, "customers", { created_at: range(week) });
}

export function dealsInStage(slug: string, stageId: string, address: string): string {
  return page(slug, "deals", { layout: "list", stage: stageId, filter: compound(address) });
}

export function dealsClosed(
  slug: string,
  outcome: "won" | "lost",
  month: Days,
  address: string,
): string {
  return page(slug, "deals", {
    layout: "list",
    category: outcome,
    closed_at: range(month),
    filter: compound(address),
  });
}

export function tasksOf(slug: string, whose: "mine" | "all"): string {
  return page(slug, "tasks", { assignee: whose === "mine" ? "me" : undefined });
}

const PAGES: Record<string, string> = {
  "crm.customer": "customers",
  "crm.contact": "contacts",
  "crm.deal": "deals",
};

/** The page of a record that was changed, where its kind has one. */
export function recordHref(slug: string, entity: string, id: string): string | undefined {
  const name = PAGES[entity];
  return name && `/${slug}/${name}/${id}`;
}
