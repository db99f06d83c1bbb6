import type { Notification } from "./queries";

const TABS: Partial<Record<string, string>> = { note: "notes", task: "tasks" };

/** Where what it tells of is seen: on the record that it is about. */
export function addressOf(slug: string, told: Notification): string {
  const [path, id] = told.deal
    ? ["deals", told.deal]
    : told.customer
      ? ["customers", told.customer]
      : ["contacts", told.contact];
  return `/${slug}/${path}/${id}?tab=${TABS[told.kind] ?? "timeline"}`;
}
