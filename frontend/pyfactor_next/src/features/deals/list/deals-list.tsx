"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleDollarSign, Plus, RotateCcw, SearchX, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ApiErrorState, useErrorToast, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table/data-table";
import type { DataColumn } from "@/ui/data-table/model";
import { formatOrdering, parseOrdering } from "@/ui/data-table/ordering";
import { EmptyState } from "@/ui/empty-state";
import { toast } from "@/ui/toast";
import { useEndReached } from "@/ui/use-end-reached";
import { useIsPhone } from "@/ui/use-is-phone";
import { StageName, useDay, useMoney } from "../bits";
import { useRestoreDeal } from "../mutations";
import { type BoardQuery, type DealsQuery, dealsQuery, merged } from "../queries";
import type { DealRow } from "../types";
import type { Filters } from "../use-filters";

interface DealsListProps {
  query: BoardQuery;
  filters: Filters;
  onSort: (sort: string) => void;
  onClear: () => void;
  onCreate: (() => void) | undefined;
}

export function DealsList({ query, filters, onSort, onClear, onCreate }: DealsListProps) {
  const t = useTranslations("deals");
  const { slug, canWrite } = useSession();
  const router = useRouter();
  const isPhone = useIsPhone();
  const columns = useColumns(filters.trashed);
  const sort = useMemo(() => parseOrdering(filters.sort), [filters.sort]);
  const asked: DealsQuery = {
    ...query,
    ...(filters.category ? { category: filters.category } : {}),
    ...(filters.trashed ? { trashed: true } : {}),
    ...(filters.sort ? { ordering: filters.sort } : {}),
  };
  const result = useInfiniteQuery(dealsQuery(slug, asked));
  const { data, error, refetch, isRefetching, hasNextPage, isFetchingNextPage } = result;
  const rows = useMemo(
    () => (data?.pages ?? []).reduce<DealRow[]>((all, page) => merged(all, page.results), []),
    [data],
  );
  const onEndReached =
    hasNextPage && !isFetchingNextPage && !result.isFetchNextPageError
      ? () => void result.fetchNextPage()
      : undefined;
  if (error && !data) {
    return <ApiErrorState error={error} onRetry={() => void refetch()} isRetrying={isRefetching} />;
  }
  if (data && rows.length === 0) {
    if (filters.trashed) {
      return (
        <EmptyState
          kind="first-use"
          icon={<Trash2 />}
          title={t("trash.empty")}
          description={t("trash.description")}
        />
      );
    }
    const isNarrowed = Object.keys(query).length > 0 || filters.category !== null;
    return isNarrowed ? (
      <NoMatch onClear={onClear} />
    ) : (
      <EmptyState
        kind="first-use"
        icon={<CircleDollarSign />}
        title={t("empty.title")}
        description={t(canWrite ? "empty.description" : "empty.viewer")}
        actions={
          onCreate ? (
            <Button variant="primary" onClick={onCreate}>
              <Plus aria-hidden />
              {t("new")}
            </Button>
          ) : null
        }
      />
    );
  }
  if (isPhone) {
    return <DealCards rows={rows} isTrash={filters.trashed} onEndReached={onEndReached} />;
  }
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      getRowId={rowId}
      total={data?.pages[0]?.count_is_exact ? (data.pages[0].count ?? -1) : -1}
      sort={sort}
      onSort={(rules) => onSort(formatOrdering(rules))}
      onOpen={(id) => router.push(`/${slug}/deals/${id}`)}
      isLoading={result.isPending}
      isLoadingMore={isFetchingNextPage}
      onEndReached={onEndReached}
    />
  );
}

function rowId(row: DealRow): string {
  return row.id;
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations("deals.noMatch");
  return (
    <EmptyState
      kind="no-match"
      icon={<SearchX />}
      title={t("title")}
      description={t("description")}
      actions={<Button onClick={onClear}>{t("clear")}</Button>}
    />
  );
}

function NameCell({ row }: { row: DealRow }) {
  const { slug } = useSession();
  return (
    <Link
      href={`/${slug}/deals/${row.id}`}
      prefetch={false}
      tabIndex={-1}
      className="truncate font-medium text-ink underline-offset-4 hover:underline"
    >
      {row.name}
    </Link>
  );
}

function MoneyCell({ row }: { row: DealRow }) {
  const money = useMoney();
  return <span className="tabular truncate">{money(row.amount, row.currency)}</span>;
}

function DayCell({ day }: { day: string | null }) {
  const write = useDay();
  return day ? <span className="tabular truncate text-muted">{write(day)}</span> : null;
}

function InstantCell({ at }: { at: string | null }) {
  const format = useFormatter();
  if (at === null) return null;
  return (
    <time dateTime={at} suppressHydrationWarning className="tabular truncate text-muted">
      {format.dateTime(new Date(at), { dateStyle: "medium" })}
    </time>
  );
}

function OwnerCell({ name }: { name: string }) {
  if (!name) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={name} size="xs" />
      <span className="truncate">{name}</span>
    </span>
  );
}

function RestoreCell({ row }: { row: DealRow }) {
  const t = useTranslations("deals.trash");
  const { canWrite } = useSession();
  const showError = useErrorToast();
  const restore = useRestoreDeal();
  if (!canWrite) return null;
  return (
    <Button
      size="sm"
      busy={restore.isPending}
      onClick={() =>
        restore.mutate(row.id, {
          onSuccess: () => toast.success(t("restored", { name: row.name })),
          onError: (error) => showError(error, t("restoreFailed", { name: row.name })),
        })
      }
    >
      <RotateCcw aria-hidden />
      {t("restore")}
    </Button>
  );
}

function useColumns(isTrash: boolean): DataColumn<DealRow>[] {
  const t = useTranslations("deals.fields");
  const { slug } = useSession();
  return useMemo(() => {
    const columns: DataColumn<DealRow>[] = [
      {
        id: "name",
        header: t("name"),
        ordering: "name",
        width: 250,
        cell: (row) => <NameCell row={row} />,
      },
      {
        id: "deal_number",
        header: t("number"),
        ordering: "deal_number",
        width: 104,
        cell: (row) => <span className="tabular truncate text-muted">{row.deal_number}</span>,
      },
      { id: "stage", header: t("stage"), width: 140, cell: (row) => <StageName deal={row} /> },
      {
        id: "customer",
        header: t("customer"),
        width: 200,
        cell: (row) => (
          <Link
            href={`/${slug}/customers/${row.customer}`}
            prefetch={false}
            tabIndex={-1}
            className="truncate underline-offset-4 hover:underline"
          >
            {row.customer_name}
          </Link>
        ),
      },
      {
        id: "amount",
        header: t("amount"),
        ordering: "amount",
        width: 130,
        align: "end",
        cell: (row) => <MoneyCell row={row} />,
      },
      {
        id: "expected_close_on",
        header: t("expectedCloseOn"),
        ordering: "expected_close_on",
        width: 130,
        cell: (row) => <DayCell day={row.expected_close_on} />,
      },
      {
        id: "closed_at",
        header: t("closedAt"),
        ordering: "closed_at",
        width: 120,
        cell: (row) => <InstantCell at={row.closed_at} />,
      },
      {
        id: "owner",
        header: t("owner"),
        width: 150,
        cell: (row) => <OwnerCell name={row.owner_name} />,
      },
      {
        id: "created_at",
        header: t("createdAt"),
        ordering: "created_at",
        width: 120,
        cell: (row) => <InstantCell at={row.created_at} />,
      },
    ];
    if (!isTrash) return columns;
    const restore = {
      id: "restore",
      header: "",
      width: 120,
      cell: (row: DealRow) => <RestoreCell row={row} />,
    };
    return [...columns.slice(0, 5), restore];
  }, [t, slug, isTrash]);
}

interface DealCardsProps {
  rows: readonly DealRow[];
  isTrash: boolean;
  onEndReached: (() => void) | undefined;
}

/** The list on a phone: two lines each. */
function DealCards({ rows, isTrash, onEndReached }: DealCardsProps) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const money = useMoney();
  const end = useEndReached<HTMLLIElement>(onEndReached);
  return (
    <ul aria-label={t("title")} className="min-h-0 flex-1 overflow-y-auto pb-20">
      {rows.map((row) => (
        <li key={row.id} className="flex items-center gap-2 border-b pe-4">
          <Link
            href={`/${slug}/deals/${row.id}`}
            prefetch={false}
            className="flex min-h-16 min-w-0 flex-1 flex-col justify-center gap-0.5 py-2 ps-4"
          >
            <span className="flex items-baseline gap-2">
              <span className="truncate font-medium">{row.name}</span>
              <span className="tabular ms-auto shrink-0 text-sm">
                {money(row.amount, row.currency)}
              </span>
            </span>
            <span className="flex min-w-0 items-center gap-2 text-xs text-muted">
              <StageName deal={row} />
              <span className="truncate">{row.customer_name}</span>
            </span>
          </Link>
          {isTrash ? <RestoreCell row={row} /> : null}
        </li>
      ))}
      <li ref={end} aria-hidden className="h-px" />
    </ul>
  );
}
