"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useDebounced } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Lookup } from "@/ui/lookup";
import { CandidateRow } from "../duplicates/candidate-row";
import { candidatesQuery } from "../duplicates/queries";
import { lookupQuery } from "../queries";
import { CustomerMerge } from "./customer-merge";

const LOOKUP_MS = 250;

interface MergeWithProps {
  id: string;
  name: string;
  onClose: () => void;
  onMerged: (survivor: string) => void;
}

/** Asks which other customer this one is to be merged with, then merges. */
export function MergeWith({ id, name, onClose, onMerged }: MergeWithProps) {
  const t = useTranslations("customers.mergeWith");
  const { slug } = useSession();
  const [other, setOther] = useState<string | null>(null);
  const [text, setText] = useState("");
  const { data: found = [] } = useQuery(lookupQuery(slug, useDebounced(text.trim(), LOOKUP_MS)));
  const { data: candidates = [] } = useQuery(candidatesQuery(slug, { id }));
  if (other) return <CustomerMerge ids={[id, other]} onClose={onClose} onMerged={onMerged} />;
  const options = found
    .filter((row) => row.id !== id)
    .map((row) => ({ value: row.id, label: row.display_name, note: row.account_number }));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title", { name })}
      footer={<Button onClick={onClose}>{t("cancel")}</Button>}
    >
      <div className="flex flex-col gap-5">
        <Field label={t("search")}>
          <Lookup
            options={options}
            onSearch={setText}
            value={null}
            placeholder={t("placeholder")}
            onValueChange={(option) => setOther(option?.value ?? null)}
          />
        </Field>
        {candidates.length > 0 ? (
          <section aria-label={t("suggestions")} className="flex flex-col gap-2">
            <h3 className="text-sm font-medium">{t("suggestions")}</h3>
            <ul className="flex flex-col gap-1">
              {candidates.map((candidate) => (
                <CandidateRow key={candidate.id} candidate={candidate}>
                  <Button size="sm" onClick={() => setOther(candidate.id)}>
                    {t("choose")}
                  </Button>
                </CandidateRow>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}
