"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import type { FieldChange, Operation } from "./types";
import { useWords } from "./words";

/** Moves to and from the trash say so already. */
const TOLD = new Set(["deleted_at", "deleted_by"]);

export function shownFields(
  operation: Operation,
  fields: readonly FieldChange[],
): readonly FieldChange[] {
  const shown = operation === "update" ? fields : fields.filter(({ field }) => !TOLD.has(field));
  return shown.flatMap(eachOwn);
}

/** The business's own fields are kept as one; each that differs is told by itself. */
function eachOwn(change: FieldChange): readonly FieldChange[] {
  if (change.field !== "custom") return [change];
  const before = valuesOf(change.before);
  const after = valuesOf(change.after);
  return Object.keys({ ...before, ...after })
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({
      ...change,
      field: `custom.${key}`,
      before: before[key] ?? null,
      after: after[key] ?? null,
    }));
}

function valuesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

interface FieldChangesProps {
  entity: string;
  operation: Operation;
  fields: readonly FieldChange[];
}

/** Each field with what it was and what it became; of a new or a removed record the values alone. */
export function FieldChanges({ entity, operation, fields }: FieldChangesProps) {
  const t = useTranslations("history.record");
  const words = useWords();
  const isWhole = operation === "create" || operation === "delete";
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      {shownFields(operation, fields).map((change) => {
        const label = words.field(entity, change.field);
        const before = words.value(entity, change.field, change.before, change.before_name);
        const after = words.value(entity, change.field, change.after, change.after_name);
        return (
          <div
            key={change.field}
            className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[9rem_minmax(0,1fr)]"
          >
            <dt className="text-muted">{label}</dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
              {isWhole ? (
                <Value text={operation === "create" ? after : before} />
              ) : (
                <>
                  <span className="sr-only">{t("from", { field: label })}</span>
                  <Value text={before} isOld />
                  <ArrowRight
                    aria-hidden
                    className="size-3.5 shrink-0 self-center text-faint rtl:rotate-180"
                  />
                  <span className="sr-only">{t("to", { field: label })}</span>
                  <Value text={after} />
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Value({ text, isOld = false }: { text: string; isOld?: boolean }) {
  return (
    <span
      dir="auto"
      className={cn("line-clamp-4 min-w-0 break-words", isOld ? "text-muted" : "text-ink")}
    >
      {text}
    </span>
  );
}
