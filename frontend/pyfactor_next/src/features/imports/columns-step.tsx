"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { FormAlert } from "@/ui/field";
import { ColumnRow } from "./column-row";
import { textField } from "./fields";
import { ImportOptions } from "./import-options";
import { assign, doublesName, isMapped, problemsOf, summarize } from "./mapping";
import { useChangeImport, useStartWork } from "./mutations";
import { OriginNote } from "./origin-note";
import { StepHeading } from "./step-heading";
import type { ImportChanges, ImportColumn, ImportJob } from "./types";
import { useFieldLabel, useTargetOptions } from "./use-fields";
import { StepBar } from "./wizard-frame";

interface ColumnsStepProps {
  job: ImportJob;
  onBack: () => void;
  onReview: () => void;
}

/** The third station: which column goes where, and what rows that match a customer do. */
export function ColumnsStep({ job, onBack, onReview }: ColumnsStepProps) {
  const t = useTranslations("imports.columns");
  const common = useTranslations("common");
  const errors = useTranslations("imports.errors");
  const { canWrite, canAdminister } = useSession();
  const showError = useErrorToast();
  const labelOf = useFieldLabel();
  const options = useTargetOptions(job.columns);
  const change = useChangeImport(job.id);
  const start = useStartWork(job.id);
  const [notice, setNotice] = useState<string>();
  const problems = problemsOf(job);
  const { entity } = job;
  const hasUnmapped = job.columns.some((column) => !isMapped(entity, column));

  // Only the tag's name can be changed without another check.
  const isChecked =
    job.state === "validated" &&
    !(change.isPending && Object.keys(change.variables).some((name) => name !== "tag_name"));

  const save = (changes: ImportChanges): void => {
    change.mutate(changes, { onError: (error) => showError(error, errors("save")) });
  };
  const choose = (column: ImportColumn, choice: string): void => {
    const { changes, displaced } = assign(job.entity, job.columns, column.index, choice);
    setNotice(
      displaced
        ? t("moved", {
            field: labelOf(choice),
            from: displaced.header,
            choice: changes[displaced.index] === textField(job.entity) ? "notes" : "out",
          })
        : undefined,
    );
    save({ mapping: changes });
  };
  const check = (): void => {
    start.mutate("validate", {
      onSuccess: onReview,
      onError: (error) => showError(error, errors("start")),
    });
  };

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-4 py-6 md:px-6">
          <StepHeading title={t("heading")} intro={t("intro", { ...summarize(job), entity })} />
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <section className="rounded-lg bg-raised ring-1 ring-line">
              <div
                aria-hidden
                className="hidden grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-6 border-b px-4 py-2 text-xs font-medium text-muted sm:grid"
              >
                <span>{t("columnHead")}</span>
                <span>{t("fieldHead")}</span>
              </div>
              <ul>
                {job.columns.map((column) => (
                  <ColumnRow
                    key={column.index}
                    column={column}
                    options={options}
                    nullMarkers={job.dialect.null_markers}
                    isFixed={!canWrite}
                    canAdd={canWrite && canAdminister}
                    onChoose={choose}
                  />
                ))}
              </ul>
            </section>
            <div className="flex flex-col gap-3 lg:sticky lg:top-6">
              <OriginNote
                job={job}
                isFixed={!canWrite}
                isForgetting={change.isPending && change.variables.forget_mapping === true}
                onForget={() => save({ forget_mapping: true })}
              />
              <Card title={t("options")}>
                <ImportOptions job={job} isFixed={!canWrite} onChange={save} />
              </Card>
              <p role="status" className="text-xs text-muted empty:hidden">
                {notice}
              </p>
              {canWrite && !canAdminister && hasUnmapped ? (
                <p className="text-xs text-muted">{t("newField.notAllowed")}</p>
              ) : null}
              {doublesName(job.columns) ? (
                <p className="text-xs text-muted">{t("doublesName")}</p>
              ) : null}
            </div>
          </div>
        </div>
      </div>
      {canWrite ? (
        <StepBar
          aside={
            problems.length > 0 ? (
              <FormAlert>
                {problems.map((problem) => t(`problems.${problem}`, { entity })).join(" ")}
              </FormAlert>
            ) : change.isPending ? (
              t("saving")
            ) : (
              t("continueHint")
            )
          }
        >
          <Button onClick={onBack}>{common("back")}</Button>
          {isChecked ? (
            <Button variant="primary" onClick={onReview}>
              {t("toReview")}
            </Button>
          ) : (
            <Button
              variant="primary"
              busy={start.isPending}
              // Not while a choice is saved: the click that leaves a field would go nowhere. The check waits its turn.
              disabled={problems.length > 0}
              onClick={check}
            >
              {t("continue")}
            </Button>
          )}
        </StepBar>
      ) : null}
    </>
  );
}
