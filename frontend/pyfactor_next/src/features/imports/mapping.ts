import { inFieldOrder, isField, matchKeys, textField } from "./fields";
import type { ImportColumn, ImportEntity, ImportJob, Mapping, MatchKey } from "./types";

/** What the choice of a column holds: a field or LEAVE_OUT. */
export const LEAVE_OUT = "-";

/** The names that a contact's name gives. */
const namesOfContact: readonly string[] = ["first_name", "last_name", "salutation"];

export function choiceOf(column: ImportColumn): string {
  return column.field ?? LEAVE_OUT;
}

/** Whether the column has a field of its own. */
export function isMapped(entity: ImportEntity, { field }: ImportColumn): boolean {
  return field !== null && field !== textField(entity);
}

export interface Assignment {
  changes: Mapping;
  /** The column that had the field before and lost it. */
  displaced: ImportColumn | undefined;
}

/**
 * Puts a column into a field. A field takes one column, the long text takes many: the column that
 * had the field before is kept there when it holds anything, so nothing is lost by the move.
 */
export function assign(
  entity: ImportEntity,
  columns: readonly ImportColumn[],
  index: number,
  choice: string,
): Assignment {
  const text = textField(entity);
  const field = isField(choice) || choice.startsWith("custom.") ? choice : null;
  const displaced =
    field === null || field === text
      ? undefined
      : columns.find((column) => column.index !== index && column.field === field);
  const changes: Mapping = { [index]: field };
  if (displaced) changes[displaced.index] = displaced.samples.length > 0 ? text : null;
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

export function summarize({
  entity,
  columns,
}: Pick<ImportJob, "entity" | "columns">): MappingSummary {
  const notes = columns.filter((column) => column.field === textField(entity)).length;
  const leftOut = columns.filter((column) => column.field === null).length;
  return { fields: columns.length - notes - leftOut, notes, leftOut };
}

function has(columns: readonly ImportColumn[], field: string): boolean {
  return columns.some((column) => column.field === field);
}

const customerFields = ["customer", "customer_number", "customer_external_id"] as const;

/** Whether the file says which customer a row belongs to. */
function hasCustomer(columns: readonly ImportColumn[]): boolean {
  return customerFields.some((field) => has(columns, field));
}

/** Match keys that the file has a column for. A deal's name means it together with its customer. */
export function availableKeys({
  entity,
  columns,
}: Pick<ImportJob, "entity" | "columns">): MatchKey[] {
  return matchKeys[entity].filter(
    (key: MatchKey) => has(columns, key) && (key !== "name" || hasCustomer(columns)),
  );
}

const nameFields: Record<ImportEntity, readonly string[]> = {
  customer: ["business_name", "contact_name", "first_name", "last_name"],
  contact: ["contact_name", "first_name", "last_name"],
  deal: ["name"],
};

export type MappingProblem = "noName" | "noCustomer" | "noMatchKey";

/** Why a dry run cannot go well; the button waits until it is mended. */
export function problemsOf(
  job: Pick<ImportJob, "entity" | "columns" | "mode" | "match_keys">,
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const hasName = nameFields[job.entity].some((field) => has(job.columns, field));
  if (job.mode !== "update" && !hasName) problems.push("noName");
  if (job.mode !== "update" && job.entity === "deal" && !hasCustomer(job.columns)) {
    problems.push("noCustomer");
  }
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

const gives: Partial<Record<string, string>> = {
  customer_number: "customer",
  customer_external_id: "customer",
  outcome: "stage",
};

/** Fields that rows of this import can hold, in showing order. */
export function fieldsOf(columns: readonly ImportColumn[]): string[] {
  const names = columns.flatMap((column) => {
    if (column.field === null) return [];
    if (column.field === "contact_name") return [...namesOfContact];
    if (column.field === "phone") return ["phone", "phone_raw"];
    // Three columns may name one customer, two one stage.
    return [gives[column.field] ?? column.field];
  });
  return inFieldOrder(names);
}
