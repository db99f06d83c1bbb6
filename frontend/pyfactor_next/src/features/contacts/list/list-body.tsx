"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ContactRound, FileUp, Plus, SearchX, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table/data-table";
import type { TableLayout } from "@/ui/data-table/model";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { useIsPhone } from "@/ui/use-is-phone";
import { type ContactsQuery, contactsQuery, flatten } from "../queries";
import type { ContactRow } from "../types";
import { Cards } from "./cards";
import type { ContactColumn } from "./columns";
import { CustomersOf } from "./customers-of";
import type { View } from "./use-contacts-view";

/** The contacts that a query finds, as far as they are loaded, and how to load more. */
export function useContacts(query: ContactsQuery) {
  const { slug } = useSession();
  const result = useInfiniteQuery(contactsQuery(slug, query));
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError } = result;
  const rows = useMemo(() => flatten(data?.pages ?? []), [data]);
  return {
    rows,
    pages: data?.pages ?? [],
    count: data?.pages[0]?.count,
    isCountExact: data?.pages[0]?.count_is_exact ?? true,
    error: data === undefined ? result.error : null,
    isLoading: result.isPending,
    isRetrying: result.isRefetching,
    retry: () => void result.refetch(),
    isLoadingMore: isFetchingNextPage,
    /** After a failure the next page waits for a click; asking again by itself would never end. */
    isMoreFailed: isFetchNextPageError,
    loadMore: () => void result.fetchNextPage(),
    onEndReached:
      hasNextPage && !isFetchingNextPage && !isFetchNextPageError
        ? () => void result.fetchNextPage()
        : undefined,
  };
}

export type Contacts = ReturnType<typeof useContacts>;

interface ListBodyProps {
  contacts: Contacts;
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly ContactColumn[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  selected: ReadonlySet<string>;
  /** Absent where nothing can be done with a selection. */
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
  /** Absent where nothing may be created. */
  onCreate: ((name?: string) => void) | undefined;
}

export function rowId(row: ContactRow): string {
  return row.id;
}

/** Rows, or what stands there instead: loading, an error, one of the empty states. */
export function ListBody(props: ListBodyProps) {
  const { contacts, view, change } = props;
  const t = useTranslations("contacts");
  const { slug } = useSession();
  const router = useRouter();
  const isPhone = useIsPhone();
  const { rows, pages, error, isLoading, onEndReached } = contacts;
  if (error) {
    return (
      <ApiErrorState error={error} onRetry={contacts.retry} isRetrying={contacts.isRetrying} />
    );
  }
  if (!isLoading && rows.length === 0) return <Nothing {...props} />;
  return (
    <CustomersOf pages={pages}>
      {isPhone ? (
        <Cards
          label={t("title")}
          rows={rows}
          isTrash={view.isTrash}
          isLoading={isLoading}
          onEndReached={onEndReached}
        />
      ) : (
        <DataTable
          label={t("title")}
          columns={props.columns}
          rows={rows}
          getRowId={rowId}
          total={contacts.isCountExact ? (contacts.count ?? -1) : -1}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          layout={props.layout}
          onLayoutChange={props.onLayoutChange}
          onOpen={(id) => router.push(`/${slug}/contacts/${id}`)}
          isLoading={isLoading}
          isLoadingMore={contacts.isLoadingMore}
          onEndReached={onEndReached}
          {...(props.onSelect
            ? { selection: props.selected, onSelectionChange: props.onSelect }
            : {})}
        />
      )}
      {contacts.isMoreFailed ? (
        <div
          role="alert"
          className="flex shrink-0 items-center justify-center gap-3 border-t bg-danger-soft px-4 py-2 text-sm text-danger-ink"
        >
          {t("moreFailed")}
          <Button size="sm" onClick={contacts.loadMore}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
    </CustomersOf>
  );
}

function Nothing({ view, change, onCreate }: ListBodyProps) {
  const t = useTranslations("contacts");
  const { slug, canWrite } = useSession();
  const text = view.q.trim();
  if (text !== "" || view.conditions !== null) {
    return (
      <EmptyState
        kind="no-match"
        icon={<SearchX />}
        title={t("noMatch.title")}
        description={t("noMatch.description")}
        actions={
          <>
            <Button onClick={() => change({ q: "", conditions: null })}>{t("clearFilters")}</Button>
            {onCreate && text ? (
              <Button onClick={() => onCreate(text)}>
                <Plus aria-hidden />
                {t("noMatch.create", { name: text })}
              </Button>
            ) : null}
          </>
        }
      />
    );
  }
  if (view.isTrash) {
    return (
      <EmptyState
        kind="first-use"
        icon={<Trash2 />}
        title={t("trash.empty")}
        description={t("trash.description")}
      />
    );
  }
  return (
    <EmptyState
      kind="first-use"
      icon={<ContactRound />}
      title={t("empty.title")}
      description={t(canWrite ? "empty.description" : "empty.viewer")}
      actions={
        onCreate ? (
          <>
            <Button variant="primary" onClick={() => onCreate()}>
              <Plus aria-hidden />
              {t("new")}
            </Button>
            <LinkButton href={`/${slug}/imports/new`} prefetch={false}>
              <FileUp aria-hidden />
              {t("empty.import")}
            </LinkButton>
          </>
        ) : null
      }
    />
  );
}
