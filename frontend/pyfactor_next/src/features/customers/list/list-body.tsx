"use client";

import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { ApiErrorState } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { DataTable } from "@/ui/data-table/data-table";
import type { TableLayout } from "@/ui/data-table/model";
import { useIsPhone } from "@/ui/use-is-phone";
import { Cards } from "./cards";
import { type CustomerColumn, rowId } from "./columns";
import { EmptyTrash, FirstUse, NoMatch, NoPermission } from "./empty";
import { useListActions } from "./list-actions";
import type { Customers } from "./use-customers";
import { isNarrowed, type View } from "./view";

interface ListBodyProps {
  customers: Customers;
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly CustomerColumn[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  selected: ReadonlySet<string>;
  /** Absent where nothing can be done with a selection. */
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
  activeId: string | undefined;
  /** Absent where nothing may be created. */
  onCreate: ((name?: string) => void) | undefined;
}

/** Rows, or what stands there instead: loading, an error, one of the empty states. */
export function ListBody(props: ListBodyProps) {
  const t = useTranslations("customers");
  const isPhone = useIsPhone();
  const { open, canWrite } = useListActions();
  const { customers, view, change } = props;
  const { rows, error, isLoading } = customers;

  if (error) {
    if (isApiError(error) && error.kind === "forbidden") return <NoPermission />;
    return (
      <ApiErrorState error={error} onRetry={customers.retry} isRetrying={customers.isRetrying} />
    );
  }
  if (!isLoading && rows.length === 0) {
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
    return view.isTrash ? <EmptyTrash /> : <FirstUse onCreate={() => props.onCreate?.()} />;
  }
  const paging = {
    isLoading,
    isLoadingMore: customers.isLoadingMore,
    onEndReached: customers.onEndReached,
  };
  return (
    <div
      className={cn(
        "flex min-h-0 flex-1 flex-col transition-opacity delay-150",
        customers.isStandIn && "opacity-60",
      )}
    >
      {isPhone ? (
        <Cards label={t("title")} rows={rows} isTrash={view.isTrash} {...paging} />
      ) : (
        <DataTable
          label={t("title")}
          columns={props.columns}
          rows={rows}
          getRowId={rowId}
          total={customers.isCountExact ? (customers.count ?? -1) : -1}
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
      {customers.isMoreFailed ? (
        <div
          role="alert"
          className="flex shrink-0 items-center justify-center gap-3 border-t bg-danger-soft px-4 py-2 text-sm text-danger-ink"
        >
          {t("moreFailed")}
          <Button size="sm" onClick={customers.loadMore}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
