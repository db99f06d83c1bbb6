"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/ui/cn";
import type { DataColumn } from "@/ui/data-table/model";
import { inFieldOrder } from "./fields";
import { fieldsOf } from "./mapping";
import { isCut, issuesAt, rowIssues, rowName } from "./row-edit";
import type { CellValue, ImportColumn, ImportRow, RowAction } from "./types";

/** Words that the cells need; stable while the language is. */
export interface RowWords {
  record: string;
  reason: string;
  extra: string;
  emptyValue: string;
  was: string;
  becomes: string;
  label: (field: string) => string;
  value: (field: string, value: CellValue | undefined) => string;
}

export interface RowColumnsInput {
  action: RowAction;
  columns: readonly ImportColumn[];
  rows: readonly ImportRow[];
  words: RowWords;
  onOpen: (line: number) => void;
}

/** The table's columns: fields with their new values, or the file's cells where a row is not taken. */
export function rowColumns(input: RowColumnsInput): DataColumn<ImportRow>[] {
  const { action } = input;
  const first = nameColumn(input);
  if (action === "error") return [first, reasonColumn(input), ...cellColumns(input)];
  if (action === "excluded") return [first, ...cellColumns(input)];
  if (action === "update") return [first, ...changeColumns(input)];
  return [first, ...valueColumns(input)];
}

function nameColumn({ words, onOpen }: RowColumnsInput): DataColumn<ImportRow> {
  return {
    id: "name",
    header: words.record,
    width: 250,
    minWidth: 140,
    cell: (row) => (
      <button
        type="button"
        onClick={() => onOpen(row.line)}
        className="flex min-w-0 items-baseline gap-2.5 text-start outline-offset-2 hover:[&>:nth-child(2)]:underline"
      >
        <span className="tabular min-w-9 shrink-0 text-end text-xs text-faint">{row.line}</span>
        <span className="truncate font-medium underline-offset-4">{rowName(row)}</span>
        {row.action === "error" ? null : <Keeping row={row} />}
      </button>
    ),
  };
}

/** After a revert: why the record of this row was kept. */
function Keeping({ row }: { row: ImportRow }) {
  const [issue] = rowIssues(row);
  return issue ? <Note hint={issue.issue.detail} /> : null;
}

function reasonColumn({ words }: RowColumnsInput): DataColumn<ImportRow> {
  return {
    id: "reason",
    header: words.reason,
    width: 300,
    cell: (row) => {
      const text = row.errors.map((issue) => issue.detail).join(" ");
      return (
        <span title={text} className="truncate text-danger-ink">
          {text}
        </span>
      );
    },
  };
}

/** The raw cells under the file's headers; those of a row that does not fit stay where they are. */
function cellColumns({ columns, rows, words }: RowColumnsInput): DataColumn<ImportRow>[] {
  const width = Math.max(columns.length, ...rows.map((row) => row.cells.length));
  return Array.from({ length: width }, (_, place) => ({
    id: `cell-${place}`,
    header: columns[place]?.header ?? words.extra,
    cell: (row) => {
      const [worst] = issuesAt(row, place);
      const isSuspect = isCut(row, place) || place >= columns.length;
      return (
        <Cell
          hint={worst?.issue.detail}
          tone={worst?.isError ? "danger" : worst || isSuspect ? "warning" : undefined}
        >
          {row.cells[place] ?? ""}
        </Cell>
      );
    },
  }));
}

function warningOf(row: ImportRow, field: string): string | undefined {
  return row.warnings.find((issue) => issue.field === field)?.detail;
}

/** A phone that is no number is kept as it was given; it shows in the same column. */
function shownValue(row: ImportRow, field: string): CellValue | undefined {
  return row.values[field] || (field === "phone" ? row.values["phone_raw"] : undefined);
}

function valueColumns({ action, columns, rows, words }: RowColumnsInput): DataColumn<ImportRow>[] {
  // What every row leaves empty, or says in its name already, would only push the rest out of view.
  const isNamed = rows.every(
    (row) => rowName(row) === (row.values["business_name"] ?? row.values["name"]),
  );
  return fieldsOf(columns)
    .filter(
      (field) =>
        field !== "phone_raw" && !(isNamed && (field === "business_name" || field === "name")),
    )
    .filter((field) => rows.length === 0 || rows.some((row) => shownValue(row, field)))
    .map((field) => ({
      id: field,
      header: words.label(field),
      width: field === "notes" || field === "description" ? 280 : 168,
      cell: (row) => {
        const hint = warningOf(row, field);
        return (
          <Cell
            hint={hint}
            tone={hint ? "warning" : undefined}
            className={action === "unchanged" ? "text-muted" : undefined}
          >
            {words.value(field, shownValue(row, field))}
          </Cell>
        );
      },
    }));
}

/** One column per field that changes in some row: old → new there, the value as it is elsewhere. */
function changeColumns({ rows, words }: RowColumnsInput): DataColumn<ImportRow>[] {
  const changed = inFieldOrder(rows.flatMap((row) => Object.keys(row.diff)));
  return changed.map((field) => ({
    id: field,
    header: words.label(field),
    width: 260,
    cell: (row) => {
      const change = row.diff[field];
      if (!change) {
        return <span className="truncate text-faint">{words.value(field, row.values[field])}</span>;
      }
      const [before, after] = change;
      return (
        <Change
          was={words.value(field, before)}
          becomes={words.value(field, after)}
          words={words}
          hint={warningOf(row, field)}
        />
      );
    },
  }));
}

interface ChangeProps {
  was: string;
  becomes: string;
  words: Pick<RowWords, "emptyValue" | "was" | "becomes">;
  hint?: string | undefined;
  /** Breaks lines instead of cutting off. */
  isWrapping?: boolean;
}

/** An old and a new value. Words for the ear; colour and strike for the eye. */
export function Change({ was, becomes, words, hint, isWrapping = false }: ChangeProps) {
  const fit = isWrapping ? "break-words whitespace-pre-wrap" : "truncate";
  return (
    <span
      title={isWrapping ? undefined : `${was || words.emptyValue} → ${becomes || words.emptyValue}`}
      className={cn("flex min-w-0 items-baseline gap-1.5", isWrapping && "flex-wrap")}
    >
      <span className="sr-only">{words.was}</span>
      <del className={cn("min-w-0 text-muted", fit, !was && "text-faint no-underline")}>
        {was || words.emptyValue}
      </del>
      <span aria-hidden className="text-faint">
        →
      </span>
      <span className="sr-only">{words.becomes}</span>
      <ins
        className={cn(
          "min-w-0 rounded-sm bg-success-soft px-1 text-success-ink no-underline",
          fit,
          !becomes && "bg-danger-soft text-danger-ink",
        )}
      >
        {becomes || words.emptyValue}
      </ins>
      {hint ? <Note hint={hint} /> : null}
    </span>
  );
}

interface CellProps {
  hint?: string | undefined;
  tone?: "danger" | "warning" | undefined;
  className?: string | undefined;
  children: ReactNode;
}

function Cell({ hint, tone, className, children }: CellProps) {
  return (
    <span
      title={hint ?? (typeof children === "string" ? children : undefined)}
      className={cn(
        "flex min-w-0 items-center gap-1.5",
        tone === "warning" && "text-warning-ink",
        tone === "danger" && "rounded-sm bg-danger-soft px-1 text-danger-ink",
        className,
      )}
    >
      <span className="truncate">{children}</span>
      {hint ? <Note hint={hint} /> : null}
    </span>
  );
}

function Note({ hint }: { hint: string }) {
  return (
    <span title={hint} className="shrink-0 self-center">
      <TriangleAlert aria-hidden className="size-3.5 text-warning-ink" />
      <span className="sr-only">{hint}</span>
    </span>
  );
}
