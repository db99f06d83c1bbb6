"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { ApiErrorState } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { DataTable } from "@/ui/data-table/data-table";
import type { DataColumn, TableLayout } from "@/ui/data-table/model";
import { Skeleton } from "@/ui/skeleton";
import { useIsPhone } from "@/ui/use-is-phone";
import type { ListResource, ListWords } from "../resource";
import type { ListRow } from "../source";
import { isNarrowed, type View } from "../view/view";
import type { Cards as CardsOfRows } from "./cards";
import { useListActions } from "./list-actions";
import type { Rows } from "./use-rows";

// The server draws for a desk; only a phone asks for them.
const Cards = dynamic(() => import("./cards").then((m) => m.Cards), {
  loading: () => (
    <div aria-busy className="flex flex-col gap-4 p-4">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <Skeleton key={key} className="h-12" />
      ))}
    </div>
  ),
}) as typeof CardsOfRows;
const EmptyTrash = dynamic(() => import("./empty").then((m) => m.EmptyTrash));
const NoMatch = dynamic(() => import("./empty").then((m) => m.NoMatch));
const NoPermission = dynamic(() => import("./empty").then((m) => m.NoPermission));

interface ListBodyProps<Row extends ListRow> {
  list: ListResource<Row>;
  words: ListWords;
  rows: Rows<Row>;
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly DataColumn<Row>[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  selected: ReadonlySet<string>;
  /** Absent where nothing can be done with a selection. */
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
  activeId: string | undefined;
  /** Absent where nothing may be created. */
  onCreate: ((name?: string) => void) | undefined;
}

/** Rows that need nothing around them. */
function Bare({ children }: { children: ReactNode }) {
  return children;
}

export function rowId(row: ListRow): string {
  return row.id;
}

/** Rows, or what stands there instead: loading, an error, one of the empty states. */
export function ListBody<Row extends ListRow>(props: ListBodyProps<Row>) {
  const t = useTranslations("records.list");
  const isPhone = useIsPhone();
  const { open, canWrite } = useListActions();
  const { list, words, rows, view, change } = props;
  const { error, isLoading } = rows;
  const Around = list.Around ?? Bare;

  if (error) {
    if (isApiError(error) && error.kind === "forbidden") return <NoPermission />;
    return <ApiErrorState error={error} onRetry={rows.retry} isRetrying={rows.isRetrying} />;
  }
  if (!isLoading && rows.rows.length === 0) {
    if (isNarrowed(view)) {
      return (
        <NoMatch
          text={view.q.trim()}
          hasFilters={view.filters.length > 0 || view.conditions !== null}
          onClear={() => change({ q: "", filters: [], conditions: null })}
          onCreate={view.isTrash ? undefined : props.onCreate}
        />
      );
    }
    return view.isTrash ? <EmptyTrash /> : <list.FirstUse onCreate={() => props.onCreate?.()} />;
  }
  const paging = {
    isLoading,
    isLoadingMore: rows.isLoadingMore,
    onEndReached: rows.onEndReached,
  };
  return (
    <div
      className={cn(
        "flex min-h-0 flex-1 flex-col transition-opacity delay-150",
        rows.isStandIn && "opacity-60",
      )}
    >
      <Around rows={rows.rows}>
        {isPhone ? (
          <Cards
            label={words.title}
            rows={rows.rows}
            Card={list.Card}
            isTrash={view.isTrash}
            {...paging}
          />
        ) : (
          <DataTable
            label={words.title}
            columns={props.columns}
            rows={rows.rows}
            getRowId={rowId}
            total={rows.isCountExact ? (rows.count ?? -1) : -1}
            sort={view.sort}
            onSort={(sort) => change({ sort })}
            layout={props.layout}
            onLayoutChange={props.onLayoutChange}
            activeId={props.activeId}
            isEditable={canWrite && !view.isTrash}
            onOpen={open}
            {...(props.onSelect
              ? { selection: props.selected, onSelectionChange: props.onSelect }
              : {})}
            {...paging}
          />
        )}
      </Around>
      {rows.isMoreFailed ? (
        <div
          role="alert"
          className="flex shrink-0 items-center justify-center gap-3 border-t bg-danger-soft px-4 py-2 text-sm text-danger-ink"
        >
          {t("moreFailed")}
          <Button size="sm" onClick={rows.loadMore}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
