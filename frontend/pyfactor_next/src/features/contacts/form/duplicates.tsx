"use client";

import { Candidates, useDebounced } from "@/features/records";
import { contactDuplicates } from "../duplicates/resource";
import type { FormValues } from "./use-contact-form";

const LOOKUP_MS = 300;
const COMPARED = ["first_name", "last_name", "email", "phone"] as const;

interface DuplicatesProps {
  values: FormValues;
  /** The contact that is being edited. */
  id?: string;
  /** Gives up creating and goes on with this one. */
  onUse?: ((id: string) => void) | undefined;
}

/** Contacts that may be the one in the form. */
export function Duplicates({ values, id, onUse }: DuplicatesProps) {
  const typed = COMPARED.map((name) => [name, values[name].trim()]);
  const query = Object.fromEntries(JSON.parse(useDebounced(JSON.stringify(typed), LOOKUP_MS)));
  return (
    <Candidates
      resource={contactDuplicates}
      typed={{ ...query, ...(id ? { id } : {}) }}
      onUse={onUse}
    />
  );
}
