"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, type RefObject, useEffect, useEffectEvent, useImperativeHandle } from "react";
import type { DataColumn } from "./model";
import { TableRow } from "./table-row";
import type { CellPlace, CellStep } from "./use-cells";

/** What the table may ask of its rows. */
export interface RowsHandle {
  scrollTo: (index: number) => void;
}

interface TableRowsProps<T> {
  ref: Ref<RowsHandle>;
  scroller: RefObject<HTMLElement | null>;
  rows: readonly T[];
  getRowId: (row: T) => string;
  columns: readonly DataColumn<T>[];
  /** Pixels, also of the header that lies above them. */
  rowHeight: number;
  headerHeight: number;
  selection: ReadonlySet<string>;
  isSelectable: boolean;
  activeId: string | undefined;
  focusId: string | null;
  editing: CellPlace | null;
  onToggle: (id: string, isRange: boolean) => void;
  onEditEnd: (step?: CellStep) => void;
  onEndReached: (() => void) | undefined;
}

/** The rows that are in sight and some around them. Scrolling draws these alone, not the header. */
export function TableRows<T extends object>(props: TableRowsProps<T>) {
  "use no memo"; // the virtualizer's methods read mutable state that the compiler would freeze
  const { ref, scroller, rows, getRowId, rowHeight, activeId, focusId, editing, onEndReached } =
    props;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised ("use no memo")
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: props.headerHeight,
    // The rows begin below the header, which the virtualizer does not know of.
    scrollPaddingEnd: props.headerHeight,
    // Rows in the server's HTML: without a guess there would be none.
    initialRect: { width: 1200, height: 900 },
  });
  useImperativeHandle(ref, () => ({ scrollTo: (index) => virtualizer.scrollToIndex(index) }));
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEndReached?.();
  }, [lastShown, rows.length, onEndReached]);

  const reveal = useEffectEvent((id: string) => {
    const index = rows.findIndex((row) => getRowId(row) === id);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  });
  useEffect(() => {
    // Walking through the side panel must not lead out of sight; scrolling away stays possible.
    if (activeId !== undefined) reveal(activeId);
  }, [activeId]);

  return (
    // Each row has a place of its own, so what stays in sight is not painted again while others come and go.
    <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const id = getRowId(row);
        return (
          <TableRow
            key={id}
            id={id}
            row={row}
            index={item.index}
            top={item.start}
            columns={props.columns}
            isSelected={props.selection.has(id)}
            isActive={activeId === id}
            isFocusTarget={focusId === id || (focusId === null && item.index === 0)}
            isSelectable={props.isSelectable}
            onToggle={props.onToggle}
            editing={editing?.id === id ? editing.column : undefined}
            onEditEnd={props.onEditEnd}
          />
        );
      })}
    </div>
  );
}
