"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import type { DataColumn } from "./model";
import type { CellStep } from "./use-cells";

interface TableRowProps<T> {
  row: T;
  id: string;
  index: number;
  /** Pixels below the first row's edge. */
  top: number;
  columns: readonly DataColumn<T>[];
  isSelected: boolean;
  /** Open in the side panel. */
  isActive: boolean;
  isFocusTarget: boolean;
  isSelectable: boolean;
  onToggle: (id: string, isRange: boolean) => void;
  /** The column whose cell is being edited. */
  editing?: string | undefined;
  onEditEnd: (step?: CellStep) => void;
}

function Row<T>(props: TableRowProps<T>) {
  const { row, id, index, columns, isSelected, isActive, isFocusTarget, isSelectable, onToggle } =
    props;
  const t = useTranslations("ui.table");
  const isEdited = (column: DataColumn<T>): boolean => column.id === props.editing;
  const background = isActive || isSelected ? "bg-selected" : "bg-surface group-hover/row:bg-hover";
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isSelected : undefined}
      data-row-id={id}
      tabIndex={isFocusTarget ? 0 : -1}
      style={{ top: props.top }}
      className={cn(
        "group/row absolute inset-x-0 grid h-(--row-height) grid-cols-(--columns) outline-hidden",
        // The focus ring lies above the cells: those that stay while scrolling would hide an outline.
        "focus-visible:after:pointer-events-none focus-visible:after:absolute focus-visible:after:inset-0 focus-visible:after:z-3 focus-visible:after:ring-2 focus-visible:after:ring-accent focus-visible:after:ring-inset",
      )}
    >
      {isSelectable ? (
        <div
          role="cell"
          className={cn(
            "sticky inset-s-0 z-2 flex items-center justify-center border-b",
            background,
          )}
        >
          <Checkbox
            aria-label={t("selectRow")}
            tabIndex={-1}
            checked={isSelected}
            onMouseDown={(event) => {
              // A range of rows is meant, not the text between.
              if (event.shiftKey) event.preventDefault();
            }}
            onClick={(event) => onToggle(id, event.shiftKey)}
            className={cn(
              isSelected
                ? ""
                : "opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 group-focus/row:opacity-100 pointer-coarse:opacity-100",
            )}
          />
        </div>
      ) : null}
      {columns.map((column, place) => (
        <div
          key={column.id}
          role="cell"
          data-column={column.id}
          tabIndex={-1}
          className={cn(
            "flex min-w-0 items-center overflow-hidden outline-hidden focus:ring-2 focus:ring-accent focus:ring-inset border-b px-2 text-sm whitespace-nowrap",
            background,
            isEdited(column) && "relative z-4 overflow-visible px-0.5",
            column.align === "end" && "tabular justify-end",
            place === 0 &&
              (isSelectable ? "sticky inset-s-10 z-1 ps-0" : "sticky inset-s-0 z-1 ps-4"),
          )}
        >
          {isEdited(column) ? column.edit?.(row, props.onEditEnd) : column.cell(row)}
        </div>
      ))}
      <div aria-hidden className={cn("border-b", background)} />
    </div>
  );
}

/** Memoised: while scrolling and selecting, only rows that change are drawn. */
export const TableRow = memo(Row) as typeof Row;
