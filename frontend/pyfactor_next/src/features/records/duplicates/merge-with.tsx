"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Lookup } from "@/ui/lookup";
import { CandidateRow } from "./candidate-row";
import { candidatesQuery } from "./queries";
import type { Candidate, DuplicateResource, Side } from "./types";

interface MergeWithProps<C extends Candidate, S extends Side> {
  resource: DuplicateResource<C, S>;
  id: string;
  name: string;
  onClose: () => void;
  onMerged: (survivor: string) => void;
}

/** Asks which other record this one is to be merged with, then merges. */
export function MergeWith<C extends Candidate, S extends Side>(props: MergeWithProps<C, S>) {
  const { resource, id, name, onClose, onMerged } = props;
  const t = useTranslations("records.mergeWith");
  const { slug } = useSession();
  const [other, setOther] = useState<string | null>(null);
  const [text, setText] = useState("");
  const found = resource.useFound(text.trim());
  const { data: candidates = [] } = useQuery(candidatesQuery(slug, resource, { id }));
  if (other) return <resource.Merge ids={[id, other]} onClose={onClose} onMerged={onMerged} />;
  const options = found.filter(({ value }) => value !== id);
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
        <Field label={t(`search.${resource.name}`)}>
          <Lookup
            options={options}
            onSearch={setText}
            value={null}
            placeholder={t(`placeholder.${resource.name}`)}
            onValueChange={(option) => setOther(option?.value ?? null)}
          />
        </Field>
        {candidates.length > 0 ? (
          <section aria-label={t("suggestions")} className="flex flex-col gap-2">
            <h3 className="text-sm font-medium">{t("suggestions")}</h3>
            <ul className="flex flex-col gap-1">
              {candidates.map((candidate) => (
                <CandidateRow key={candidate.id} resource={resource} candidate={candidate}>
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
