import { inFieldOrder, isField, matchKeys } from "./fields";
import type { ImportColumn, ImportJob, Mapping, MatchKey } from "./types";

/** What the choice of a column holds: a field, "notes", or LEAVE_OUT. */
export const LEAVE_OUT = "-";

/** The names that a contact's name gives. */
const namesOfContact: readonly string[] = ["first_name", "last_name", "salutation"];

export function choiceOf(column: ImportColumn): string {
  return column.field ?? LEAVE_OUT;
}

export interface Assignment {
  changes: Mapping;
  /** The column that had the field before and lost it. */
  displaced: ImportColumn | undefined;
}

/**
 * Puts a column into a field. A field takes one column, notes take many: the column that had the
 * field before is kept in the notes when it holds anything, so nothing is lost by the move.
 */
export function assign(
  columns: readonly ImportColumn[],
  index: number,
  choice: string,
): Assignment {
  const field = isField(choice) ? choice : null;
  const displaced =
    field === null || field === "notes"
      ? undefined
      : columns.find((column) => column.index !== index && column.field === field);
  const changes: Mapping = { [index]: field };
  if (displaced) changes[displaced.index] = displaced.samples.length > 0 ? "notes" : null;
  return { changes, displaced };
}

/** The columns as they will be once the server has taken the changes. */
export function withChanges(columns: readonly ImportColumn[], changes: Mapping): ImportColumn[] {
  return columns.map((column) => {
    const field = changes[column.index];
    if (field === undefined || field === column.field) return column;
    return { ...column, field, confidence: 1 };
  });
}

export type Confidence = "sure" | "likely" | "guess" | "none";

/** How well the suggestion is founded: the header says so, the cells look like it, nothing did. */
export function confidenceOf(column: ImportColumn): Confidence {
  if (column.confidence >= 1) return "sure";
  if (column.confidence >= 0.8) return "likely";
  return column.confidence > 0 ? "guess" : "none";
}

export interface Preview {
  /** What samples become, where that differs from how they are written. */
  becomes: string[];
  /** Samples that the field cannot hold. */
  unusable: string[];
}

/** What the samples become in their field. Texts that mean "empty" are passed over. */
export function previewOf(
  { preview, samples }: ImportColumn,
  nullMarkers: readonly string[],
): Preview {
  const becomes: string[] = [];
  const unusable: string[] = [];
  samples.forEach((sample, place) => {
    const value = preview[place];
    if (value === undefined || value === sample || nullMarkers.includes(sample)) return;
    if (value === null) unusable.push(sample);
    else becomes.push(value);
  });
  return { becomes, unusable };
}

export interface MappingSummary {
  fields: number;
  notes: number;
  leftOut: number;
}

export function summarize(columns: readonly ImportColumn[]): MappingSummary {
  const notes = columns.filter((column) => column.field === "notes").length;
  const leftOut = columns.filter((column) => column.field === null).length;
  return { fields: columns.length - notes - leftOut, notes, leftOut };
}

function has(columns: readonly ImportColumn[], field: string): boolean {
  return columns.some((column) => column.field === field);
}

/** Match keys that the file has a column for. */
export function availableKeys(columns: readonly ImportColumn[]): MatchKey[] {
  return matchKeys.filter((key) => has(columns, key));
}

export type MappingProblem = "noName" | "noMatchKey";

/** Why a dry run cannot go well; the button waits until it is mended. */
export function problemsOf(
  job: Pick<ImportJob, "columns" | "mode" | "match_keys">,
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const hasName = ["business_name", "contact_name", "first_name", "last_name"].some((field) =>
    has(job.columns, field),
  );
  if (job.mode !== "update" && !hasName) problems.push("noName");
  if (job.mode === "update" && job.match_keys.length === 0) problems.push("noMatchKey");
  return problems;
}

/** Whether local phone numbers need a country that the file does not give. */
export function needsCountry(columns: readonly ImportColumn[]): boolean {
  return has(columns, "phone") && !has(columns, "billing_country");
}

/** A contact's name and its parts would overwrite each other: the parts win in the row. */
export function doublesName(columns: readonly ImportColumn[]): boolean {
  return has(columns, "contact_name") && namesOfContact.some((field) => has(columns, field));
}

/** Fields that rows of this import can hold, in showing order. */
export function fieldsOf(columns: readonly ImportColumn[]): string[] {
  const names = columns.flatMap((column) => {
    if (column.field === null) return [];
    if (column.field === "contact_name") return [...namesOfContact];
    return column.field === "phone" ? ["phone", "phone_raw"] : [column.field];
  });
  return inFieldOrder(names);
}
