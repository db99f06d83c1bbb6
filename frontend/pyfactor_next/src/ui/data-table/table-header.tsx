"use client";

import { useDirection } from "@base-ui/react/direction-provider";
import type { Header } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../cn";
import type { DataColumn, features } from "./model";
import { nextSort, type SortRule } from "./ordering";

interface HeaderCellProps<T extends object> {
  column: DataColumn<T>;
  header: Header<typeof features, T, unknown>;
  isFirst: boolean;
  isSelectable: boolean;
  /** A separator is being dragged, which must not drag its column along. */
  isResizing: boolean;
  sort: readonly SortRule[];
  onSort?: ((rules: SortRule[]) => void) | undefined;
  onMove: (id: string, before: string) => void;
  onWidth: (id: string, width: number) => void;
}

const STEP_PX = 16;

export function HeaderCell<T extends object>(props: HeaderCellProps<T>) {
  const { column, header, isFirst, isSelectable, sort, onSort, onMove, onWidth } = props;
  const t = useTranslations("ui.table");
  const reading = useDirection();
  const [isTarget, setTarget] = useState(false);
  const { ordering } = column;
  const level = sort.findIndex((rule) => rule.ordering === ordering);
  const rule = level >= 0 ? sort[level] : undefined;
  const direction = rule ? (rule.isDescending ? "descending" : "ascending") : "none";
  return (
    <div
      role="columnheader"
      aria-sort={ordering ? direction : undefined}
      draggable={!isFirst && !props.isResizing}
      onDragStart={(event) => event.dataTransfer.setData("text/x-column", column.id)}
      onDragOver={(event) => {
        if (isFirst || !event.dataTransfer.types.includes("text/x-column")) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false);
        onMove(event.dataTransfer.getData("text/x-column"), column.id);
      }}
      className={cn(
        "group/head relative flex min-w-0 items-center border-b bg-surface text-xs font-medium text-muted",
        column.align === "end" && "justify-end",
        // Above the other columns' separators, which pass below it.
        isFirst && (isSelectable ? "sticky inset-s-10 z-5" : "sticky inset-s-0 z-5 ps-2"),
        isTarget &&
          "shadow-[inset_2px_0_0_var(--accent)] rtl:shadow-[inset_-2px_0_0_var(--accent)]",
      )}
    >
      {ordering && onSort ? (
        <button
          type="button"
          onClick={(event) => onSort(nextSort(sort, ordering, event.shiftKey))}
          className={cn(
            "flex h-full min-w-0 flex-1 items-center gap-1 px-2 hover:text-ink focus-visible:-outline-offset-2",
            isFirst && isSelectable && "ps-0",
            column.align === "end" && "justify-end",
          )}
        >
          <span className="truncate">{column.header}</span>
          {rule ? (
            <span className="flex items-center text-accent-ink">
              {rule.isDescending ? (
                <ArrowDown aria-hidden className="size-3" />
              ) : (
                <ArrowUp aria-hidden className="size-3" />
              )}
              {sort.length > 1 ? <span className="text-2xs">{level + 1}</span> : null}
            </span>
          ) : null}
        </button>
      ) : (
        <span className={cn("truncate px-2", isFirst && isSelectable && "ps-0")}>
          {column.header}
        </span>
      )}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t("resize", { column: column.header })}
        aria-valuenow={header.getSize()}
        tabIndex={0}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          const isWider = event.key === (reading === "rtl" ? "ArrowLeft" : "ArrowRight");
          onWidth(column.id, header.getSize() + (isWider ? STEP_PX : -STEP_PX));
        }}
        className="absolute inset-y-0 -inset-e-1 z-4 w-2 cursor-col-resize touch-none outline-none after:absolute after:inset-y-2 after:inset-s-1/2 after:w-px after:bg-line group-hover/head:after:bg-line-strong hover:after:inset-y-0 hover:after:w-0.5 hover:after:bg-accent focus-visible:after:inset-y-0 focus-visible:after:w-0.5 focus-visible:after:bg-accent"
      />
    </div>
  );
}
