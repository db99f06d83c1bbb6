import type { ImportRow, RowIssue } from "./types";

const unreadable = new Set(["too_many_cells", "too_few_cells", "broken_quotes"]);

/** Why the cells of a row fit no column, if so. */
export function shapeIssue(row: Pick<ImportRow, "errors">): RowIssue | undefined {
  return row.errors.find((issue) => unreadable.has(issue.code));
}

const cardIssues = new Set(["broken_card", "unclosed_card", "unknown_version"]);

/** Whether it is a vCard that could not be read whole: what was read may be taken as it stands. */
export function isPartOfCard(row: Pick<ImportRow, "errors">): boolean {
  return row.errors.some((issue) => cardIssues.has(issue.code));
}

/** Cells too many (positive) or too few (negative). */
export function surplus(cells: readonly string[], width: number): number {
  return cells.length - width;
}

/** Joins a cell with the one after it; `separator` is what once stood between them. */
export function joinWithNext(cells: readonly string[], at: number, separator: string): string[] {
  const next = cells[at + 1];
  if (next === undefined) return [...cells];
  return [...cells.slice(0, at), `${cells[at]}${separator}${next}`, ...cells.slice(at + 2)];
}

export function removeAt(cells: readonly string[], at: number): string[] {
  return cells.filter((_, place) => place !== at);
}

/** Puts an empty cell before the given place; those from there on move one column on. */
export function insertBefore(cells: readonly string[], at: number): string[] {
  return [...cells.slice(0, at), "", ...cells.slice(at)];
}

export function replaceAt(cells: readonly string[], at: number, text: string): string[] {
  return cells.map((cell, place) => (place === at ? text : cell));
}

/** What the server's suggestion joins into one cell, to be named; "" without a suggestion. */
export function joinedCell(row: Pick<ImportRow, "cells" | "suggested_cells">): string {
  return row.suggested_cells?.find((cell) => !row.cells.includes(cell)) ?? "";
}

/** Whether this cell is a part of a value that seems to have been cut at a separator. */
export function isCut(row: Pick<ImportRow, "cells" | "suggested_cells">, at: number): boolean {
  const cell = row.cells[at];
  return cell !== undefined && row.suggested_cells?.includes(cell) === false;
}

/** Issues of one column of the file, errors first. */
export function issuesAt(row: ImportRow, column: number): { issue: RowIssue; isError: boolean }[] {
  const of = (issues: readonly RowIssue[], isError: boolean) =>
    issues.filter((issue) => issue.column === column).map((issue) => ({ issue, isError }));
  return [...of(row.errors, true), ...of(row.warnings, false)];
}

/** Issues that belong to the row as a whole. */
export function rowIssues(row: ImportRow): { issue: RowIssue; isError: boolean }[] {
  const of = (issues: readonly RowIssue[], isError: boolean) =>
    issues.filter((issue) => issue.column === null).map((issue) => ({ issue, isError }));
  return [...of(row.errors, true), ...of(row.warnings, false)];
}

/** Whether two rows of cells read the same. */
export function sameCells(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, place) => cell === b[place]);
}

/** A name to call the row by: what it is to become, else its first cells. */
export function rowName(row: ImportRow): string {
  const { business_name, name: title, first_name, last_name, email } = row.values;
  const person = [first_name, last_name].filter(Boolean).join(" ");
  const name = business_name || title || person || email;
  if (typeof name === "string" && name) return name;
  return row.cells
    .filter((cell) => cell.trim())
    .slice(0, 2)
    .join(" · ");
}
