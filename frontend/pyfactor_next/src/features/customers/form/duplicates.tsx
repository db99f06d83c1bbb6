"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Control, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { CandidateRow } from "../duplicates/candidate-row";
import { type CandidatesQuery, candidatesQuery } from "../duplicates/queries";
import type { CustomerValues } from "../types";

const LOOKUP_MS = 300;
/** More than this would push the form away. */
const MAX_SHOWN = 3;
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
] as const satisfies readonly (keyof CandidatesQuery & keyof CustomerValues)[];

interface DuplicatesProps {
  control: Control<CustomerValues>;
  /** The customer that is being edited. */
  id?: string;
  /** Gives up creating and goes on with this one. */
  onUse?: (id: string) => void;
}

/** Customers that may be the one in the form, found while somebody types. They never stand in its way. */
export function Duplicates({ control, id, onUse }: DuplicatesProps) {
  const t = useTranslations("customers.duplicates");
  const { slug } = useSession();
  const [ignored, setIgnored] = useState<readonly string[]>([]);
  const values = useWatch({ control }) as CustomerValues;
  const typed = COMPARED.map((name) => [name, String(values[name] ?? "").trim()]);
  const asked = useDebounced(JSON.stringify(typed), LOOKUP_MS);
  const query = Object.fromEntries(JSON.parse(asked) as [string, string][]);
  const { data = [] } = useQuery(candidatesQuery(slug, { ...query, ...(id ? { id } : {}) }));
  const candidates = data.filter((one) => !ignored.includes(one.id)).slice(0, MAX_SHOWN);
  // The region is there before anything appears in it, so that it is read out when something does.
  return (
    <section aria-live="polite" aria-label={t("label")} className="empty:hidden">
      {candidates.length > 0 ? (
        <div className="rounded-lg bg-warning-soft p-3 text-sm ring-1 ring-line">
          <div className="flex items-center justify-between gap-2">
            <p className="font-medium text-warning-ink">{t("title")}</p>
            <Button
              size="sm"
              variant="ghost"
              onClick={() => setIgnored([...ignored, ...data.map((one) => one.id)])}
            >
              {t(onUse ? "createAnyway" : "ignore")}
            </Button>
          </div>
          <ul className="mt-1.5 flex flex-col gap-1">
            {candidates.map((candidate) => (
              <CandidateRow key={candidate.id} candidate={candidate}>
                {onUse ? (
                  <Button size="sm" onClick={() => onUse(candidate.id)}>
                    {t("use")}
                  </Button>
                ) : null}
              </CandidateRow>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
