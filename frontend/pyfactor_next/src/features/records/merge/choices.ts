import type { MergeField, MergeRecord } from "./types";

/** Field → id of the record that somebody chose. */
export type Chosen = Readonly<Record<string, string>>;

function fieldOf(record: MergeRecord, field: string): unknown {
  return (record as unknown as Record<string, unknown>)[field];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || value === false;
}

/** The record that a field's value comes from: the chosen one, else the first that has any; the survivor leads. */
export function sourceOf(ordered: readonly MergeRecord[], field: string, chosen: Chosen): string {
  const wanted = ordered.find((record) => record.id === chosen[field]);
  const source = wanted ?? ordered.find((record) => !isEmpty(fieldOf(record, field))) ?? ordered[0];
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
  const values = records.map((record) => fieldOf(record, field));
  return values.some((value) => value !== values[0] && !(isEmpty(value) && isEmpty(values[0])));
}

/** The fields worth a row: those that differ, or all in which any record has something. */
export function shownFields(
  fields: readonly MergeField[],
  records: readonly MergeRecord[],
  showsAll: boolean,
): readonly MergeField[] {
  return fields.filter(({ name }) =>
    showsAll
      ? records.some((record) => !isEmpty(fieldOf(record, name)))
      : isDiffering(records, name),
  );
}

/** The survivor first, the others as they were. */
export function inOrder<R extends MergeRecord>(records: readonly R[], survivor: string): R[] {
  return [
    ...records.filter((record) => record.id === survivor),
    ...records.filter((record) => record.id !== survivor),
  ];
}
