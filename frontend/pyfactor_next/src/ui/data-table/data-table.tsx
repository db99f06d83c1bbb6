"use client";

import { useDirection } from "@base-ui/react/direction-provider";
import { type ColumnDef, useTable } from "@tanstack/react-table";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { useEventCallback } from "../use-event-callback";
import { type DataColumn, emptyLayout, features, orderedIds, type TableLayout } from "./model";
import type { SortRule } from "./ordering";
import { SkeletonRows } from "./skeleton-rows";
import { HeaderCell } from "./table-header";
import { type RowsHandle, TableRows } from "./table-rows";
import { useCells } from "./use-cells";
import { useRangeToggle } from "./use-range-toggle";
import { useRowKeys } from "./use-row-keys";

const ROW_HEIGHT_PX = 38;
const COMPACT_ROW_HEIGHT_PX = 32;
const CHECKBOX_PX = 40;

interface DataTableProps<T extends object> {
  /** Read out as the table's name. */
  label: string;
  /** Stable between renders, like `rows`. */
  columns: readonly DataColumn<T>[];
  rows: readonly T[];
  getRowId: (row: T) => string;
  /** Rows in the whole list without the header, when known; -1 when not. */
  total?: number;
  sort?: readonly SortRule[];
  onSort?: (rules: SortRule[]) => void;
  /** Ids of selected rows. Leave both out for a table without checkboxes. */
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: ReadonlySet<string>) => void;
  layout?: TableLayout;
  onLayoutChange?: (layout: TableLayout) => void;
  /** The row open in the side panel. */
  activeId?: string | undefined;
  /** Enter on a row. */
  onOpen?: (id: string) => void;
  /** Called while fewer than 20 rows are left below. */
  onEndReached?: (() => void) | undefined;
  /** Whether cells of columns that have an editor can be edited. */
  isEditable?: boolean;
  isLoading?: boolean;
  isLoadingMore?: boolean;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  className?: string;
}

const noSort: SortRule[] = [];
const noSelection: ReadonlySet<string> = new Set();

/** A virtual table: sticky header and first column, resizing, reordering, selection, row keys. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  "use no memo"; // the table's headers read mutable state that the compiler would freeze
  const { columns, rows, getRowId, onSelectionChange, onLayoutChange, onOpen } = props;
  const { sort = noSort, selection = noSelection, layout = emptyLayout } = props;
  const t = useTranslations("ui.table");
  const direction = useDirection();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useRef<RowsHandle>(null);
  const scrollTo = useEventCallback((index: number) => shown.current?.scrollTo(index));
  const isSelectable = onSelectionChange !== undefined;
  const [liveWidths, setLiveWidths] = useState<Record<string, number> | null>(null);
  const widths = liveWidths ?? layout.widths;

  const visible = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return orderedIds(columns, layout)
      .filter((id, place) => place === 0 || !layout.hidden.includes(id))
      .flatMap((id) => byId.get(id) ?? []);
  }, [columns, layout]);
  const definitions = useMemo(
    () =>
      visible.map(
        (column): ColumnDef<typeof features, T> => ({
          id: column.id,
          header: column.header,
          size: column.width ?? 160,
          minSize: column.minWidth ?? 72,
          maxSize: 720,
        }),
      ),
    [visible],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows as T[],
    getRowId,
    columnResizeMode: "onChange",
    columnResizeDirection: direction,
    state: { columnSizing: widths },
    onColumnSizingChange: (update) =>
      setLiveWidths((current) =>
        typeof update === "function" ? update(current ?? layout.widths) : update,
      ),
  });
  const isResizing = table.state.columnResizing.isResizingColumn !== false;
  useEffect(() => {
    // A drag draws by itself; what it ends with is kept.
    if (isResizing || liveWidths === null) return;
    onLayoutChange?.({ ...layout, widths: liveWidths });
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the drag's end is told by its state alone
    if (onLayoutChange) setLiveWidths(null);
  }, [isResizing, liveWidths, layout, onLayoutChange]);

  const rowHeight = layout.isCompact ? COMPACT_ROW_HEIGHT_PX : ROW_HEIGHT_PX;

  const ids = useMemo(() => rows.map(getRowId), [rows, getRowId]);
  const onToggle = useRangeToggle(ids, selection, onSelectionChange);
  const cells = useCells({
    ids,
    columns: visible,
    scroller,
    scrollTo,
    onOpen,
    isEditable: props.isEditable ?? false,
  });
  const closeEditor = useEventCallback(cells.close);
  const { focusId, onKeyDown, onFocus } = useRowKeys({
    ids,
    scroller,
    scrollTo,
    onOpen,
    onToggle: isSelectable ? onToggle : undefined,
  });

  const move = (id: string, before: string): void => {
    if (!id || id === before) return;
    const order = orderedIds(columns, layout).filter((each) => each !== id);
    order.splice(order.indexOf(before), 0, id);
    onLayoutChange?.({ ...layout, order });
  };
  const setWidth = (id: string, width: number): void => {
    onLayoutChange?.({ ...layout, widths: { ...layout.widths, [id]: Math.max(72, width) } });
  };

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const template = [
    ...(isSelectable ? [`${CHECKBOX_PX}px`] : []),
    ...headers.map((header) => `${header.getSize()}px`),
    "minmax(16px, 1fr)",
  ].join(" ");
  const width = headers.reduce((sum, header) => sum + header.getSize(), CHECKBOX_PX + 16);
  const isAll = rows.length > 0 && rows.every((row) => selection.has(getRowId(row)));

  return (
    <div
      ref={scroller}
      tabIndex={rows.length === 0 ? undefined : -1}
      className={cn("relative min-h-0 flex-1 overflow-auto overscroll-contain", props.className)}
    >
      <div
        role="table"
        aria-label={props.label}
        // The header is a row too; -1 says that the end is not known.
        aria-rowcount={props.total === -1 ? -1 : (props.total ?? rows.length) + 1}
        aria-busy={props.isLoading || undefined}
        style={
          {
            "--columns": template,
            "--row-height": `${rowHeight}px`,
            minWidth: width,
          } as React.CSSProperties
        }
        onKeyDown={(event) => {
          cells.onCellKeyDown(event);
          onKeyDown(event);
        }}
        onDoubleClick={cells.onCellDoubleClick}
        onFocus={onFocus}
      >
        <div role="rowgroup" className="sticky top-0 z-5">
          <div role="row" aria-rowindex={1} className="grid h-9 grid-cols-(--columns)">
            {isSelectable ? (
              <div
                role="columnheader"
                aria-label={t("selection")}
                className="sticky inset-s-0 z-5 flex items-center justify-center border-b bg-surface"
              >
                <Checkbox
                  aria-label={t("selectAll")}
                  checked={isAll}
                  indeterminate={!isAll && selection.size > 0}
                  onCheckedChange={(checked) =>
                    onSelectionChange?.(checked ? new Set(rows.map(getRowId)) : new Set())
                  }
                />
              </div>
            ) : null}
            {headers.map((header, place) => {
              const column = visible[place];
              return column ? (
                <HeaderCell
                  key={header.id}
                  column={column}
                  header={header}
                  isFirst={place === 0}
                  isSelectable={isSelectable}
                  isResizing={isResizing}
                  sort={sort}
                  onSort={props.onSort}
                  onMove={move}
                  onWidth={setWidth}
                />
              ) : null;
            })}
            <div aria-hidden className="border-b bg-surface" />
          </div>
        </div>
        {props.isLoading ? (
          <SkeletonRows columns={visible} isSelectable={isSelectable} />
        ) : (
          <TableRows
            ref={shown}
            scroller={scroller}
            rows={rows}
            getRowId={getRowId}
            columns={visible}
            rowHeight={rowHeight}
            headerHeight={ROW_HEIGHT_PX}
            selection={selection}
            isSelectable={isSelectable}
            activeId={props.activeId}
            focusId={focusId}
            editing={cells.editing}
            onToggle={onToggle}
            onEditEnd={closeEditor}
            onEndReached={props.onEndReached}
          />
        )}
        {props.isLoadingMore ? (
          <SkeletonRows columns={visible} isSelectable={isSelectable} rows={3} />
        ) : null}
      </div>
      {!props.isLoading && rows.length === 0 ? (
        <div className="sticky inset-s-0">{props.empty}</div>
      ) : null}
    </div>
  );
}
