"use client";

import { type Control, useWatch } from "react-hook-form";
import { Candidates, useDebounced } from "@/features/records";
import { customerDuplicates } from "../duplicates/resource";
import type { CustomerField, CustomerValues } from "../types";

const LOOKUP_MS = 300;
const COMPARED = [
  "kind",
  "business_name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "website",
  "tax_id",
  "external_id",
  "billing_line1",
  "billing_postal_code",
  "billing_city",
  "billing_country",
] as const satisfies readonly CustomerField[];

interface DuplicatesProps {
  control: Control<CustomerValues>;
  /** The customer that is being edited. */
  id?: string;
  /** Gives up creating and goes on with this one. */
  onUse?: (id: string) => void;
}

/** Customers that may be the one in the form. */
export function Duplicates({ control, id, onUse }: DuplicatesProps) {
  const values = useWatch({ control }) as CustomerValues;
  const typed = COMPARED.map((name) => [name, String(values[name] ?? "").trim()]);
  const asked = useDebounced(JSON.stringify(typed), LOOKUP_MS);
  const query = Object.fromEntries(JSON.parse(asked) as [string, string][]);
  return (
    <Candidates
      resource={customerDuplicates}
      typed={{ ...query, ...(id ? { id } : {}) }}
      onUse={onUse}
    />
  );
}
