import { useTranslations } from "use-intl";
import * as z from "zod/mini";
import { FIELD_NAMES, fieldSpec } from "../fields";
import { completeUrl } from "../phone";
import { type CustomerField, type CustomerValues, KINDS, STAGES, STATUSES } from "../types";

const text = z.string();
const shape = z.object({
  external_id: text,
  kind: z.enum(KINDS),
  business_name: text,
  salutation: text,
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  phone_extension: text,
  phone_raw: text,
  website: text,
  stage: z.enum(STAGES),
  status: z.enum(STATUSES),
  owner: z.nullable(text),
  source: text,
  industry: text,
  tax_id: text,
  is_tax_exempt: z.boolean(),
  tax_exempt_certificate: text,
  tax_exempt_expires_on: z.nullable(text),
  currency: text,
  language: text,
  timezone: text,
  billing_line1: text,
  billing_line2: text,
  billing_city: text,
  billing_county: text,
  billing_region: text,
  billing_postal_code: text,
  billing_country: text,
  shipping_recipient: text,
  shipping_phone: text,
  shipping_line1: text,
  shipping_line2: text,
  shipping_city: text,
  shipping_county: text,
  shipping_region: text,
  shipping_postal_code: text,
  shipping_country: text,
  delivery_instructions: text,
  notes: text,
  do_not_call: z.boolean(),
  do_not_email: z.boolean(),
}) satisfies z.ZodMiniType<CustomerValues>;

const email = z.email();

function isWebAddress(value: string): boolean {
  const url = completeUrl(value);
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** The rules a browser can check, in the words it says them; what the server knows better, it says. */
export function useCustomerSchema() {
  const t = useTranslations("customers.form");
  return shape.check((context) => {
    const values = context.value;
    const refuse = (field: CustomerField, message: string): void => {
      context.issues.push({ code: "custom", path: [field], message, input: values[field] });
    };
    if (values.kind === "business" && !values.business_name.trim()) {
      refuse("business_name", t("businessNameMissing"));
    }
    if (values.kind === "person" && !`${values.first_name}${values.last_name}`.trim()) {
      refuse("first_name", t("nameMissing"));
    }
    const address = values.email.trim();
    if (address && !email.safeParse(address).success) refuse("email", t("emailForm"));
    if (values.website.trim() && !isWebAddress(values.website)) refuse("website", t("urlForm"));
    for (const name of ["phone", "shipping_phone"] as const) {
      if (values[name].trim() && !/\d/.test(values[name])) refuse(name, t("phoneForm"));
    }
    const isExempt = values.is_tax_exempt;
    if (!isExempt && (values.tax_exempt_certificate.trim() || values.tax_exempt_expires_on)) {
      refuse("is_tax_exempt", t("exemptionMissing"));
    }
    for (const name of FIELD_NAMES) {
      const { maxLength } = fieldSpec(name);
      const value = values[name];
      if (maxLength !== undefined && typeof value === "string" && value.trim().length > maxLength) {
        refuse(name, t("tooLong", { max: maxLength }));
      }
    }
  });
}
