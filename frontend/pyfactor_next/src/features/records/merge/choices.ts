import type { MergeField, MergeRecord } from "./types";

/** Field → id of the record that somebody chose. */
export type Chosen = Readonly<Record<string, string>>;

const OWN = "custom.";

/** A record's value; the business's own fields are called custom.<key>. */
export function fieldOf(record: object, field: string): unknown {
  const values = record as Readonly<Record<string, unknown>>;
  if (!field.startsWith(OWN)) return values[field];
  const own = values["custom"] as Readonly<Record<string, unknown>> | undefined;
  return own?.[field.slice(OWN.length)];
}

/** Of the business's own fields "no" is an answer; of the others it is what most records have anyway. */
function isEmpty(record: MergeRecord, field: string): boolean {
  const value = fieldOf(record, field);
  if (value === false) return !field.startsWith(OWN);
  return value === null || value === undefined || value === "";
}

/** The record that a field's value comes from: the chosen one, else the first that has any; the survivor leads. */
export function sourceOf(ordered: readonly MergeRecord[], field: string, chosen: Chosen): string {
  const wanted = ordered.find((record) => record.id === chosen[field]);
  const source = wanted ?? ordered.find((record) => !isEmpty(record, field)) ?? ordered[0];
  return source?.id ?? "";
}

/** What has to be said to the API: choices that it would not make by itself. */
export function choicesOf(ordered: readonly MergeRecord[], chosen: Chosen): Record<string, string> {
  return Object.fromEntries(
    Object.entries(chosen).filter(
      ([field, id]) =>
        ordered.some((record) => record.id === id) && sourceOf(ordered, field, {}) !== id,
    ),
  );
}

export function isDiffering(records: readonly MergeRecord[], field: string): boolean {
  // Lists and amounts are alike when they say the same.
  const values = records.map((record) =>
    isEmpty(record, field) ? "" : JSON.stringify(fieldOf(record, field)),
  );
  return values.some((value) => value !== values[0]);
}

/** The fields worth a row: those that differ, or all in which any record has something. */
export function shownFields(
  fields: readonly MergeField[],
  records: readonly MergeRecord[],
  showsAll: boolean,
): readonly MergeField[] {
  return fields.filter(({ name }) =>
    showsAll ? records.some((record) => !isEmpty(record, name)) : isDiffering(records, name),
  );
}

/** The survivor first, the others as they were. */
export function inOrder<R extends MergeRecord>(records: readonly R[], survivor: string): R[] {
  return [
    ...records.filter((record) => record.id === survivor),
    ...records.filter((record) => record.id !== survivor),
  ];
}
