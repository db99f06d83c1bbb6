import type { MatchKey } from "./types";

/** Customer fields that a column may go to, grouped as the choice shows them. */
export const fieldGroups = {
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
  consent: ["do_not_call", "do_not_email"],
} as const satisfies Record<string, readonly string[]>;

export type FieldGroup = keyof typeof fieldGroups;
export const groupNames = Object.keys(fieldGroups) as FieldGroup[];
/** A field that every business has. */
export type BuiltInField = (typeof fieldGroups)[FieldGroup][number] | "notes";
export const fieldNames: BuiltInField[] = [
  ...groupNames.flatMap((group) => [...fieldGroups[group]]),
  "notes",
];
const order = new Map<string, number>(fieldNames.map((name, place) => [name, place]));

export function isField(name: string): name is BuiltInField {
  return order.has(name);
}

/** Fields by which a row may find the customer it is about, strongest first. */
export const matchKeys = [
  "external_id",
  "email",
  "phone",
  "business_name",
] as const satisfies readonly MatchKey[];

/** Field names in the order of the groups; what is unknown comes last. */
export function inFieldOrder(names: Iterable<string>): string[] {
  const place = (name: string): number => order.get(name) ?? order.size;
  return [...new Set(names)].sort((a, b) => place(a) - place(b));
}
