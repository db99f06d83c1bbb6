import { FIELD_NAMES } from "./fields";
import type { Customer, CustomerField, CustomerPatch, CustomerValues, FieldValue } from "./types";

/** What a new customer starts from; the API's own defaults, and a lead where it would say customer. */
export const emptyValues: CustomerValues = {
  external_id: "",
  kind: "business",
  business_name: "",
  salutation: "",
  first_name: "",
  last_name: "",
  email: "",
  phone: "",
  phone_extension: "",
  phone_raw: "",
  website: "",
  stage: "lead",
  status: "active",
  owner: null,
  source: "",
  industry: "",
  tax_id: "",
  is_tax_exempt: false,
  tax_exempt_certificate: "",
  tax_exempt_expires_on: null,
  currency: "",
  language: "",
  timezone: "",
  billing_line1: "",
  billing_line2: "",
  billing_city: "",
  billing_county: "",
  billing_region: "",
  billing_postal_code: "",
  billing_country: "",
  shipping_recipient: "",
  shipping_phone: "",
  shipping_line1: "",
  shipping_line2: "",
  shipping_city: "",
  shipping_county: "",
  shipping_region: "",
  shipping_postal_code: "",
  shipping_country: "",
  delivery_instructions: "",
  notes: "",
  do_not_call: false,
  do_not_email: false,
};

/** Only the named fields of a record, e.g. what an undo has to write back. */
export function pick(record: CustomerValues, names: readonly CustomerField[]): CustomerPatch {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

export function fieldsOf(patch: CustomerPatch): CustomerField[] {
  return FIELD_NAMES.filter((name) => name in patch);
}

/** Trims text; everything else, and the lines inside a text, stay as they are. */
export function clean(value: FieldValue): FieldValue {
  return typeof value === "string" ? value.trim() : value;
}

/** The fields whose cleaned value differs from the record's: what a PATCH has to carry. */
export function changes(record: CustomerValues, edited: CustomerPatch): CustomerPatch {
  const names = fieldsOf(edited).filter((name) => clean(edited[name] ?? null) !== record[name]);
  return Object.fromEntries(names.map((name) => [name, clean(edited[name] ?? null)]));
}

/** The body that creates a customer: empty fields are left to the API. */
export function filledIn(values: CustomerValues): CustomerPatch {
  const names = FIELD_NAMES.filter((name) => {
    const value = clean(values[name]);
    return value !== "" && value !== null && value !== false;
  });
  return Object.fromEntries(names.map((name) => [name, clean(values[name])]));
}

/** What the API will compute as the name; for showing a change before it answers. */
export function displayName(
  values: Pick<Customer, "kind" | "business_name" | "first_name" | "last_name">,
): string {
  if (values.kind === "business") return values.business_name;
  return [values.first_name, values.last_name].filter(Boolean).join(" ");
}
