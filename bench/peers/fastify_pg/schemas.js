// JSON schemas: what goes in is checked by them, what comes out is written by them.
const text = (maxLength) => ({ type: "string", maxLength });
const plain = { type: "string" };
const instant = { type: ["string", "null"], format: "date-time" };
const id = { type: ["string", "null"] };

const TEXT = [
  "id", "account_number", "external_id", "kind", "display_name", "business_name", "salutation",
  "first_name", "last_name", "email", "phone", "phone_extension", "phone_raw", "website", "stage",
  "status", "owner_name", "source", "industry", "tax_id", "tax_exempt_certificate", "currency",
  "language", "timezone", "billing_line1", "billing_line2", "billing_city", "billing_county",
  "billing_region", "billing_postal_code", "billing_country", "shipping_recipient", "shipping_phone",
  "shipping_line1", "shipping_line2", "shipping_city", "shipping_county", "shipping_region",
  "shipping_postal_code", "shipping_country", "delivery_instructions", "notes",
];

export const customer = {
  type: "object",
  properties: {
    ...Object.fromEntries(TEXT.map((name) => [name, plain])),
    owner: id,
    is_tax_exempt: { type: "boolean" },
    tax_exempt_expires_on: { type: ["string", "null"] },
    do_not_call: { type: "boolean" },
    do_not_email: { type: "boolean" },
    tags: { type: "array", items: plain },
    custom: { type: "object", additionalProperties: true },
    last_activity_at: instant,
    next_activity_at: instant,
    created_at: instant,
    updated_at: instant,
    created_by: id,
    updated_by: id,
    deleted_at: instant,
    version: { type: "integer" },
  },
};

export const page = {
  type: "object",
  properties: { results: { type: "array", items: customer }, count: { type: "integer" } },
};

export const change = {
  type: "object",
  additionalProperties: false,
  properties: {
    external_id: text(80),
    kind: { enum: ["business", "person"] },
    business_name: text(255),
    first_name: text(100),
    last_name: text(100),
    email: { anyOf: [{ type: "string", format: "email", maxLength: 254 }, { const: "" }] },
    phone: { type: "string", pattern: "^(\\+[1-9][0-9]{6,14})?$" },
    website: { type: "string", pattern: "^(https?://\\S+)?$", maxLength: 2048 },
    stage: { enum: ["lead", "prospect", "customer", "former", "partner", "other"] },
    status: { enum: ["active", "inactive", "blocked"] },
    owner: { type: ["string", "null"], format: "uuid" },
    source: text(80),
    industry: text(80),
    currency: { type: "string", pattern: "^([A-Z]{3})?$" },
    billing_line1: text(255),
    billing_city: text(120),
    billing_region: text(120),
    billing_postal_code: text(20),
    billing_country: { type: "string", pattern: "^([A-Z]{2})?$" },
    notes: text(20000),
    do_not_call: { type: "boolean" },
    do_not_email: { type: "boolean" },
    tags: { type: "array", items: { type: "string", format: "uuid" } },
    custom: { type: "object", additionalProperties: true },
  },
};

export const query = {
  type: "object",
  properties: {
    kind: plain, stage: plain, status: plain, source: plain, industry: plain, billing_country: plain,
    q: plain,
    count: plain,
    limit: { type: "integer", minimum: 1, maximum: 200, default: 50 },
  },
};
