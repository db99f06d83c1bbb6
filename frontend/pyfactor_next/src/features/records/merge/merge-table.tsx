"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { type Chosen, fieldOf, sourceOf } from "./choices";
import type { MergeField, MergeRecord } from "./types";

interface MergeTableProps<R extends MergeRecord> {
  /** In the order in which they were named; the columns keep their places. */
  records: readonly R[];
  /** The same, the survivor first. */
  ordered: readonly R[];
  fields: readonly MergeField[];
  chosen: Chosen;
  note: (record: R) => string;
  onSurvive: (id: string) => void;
  onChoose: (field: string, id: string) => void;
}

const radio = "size-4 shrink-0 accent-(--color-accent)";

/** The records side by side: which one stays, and whose value each field takes. */
export function MergeTable<R extends MergeRecord>(props: MergeTableProps<R>) {
  const { records, ordered, fields, chosen, note, onSurvive, onChoose } = props;
  const t = useTranslations("records.merge");
  const group = useId();
  const survivor = ordered[0]?.id;
  return (
    <div className="overflow-x-auto rounded-lg ring-1 ring-line">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{t("table")}</caption>
        <thead>
          <tr className="border-b bg-surface align-top">
            <th
              scope="col"
              className="sticky inset-s-0 z-10 w-24 min-w-24 bg-surface sm:w-36 p-2.5 text-start text-xs font-medium text-muted"
            >
              {t("stays")}
            </th>
            {records.map((record) => (
              <th
                key={record.id}
                scope="col"
                className="min-w-32 p-1 text-start font-normal sm:min-w-40"
              >
                <label
                  className={cn(
                    "flex items-start gap-2 rounded-md p-1.5 hover:bg-hover",
                    record.id === survivor && "bg-selected",
                  )}
                >
                  <input
                    type="radio"
                    name={`${group}-survivor`}
                    checked={record.id === survivor}
                    onChange={() => onSurvive(record.id)}
                    aria-label={t("keep", { name: record.display_name, note: note(record) })}
                    className={cn(radio, "mt-0.5")}
                  />
                  <span className="min-w-0">
                    <span className="block font-medium break-words">{record.display_name}</span>
                    <span className="tabular block text-xs text-muted">{note(record)}</span>
                  </span>
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, label, text }) => {
            const source = sourceOf(ordered, name, chosen);
            return (
              <tr key={name} className="border-b last:border-b-0">
                <th
                  scope="row"
                  className="sticky inset-s-0 z-10 bg-raised p-2.5 text-start align-top text-xs font-medium text-muted"
                >
                  {label}
                </th>
                {records.map((record) => {
                  const value = text(fieldOf(record, name));
                  return (
                    <td key={record.id} className="p-1 align-top">
                      <label className="flex items-start gap-2 rounded-md p-1.5 hover:bg-hover">
                        <input
                          type="radio"
                          name={`${group}-${name}`}
                          checked={record.id === source}
                          onChange={() => onChoose(name, record.id)}
                          aria-label={t("take", {
                            field: label,
                            value: value || t("empty"),
                            name: record.display_name,
                          })}
                          className={cn(radio, "mt-0.5")}
                        />
                        <span
                          className={cn(
                            "line-clamp-4 min-w-0 break-words whitespace-pre-line",
                            record.id !== source && "text-muted",
                          )}
                        >
                          {value || t("empty")}
                        </span>
                      </label>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
