import type { CustomerField } from "./types";

/** How a field is shown and edited. */
export type FieldType =
  | "text"
  | "multiline"
  | "email"
  | "phone"
  | "url"
  | "kind"
  | "stage"
  | "status"
  | "owner"
  | "country"
  | "currency"
  | "language"
  | "timezone"
  | "date"
  | "flag";

export interface FieldSpec {
  name: CustomerField;
  type: FieldType;
  /** As the API limits it. */
  maxLength?: number;
  /** Shown while empty, too. */
  isUsual?: boolean;
}

export type GroupName =
  | "identity"
  | "contact"
  | "billing"
  | "shipping"
  | "money"
  | "preferences"
  | "notes";

function text(name: CustomerField, maxLength: number, isUsual = false): FieldSpec {
  return { name, type: "text", maxLength, isUsual };
}

/** Every field that people may write, in the order of the record page. */
export const GROUPS: readonly { name: GroupName; fields: readonly FieldSpec[] }[] = [
  {
    name: "identity",
    fields: [
      { name: "kind", type: "kind", isUsual: true },
      text("business_name", 255),
      text("salutation", 30),
      text("first_name", 100, true),
      text("last_name", 100, true),
      { name: "stage", type: "stage", isUsual: true },
      { name: "status", type: "status", isUsual: true },
      { name: "owner", type: "owner", isUsual: true },
      text("source", 80),
      text("industry", 80, true),
      text("external_id", 80),
    ],
  },
  {
    name: "contact",
    fields: [
      { name: "email", type: "email", maxLength: 254, isUsual: true },
      { name: "phone", type: "phone", maxLength: 40, isUsual: true },
      text("phone_extension", 10),
      { name: "website", type: "url", maxLength: 2048, isUsual: true },
    ],
  },
  {
    name: "billing",
    fields: [
      text("billing_line1", 255, true),
      text("billing_line2", 255),
      text("billing_postal_code", 20, true),
      text("billing_city", 120, true),
      text("billing_county", 120),
      text("billing_region", 120),
      { name: "billing_country", type: "country", isUsual: true },
    ],
  },
  {
    name: "shipping",
    fields: [
      text("shipping_recipient", 120),
      { name: "shipping_phone", type: "phone", maxLength: 40 },
      text("shipping_line1", 255),
      text("shipping_line2", 255),
      text("shipping_postal_code", 20),
      text("shipping_city", 120),
      text("shipping_county", 120),
      text("shipping_region", 120),
      { name: "shipping_country", type: "country" },
      { name: "delivery_instructions", type: "multiline", maxLength: 1000 },
    ],
  },
  {
    name: "money",
    fields: [
      { name: "currency", type: "currency", isUsual: true },
      text("tax_id", 32, true),
      { name: "is_tax_exempt", type: "flag", isUsual: true },
      text("tax_exempt_certificate", 100),
      { name: "tax_exempt_expires_on", type: "date" },
    ],
  },
  {
    name: "preferences",
    fields: [
      { name: "language", type: "language", isUsual: true },
      { name: "timezone", type: "timezone" },
      { name: "do_not_call", type: "flag", isUsual: true },
      { name: "do_not_email", type: "flag", isUsual: true },
    ],
  },
  {
    name: "notes",
    fields: [{ name: "notes", type: "multiline", maxLength: 20_000, isUsual: true }],
  },
];

/** Kept as given when a number cannot be dialled; mended through `phone`, so it has no group. */
const RAW_PHONE: FieldSpec = { name: "phone_raw", type: "text", maxLength: 40 };

const byName = new Map(
  [...GROUPS.flatMap((group) => group.fields), RAW_PHONE].map((spec) => [spec.name, spec]),
);

export function fieldSpec(name: CustomerField): FieldSpec {
  const spec = byName.get(name);
  if (!spec) throw new TypeError(`No such field: ${name}`);
  return spec;
}

export const FIELD_NAMES: readonly CustomerField[] = [...byName.keys()];
