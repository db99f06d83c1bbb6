import type { RequestBody, ResponseBody } from "@/api";

export type Contact = ResponseBody<"/api/crm/contacts/{id}/", "get">;
export type ContactPage = ResponseBody<"/api/crm/contacts/", "get">;
export type ContactPatch = RequestBody<"/api/crm/contacts/{id}/", "patch">;
export type ContactInput = RequestBody<"/api/crm/contacts/", "post">;
/** Which contact stands for which customer, with what a page shows of both. */
export type Link = ResponseBody<"/api/crm/customer-contacts/{id}/", "get">;
export type LinkPatch = RequestBody<"/api/crm/customer-contacts/{id}/", "patch">;
export type Role = Link["role"];

export const ROLES = [
  "decision_maker",
  "evaluator",
  "influencer",
  "billing",
  "technical",
  "user",
  "other",
] as const satisfies readonly Role[];

/** What a list row needs: for its columns, its card, and a write (`version`). */
export const ROW_FIELDS = [
  "id",
  "version",
  "display_name",
  "job_title",
  "department",
  "email",
  "phone",
  "phone_extension",
  "phone_raw",
  "language",
  "birthday",
  "tags",
  "custom",
  "created_at",
  "updated_at",
  "deleted_at",
] as const satisfies readonly (keyof Contact)[];

/** A contact as lists get it: `fields=` leaves out the rest. */
export type ContactRow = Pick<Contact, (typeof ROW_FIELDS)[number]>;
