"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { CandidateRow } from "./candidate-row";
import { candidatesQuery } from "./queries";
import type { Candidate, DuplicateResource, Side, Typed } from "./types";

/** More than this would push the form away. */
const MAX_SHOWN = 3;

export interface CandidatesProps<C extends Candidate, S extends Side> {
  resource: DuplicateResource<C, S>;
  /** What the form holds, once it has stayed the same for a moment; `id` of a record that is edited. */
  typed: Typed;
  /** Gives up creating and goes on with this one. */
  onUse?: ((id: string) => void) | undefined;
}

/** Records that may be the one in a form, found while somebody types. They never stand in its way. */
export function Candidates<C extends Candidate, S extends Side>(props: CandidatesProps<C, S>) {
  const { resource, typed, onUse } = props;
  const t = useTranslations("records.duplicates");
  const { slug } = useSession();
  const [ignored, setIgnored] = useState<readonly string[]>([]);
  const { data = [] } = useQuery(candidatesQuery(slug, resource, typed));
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
              <CandidateRow key={candidate.id} resource={resource} candidate={candidate}>
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
