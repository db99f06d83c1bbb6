import type { RequestBody, ResponseBody } from "@/api";

export type Customer = ResponseBody<"/api/crm/customers/{id}/", "get">;
export type CustomerPage = ResponseBody<"/api/crm/customers/", "get">;
export type CustomerPatch = RequestBody<"/api/crm/customers/{id}/", "patch">;

/** Name of a field of the form. Tags have a picker, and the business's own fields inputs, of their own. */
export type CustomerField = Exclude<keyof CustomerPatch, "tags" | "custom">;
/** Every field that people may write, with a value. */
export type CustomerValues = Pick<Customer, CustomerField>;
export type FieldValue = CustomerValues[CustomerField];

export const KINDS = ["business", "person"] as const satisfies readonly Customer["kind"][];
export const STAGES = [
  "lead",
  "prospect",
  "customer",
  "former",
  "partner",
  "other",
] as const satisfies readonly Customer["stage"][];
export const STATUSES = [
  "active",
  "inactive",
  "blocked",
] as const satisfies readonly Customer["status"][];

/** What a list row needs: for its columns, its card, and a write (`version`). */
export const ROW_FIELDS = [
  "id",
  "version",
  "account_number",
  "kind",
  "display_name",
  "business_name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "phone_extension",
  "phone_raw",
  "website",
  "stage",
  "status",
  "owner",
  "owner_name",
  "source",
  "industry",
  "billing_city",
  "billing_country",
  "currency",
  "tags",
  "custom",
  "created_at",
  "updated_at",
  "deleted_at",
] as const satisfies readonly (keyof Customer)[];

/** A customer as lists get it: `fields=` leaves out the rest. */
export type CustomerRow = Pick<Customer, (typeof ROW_FIELDS)[number]>;
