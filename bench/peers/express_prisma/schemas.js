// What goes in.
import { z } from "zod";

const text = (max) => z.string().max(max);

const fields = {
  external_id: text(80),
  kind: z.enum(["business", "person"]),
  business_name: text(255),
  first_name: text(100),
  last_name: text(100),
  email: z.union([z.email().max(254), z.literal("")]),
  phone: z.string().regex(/^(\+[1-9][0-9]{6,14})?$/),
  website: z.string().max(2048).regex(/^(https?:\/\/\S+)?$/),
  stage: z.enum(["lead", "prospect", "customer", "former", "partner", "other"]),
  status: z.enum(["active", "inactive", "blocked"]),
  owner: z.uuid().nullable(),
  source: text(80),
  industry: text(80),
  currency: z.string().regex(/^([A-Z]{3})?$/),
  billing_line1: text(255),
  billing_city: text(120),
  billing_region: text(120),
  billing_postal_code: text(20),
  billing_country: z.string().regex(/^([A-Z]{2})?$/),
  notes: text(20000),
  do_not_call: z.boolean(),
  do_not_email: z.boolean(),
  tags: z.array(z.uuid()),
  custom: z.record(z.string(), z.unknown()),
};

export const change = z.strictObject(fields).partial();
export const created = change.refine(
  (body) => (body.kind === "person" ? body.first_name || body.last_name : body.business_name),
  "A business needs its name, a person a first or a last name.",
);
export const query = z.object({
  ...Object.fromEntries(
    ["kind", "stage", "status", "source", "industry", "billing_country", "q", "count"].map((name) => [
      name,
      z.string().optional(),
    ]),
  ),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
