"use client";

import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { Field, FormAlert } from "@/ui/field";
import { Select } from "@/ui/select";
import { dateOrders, delimiters, encodings } from "./dialects";
import { sizeOf } from "./file-check";
import { useChangeImport } from "./mutations";
import { SampleTable } from "./sample-table";
import { StepHeading } from "./step-heading";
import type { ImportChanges, ImportDialect, ImportJob } from "./types";
import { StepBar } from "./wizard-frame";

const entities = ["customer", "contact", "deal"] as const;
const dateFields = new Set(["tax_exempt_expires_on", "birthday", "expected_close_on", "closed_at"]);

/** The second station: how the file was read, changeable, and what came of it. */
export function FileStep({ job, onContinue }: { job: ImportJob; onContinue: () => void }) {
  const t = useTranslations("imports.file");
  const common = useTranslations("common");
  const format = useFormatter();
  const explain = useErrorText();
  const { canWrite } = useSession();
  const change = useChangeImport(job.id);
  const [alert, setAlert] = useState<string>();
  const { dialect } = job;
  const size = sizeOf(job.size_bytes);

  const save = (changes: ImportChanges): void => {
    setAlert(undefined);
    change.mutate(changes, {
      onError: (error) => {
        if (!isApiError(error) || error.kind !== "aborted") setAlert(explain(error).description);
      },
    });
  };
  const choose = (dialect: NonNullable<ImportChanges["dialect"]>): void => save({ dialect });
  const hasDates = job.columns.some((column) => column.field && dateFields.has(column.field));
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-5xl flex-col gap-5 px-4 py-6 md:px-6">
          <StepHeading title={t("heading")} intro={t("intro")} />
          <FormAlert>{alert}</FormAlert>
          <Card>
            <Field
              label={t("entity")}
              hint={t(`entityHints.${job.entity}`)}
              className="mb-4 max-w-sm border-b pb-4"
            >
              <Select
                value={job.entity}
                onValueChange={(entity) => save({ entity })}
                options={entities.map((value) => ({ value, label: t(`entities.${value}`) }))}
                disabled={!canWrite}
              />
            </Field>
            <div className="grid gap-x-5 gap-y-4 grid-cols-2 lg:grid-cols-4">
              <Fact label={t("format")}>{t(`formats.${dialect.format}`)}</Fact>
              <Fact label={t("size")}>
                {format.number(size.value, { style: "unit", unit: size.unit })} ·{" "}
                {t("columnCount", { count: job.columns.length })}
              </Fact>
              {dialect.format === "xlsx" ? (
                <SheetChoice dialect={dialect} isFixed={!canWrite} onChoose={choose} />
              ) : (
                <TextDialect dialect={dialect} isFixed={!canWrite} onChoose={choose} />
              )}
              {hasDates ? (
                <Field label={t("dateOrder")}>
                  <Select
                    value={dateOrders.find((order) => order === dialect.date_order) ?? null}
                    onValueChange={(date_order) => choose({ date_order })}
                    placeholder={t("dateOrders.auto")}
                    options={dateOrders.map((value) => ({
                      value,
                      label: t(`dateOrders.${value}`),
                    }))}
                    disabled={!canWrite}
                  />
                </Field>
              ) : null}
            </div>
            {dialect.format === "vcf" ? null : (
              <div className="mt-4 flex flex-wrap gap-x-6 gap-y-3 border-t pt-4">
                <Checkbox
                  label={t("header")}
                  checked={dialect.has_header}
                  disabled={!canWrite}
                  onCheckedChange={(has_header) => choose({ has_header })}
                />
                <NullMarkers dialect={dialect} isFixed={!canWrite} onChoose={choose} />
              </div>
            )}
          </Card>
          <SampleTable job={job} isBusy={change.isPending} />
        </div>
      </div>
      <StepBar aside={change.isPending ? common("loading") : null}>
        <Button variant="primary" disabled={change.isPending} onClick={onContinue}>
          {t("continue")}
        </Button>
      </StepBar>
    </>
  );
}

interface DialectProps {
  dialect: ImportDialect;
  isFixed: boolean;
  onChoose: (wanted: NonNullable<ImportChanges["dialect"]>) => void;
}

function TextDialect({ dialect, isFixed, onChoose }: DialectProps) {
  const t = useTranslations("imports.file");
  return (
    <>
      <Field label={t("encoding")}>
        <Select
          value={encodings.find(({ value }) => value === dialect.encoding)?.value ?? null}
          onValueChange={(encoding) => onChoose({ encoding })}
          options={encodings}
          disabled={isFixed}
        />
      </Field>
      {dialect.format === "vcf" ? null : (
        <Field label={t("delimiter")}>
          <Select
            value={delimiters.find(({ value }) => value === dialect.delimiter)?.value ?? null}
            onValueChange={(delimiter) => onChoose({ delimiter })}
            options={delimiters.map(({ value, name }) => ({
              value,
              label: t(`delimiters.${name}`),
            }))}
            disabled={isFixed}
          />
        </Field>
      )}
    </>
  );
}

function SheetChoice({ dialect, isFixed, onChoose }: DialectProps) {
  const t = useTranslations("imports.file");
  return (
    <Field label={t("sheet")} className="col-span-2">
      <Select
        value={dialect.sheet}
        onValueChange={(sheet) => onChoose({ sheet })}
        options={dialect.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
        disabled={isFixed || dialect.sheets.length < 2}
      />
    </Field>
  );
}

/** Markers stay on offer after they were switched off, as long as the page is open. */
function NullMarkers({ dialect, isFixed, onChoose }: DialectProps) {
  const t = useTranslations("imports.file");
  const [offered] = useState(() => dialect.null_markers);
  return offered.map((marker) => (
    <Checkbox
      key={marker}
      label={t("nullMarkers", { marker })}
      checked={dialect.null_markers.includes(marker)}
      disabled={isFixed}
      onCheckedChange={(isOn) =>
        onChoose({
          null_markers: offered.filter((each) =>
            each === marker ? isOn : dialect.null_markers.includes(each),
          ),
        })
      }
    />
  ));
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5 text-sm">
      <span className="font-medium">{label}</span>
      <span className="flex min-h-8 items-center text-muted">{children}</span>
    </div>
  );
}
