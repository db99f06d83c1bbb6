"use client";

import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from "react";
import type { DataColumn } from "./model";

export interface CellPlace {
  id: string;
  column: string;
}

/** Where an editor is left for: it stays, or goes on to the next or the previous cell to edit. */
export type CellStep = 0 | 1 | -1;

interface CellsOptions<T> {
  ids: readonly string[];
  columns: readonly DataColumn<T>[];
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
  onOpen?: ((id: string) => void) | undefined;
  isEditable: boolean;
}

const INTERACTIVE = "a, button, input, select, textarea, [role=checkbox]";

/**
 * Cells of a table: a click focuses one, arrows move, Enter edits (or opens the record where nothing
 * can be edited), Escape goes back to the row.
 */
export function useCells<T>(options: CellsOptions<T>) {
  const { ids, columns, scroller, scrollTo, onOpen, isEditable } = options;
  const [editing, setEditing] = useState<CellPlace | null>(null);

  const focus = (place: CellPlace | string): void => {
    const id = typeof place === "string" ? place : place.id;
    const index = ids.indexOf(id);
    if (index < 0) return;
    scrollTo(index);
    requestAnimationFrame(() => {
      const row = `[data-row-id="${CSS.escape(id)}"]`;
      const selector = typeof place === "string" ? row : `${row} [data-column="${place.column}"]`;
      scroller.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
  };
  const canEdit = (column: string): boolean =>
    isEditable && columns.some((each) => each.id === column && each.edit !== undefined);
  const edit = (place: CellPlace): void => {
    if (canEdit(place.column)) setEditing(place);
    else onOpen?.(place.id);
  };
  const next = ({ id, column }: CellPlace, step: CellStep): CellPlace | null => {
    const order = columns.filter((each) => each.edit !== undefined).map((each) => each.id);
    const at = order.indexOf(column) + step;
    const row = ids[ids.indexOf(id) + (at < 0 ? -1 : at >= order.length ? 1 : 0)];
    const to = order[(at + order.length) % order.length];
    return row === undefined || to === undefined ? null : { id: row, column: to };
  };
  const close = (step: CellStep = 0): void => {
    if (!editing) return;
    const to = step === 0 ? null : next(editing, step);
    setEditing(to);
    if (to === null) focus(editing);
    else scrollTo(ids.indexOf(to.id));
  };

  const onCellKeyDown = (event: KeyboardEvent): void => {
    const cell = event.target as HTMLElement;
    const column = cell.dataset["column"];
    const id = cell.closest<HTMLElement>("[data-row-id]")?.dataset["rowId"];
    if (column === undefined || id === undefined) return;
    const isRtl = getComputedStyle(cell).direction === "rtl";
    const across = (step: number): void => {
      const to = columns[columns.findIndex((each) => each.id === column) + step];
      if (to) focus({ id, column: to.id });
    };
    const down = (step: number): void => {
      const to = ids[ids.indexOf(id) + step];
      if (to !== undefined) focus({ id: to, column });
    };
    switch (event.key) {
      case "ArrowRight":
        across(isRtl ? -1 : 1);
        break;
      case "ArrowLeft":
        across(isRtl ? 1 : -1);
        break;
      case "ArrowDown":
        down(1);
        break;
      case "ArrowUp":
        down(-1);
        break;
      case "Enter":
        edit({ id, column });
        break;
      case "Escape":
        focus(id);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const placeOf = (event: MouseEvent): CellPlace | null => {
    const target = event.target as HTMLElement;
    if (target.closest(INTERACTIVE)) return null;
    const cell = target.closest<HTMLElement>("[data-column]");
    const id = cell?.closest<HTMLElement>("[data-row-id]")?.dataset["rowId"];
    const column = cell?.dataset["column"];
    return id === undefined || column === undefined ? null : { id, column };
  };
  const onCellDoubleClick = (event: MouseEvent): void => {
    const place = placeOf(event);
    if (place && canEdit(place.column)) setEditing(place);
  };
  return { editing, close, onCellKeyDown, onCellDoubleClick };
}
