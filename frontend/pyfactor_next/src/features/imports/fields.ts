import type { ImportEntity, MatchKey } from "./types";

const consent = ["do_not_call", "do_not_email"] as const;
const customer = ["customer", "customer_number", "customer_external_id"] as const;

/** Fields that a column may go to, for each kind of record, grouped as the choice shows them. */
export const fieldGroups = {
  customer: {
    identity: [
      "business_name",
      "contact_name",
      "salutation",
      "first_name",
      "last_name",
      "kind",
      "external_id",
    ],
    contact: ["email", "phone", "phone_raw", "phone_extension", "website"],
    billing: [
      "billing_line1",
      "billing_line2",
      "billing_city",
      "billing_county",
      "billing_region",
      "billing_postal_code",
      "billing_country",
    ],
    shipping: [
      "shipping_recipient",
      "shipping_phone",
      "shipping_line1",
      "shipping_line2",
      "shipping_city",
      "shipping_county",
      "shipping_region",
      "shipping_postal_code",
      "shipping_country",
      "delivery_instructions",
    ],
    classification: ["stage", "status", "owner", "source", "industry"],
    commercial: [
      "currency",
      "language",
      "timezone",
      "tax_id",
      "is_tax_exempt",
      "tax_exempt_certificate",
      "tax_exempt_expires_on",
    ],
    consent,
  },
  contact: {
    person: [
      "contact_name",
      "salutation",
      "first_name",
      "last_name",
      "job_title",
      "department",
      "birthday",
      "external_id",
      "contact_id",
    ],
    place: [...customer, "role"],
    contact: ["email", "phone", "phone_raw", "phone_extension", "language"],
    consent,
  },
  deal: {
    deal: ["name", "pipeline", "stage", "outcome", "owner", "external_id", "deal_id"],
    place: [...customer, "contact"],
    money: ["amount", "currency", "probability"],
    closing: ["expected_close_on", "closed_at", "lost_reason", "lost_note"],
    classification: ["source", "next_step"],
  },
} as const satisfies Record<ImportEntity, Record<string, readonly string[]>>;

type Groups = typeof fieldGroups;
type KeyOfUnion<T> = T extends unknown ? keyof T : never;
type ValueOfUnion<T> = T extends unknown ? T[keyof T] : never;
export type FieldGroup = KeyOfUnion<Groups[ImportEntity]>;
export type TextField = "notes" | "description";
/** A field that every business has. */
export type BuiltInField = Extract<ValueOfUnion<Groups[ImportEntity]>, readonly string[]>[number];
export type AnyField = BuiltInField | TextField;

interface Group {
  name: FieldGroup;
  fields: readonly BuiltInField[];
}

/** The groups of one kind of record, in showing order. */
export function groupsOf(entity: ImportEntity): Group[] {
  return Object.entries(fieldGroups[entity]).map(([name, fields]) => ({
    name: name as FieldGroup,
    fields,
  }));
}

/** Where texts without a field of their own are kept, a line each. */
export function textField(entity: ImportEntity): TextField {
  return entity === "deal" ? "description" : "notes";
}

export function fieldNames(entity: ImportEntity): AnyField[] {
  return [...groupsOf(entity).flatMap(({ fields }) => fields), textField(entity)];
}

const entities = Object.keys(fieldGroups) as ImportEntity[];
const order = new Map<string, number>(
  [...new Set(entities.flatMap(fieldNames))].map((name, place) => [name, place]),
);

export function isField(name: string): name is AnyField {
  return order.has(name);
}

/** Fields by which a row may find the record it is about, strongest first. */
export const matchKeys = {
  customer: ["external_id", "email", "phone", "business_name"],
  contact: ["contact_id", "external_id", "email"],
  deal: ["deal_id", "external_id", "name"],
} as const satisfies Record<ImportEntity, readonly MatchKey[]>;

/** Field names in the order of the groups; what is unknown comes last. */
export function inFieldOrder(names: Iterable<string>): string[] {
  const place = (name: string): number => order.get(name) ?? order.size;
  return [...new Set(names)].sort((a, b) => place(a) - place(b));
}
