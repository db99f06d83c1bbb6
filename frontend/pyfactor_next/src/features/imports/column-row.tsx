"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "@/ui/badge";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { useEntity } from "./entity";
import { textField } from "./fields";
import { type Confidence, choiceOf, confidenceOf, isMapped, LEAVE_OUT, previewOf } from "./mapping";
import { NewField } from "./new-field";
import type { ImportColumn } from "./types";

const tones: Record<Confidence, BadgeTone> = {
  sure: "success",
  likely: "info",
  guess: "warning",
  none: "neutral",
};

interface ColumnRowProps {
  column: ImportColumn;
  options: readonly ComboboxOption[];
  /** Texts that mean "empty" in this file. */
  nullMarkers: readonly string[];
  isFixed: boolean;
  /** Whether a field may be made for it. */
  canAdd: boolean;
  onChoose: (column: ImportColumn, choice: string) => void;
}

/** One column of the file: what it holds, where it goes, and what its values become. */
export function ColumnRow(props: ColumnRowProps) {
  const { column, options, nullMarkers, isFixed, canAdd, onChoose } = props;
  const t = useTranslations("imports.columns");
  const entity = useEntity();
  const choice = choiceOf(column);
  const confidence = confidenceOf(column);
  const samples = column.samples.filter((sample) => !nullMarkers.includes(sample));
  return (
    <li className="grid gap-x-6 gap-y-2 border-b px-4 py-3 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <p className="truncate text-sm font-medium" title={column.header}>
          {column.header}
        </p>
        <p className="mt-0.5 line-clamp-2 text-xs break-words text-muted">
          <span className="sr-only">{t("samplesOf")} </span>
          {samples.length > 0 ? samples.join(" · ") : t("noSamples")}
        </p>
      </div>
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <ArrowRight aria-hidden className="hidden size-4 shrink-0 text-faint sm:block" />
          <Combobox
            aria-label={t("fieldOf", { header: column.header })}
            options={options}
            value={choice}
            disabled={isFixed}
            onValueChange={(next) => {
              if (next !== null && next !== choice) onChoose(column, next);
            }}
            className="min-w-0 flex-1"
          />
        </div>
        <div className="mt-1.5 flex min-w-0 flex-wrap items-center gap-1.5 text-xs text-muted sm:ps-6">
          {choice === textField(entity) ? (
            <span>{t("keepInNotesHint")}</span>
          ) : choice !== LEAVE_OUT && confidence !== "none" ? (
            <Badge tone={tones[confidence]}>{t(`confidence.${confidence}`)}</Badge>
          ) : null}
          <Preview column={column} nullMarkers={nullMarkers} />
          {canAdd && !isMapped(entity, column) ? (
            <NewField column={column} nullMarkers={nullMarkers} onChoose={onChoose} />
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** What the samples become in their field, where that differs from how they are written. */
function Preview({ column, nullMarkers }: Pick<ColumnRowProps, "column" | "nullMarkers">) {
  const t = useTranslations("imports.columns");
  const entity = useEntity();
  if (column.field === null || column.field === textField(entity)) return null;
  const { becomes, unusable } = previewOf(column, nullMarkers);
  const [failing] = unusable;
  return (
    <>
      {becomes.length > 0 ? (
        <span className="min-w-0 truncate">
          {t("preview")} <span className="text-ink">{becomes.slice(0, 3).join(" · ")}</span>
        </span>
      ) : null}
      {failing === undefined ? null : (
        <span className="min-w-0 truncate text-danger-ink">
          {t("wouldFail", { sample: failing })}
        </span>
      )}
    </>
  );
}
