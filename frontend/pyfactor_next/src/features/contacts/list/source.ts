import { djangoApi } from "@/api";
import type { ListSource, ListSpec } from "@/features/records";
import { type ContactsQuery, contactKeys } from "../queries";
import { type ContactRow, ROW_FIELDS } from "../types";

/** What the list can be narrowed by; the names are those of the address, too. */
const FILTERS = {
  tag: { type: "tag", name: "tags" },
  job_title: { type: "text", isCompound: true },
  department: { type: "text", isCompound: true },
  language: { type: "language", isCompound: true },
  created_by: { type: "owner", isCompound: true },
  created_at: { type: "date" },
  updated_at: { type: "date" },
} as const satisfies ListSpec["filters"];
export type FilterName = keyof typeof FILTERS;

const ORDERINGS = ["name", "email", "created_at", "updated_at"] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const contactsSource: ListSource<ContactRow> = {
  spec: {
    entity: "contact",
    path: "contacts",
    filters: FILTERS,
    orderings: ORDERINGS,
    mine: "created_by",
  },
  rowFields: ROW_FIELDS,
  rowsKey: contactKeys.lists,
  get: (query, signal) =>
    djangoApi.get("/api/crm/contacts/", { query: query as ContactsQuery, signal }),
};

export function nameOf(row: Pick<ContactRow, "display_name">): string {
  return row.display_name;
}
