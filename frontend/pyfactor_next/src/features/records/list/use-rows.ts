"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSession } from "@/features/session";
import {
  flatten,
  type ListQuery,
  type ListRow,
  type ListSource,
  type ListSpec,
  rowsQuery,
} from "../source";
import { dayIn } from "../view/date-range";
import { queryOfView, type View } from "../view/view";

/** The API's query for a view, in the business's time zone. */
export function useListQuery(spec: ListSpec, view: View): ListQuery {
  const { tenant } = useSession();
  const [today] = useState(() => dayIn(tenant.timezone || "UTC", new Date()));
  return useMemo(
    () => queryOfView(spec, view, tenant.timezone || "UTC", today),
    [spec, view, tenant.timezone, today],
  );
}

/** The rows that a query finds, as far as they are loaded, and how to load more. */
export function useRows<Row extends ListRow>(
  source: ListSource<Row>,
  query: ListQuery,
  isEnabled = true,
) {
  const { slug } = useSession();
  const result = useInfiniteQuery({ ...rowsQuery(source, slug, query), enabled: isEnabled });
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = result;
  const list = useMemo(() => flatten(data?.pages ?? []), [data]);
  return {
    ...list,
    error: data === undefined ? result.error : null,
    isLoading: result.isPending,
    /** Rows of an older query stand in while the new one loads. */
    isStandIn: result.isPlaceholderData,
    isRetrying: result.isRefetching || (result.isFetching && result.isError),
    retry: () => void result.refetch(),
    isLoadingMore: isFetchingNextPage,
    /** After a failure the next page waits for a click; asking again by itself would never end. */
    isMoreFailed: isFetchNextPageError,
    loadMore: () => void fetchNextPage(),
    onEndReached:
      hasNextPage && !isFetchingNextPage && !isFetchNextPageError
        ? () => void fetchNextPage()
        : undefined,
  };
}

export type Rows<Row extends ListRow> = ReturnType<typeof useRows<Row>>;
