import type { FieldType } from "../fields";
import type { CustomerField } from "../types";

/** Where to go after saving: the field before, the field after, or nowhere. */
export type Move = -1 | 0 | 1;

const MENU_TYPES: readonly FieldType[] = ["kind", "stage", "status", "flag"];

/** Whether a click turns the value into an input; the others open a menu or switch at once. */
export function isInlineType(type: FieldType): boolean {
  return !MENU_TYPES.includes(type);
}

/** Opens the next field's editor, or puts the focus on it where it has none of its own. */
export function focusNeighbour(
  row: HTMLElement,
  move: Move,
  start: (field: CustomerField) => void,
): void {
  const record = row.closest("[data-record]") ?? document;
  const rows = [...record.querySelectorAll<HTMLElement>("[data-field]")];
  const next = rows[rows.indexOf(row) + move];
  if (!next) return;
  if (next.dataset["inline"] === "false") next.querySelector<HTMLElement>("button")?.focus();
  // Every data-field is written by Property from a field's own name.
  else start(next.dataset["field"] as CustomerField);
}
