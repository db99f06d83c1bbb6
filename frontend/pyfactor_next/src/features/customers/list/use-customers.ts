"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSession } from "@/features/session";
import { customersQuery, flatten } from "../queries";
import { dayIn } from "./date-range";
import type { CustomersQuery } from "./filters";
import { queryOfView, type View } from "./view";

/** The API's query for a view, in the business's time zone. */
export function useCustomersQuery(view: View): CustomersQuery {
  const { tenant } = useSession();
  const [today] = useState(() => dayIn(tenant.timezone || "UTC", new Date()));
  return useMemo(
    () => queryOfView(view, tenant.timezone || "UTC", today),
    [view, tenant.timezone, today],
  );
}

/** The customers a view shows, as far as they are loaded, and how to load more. */
export function useCustomers(query: CustomersQuery, isEnabled = true) {
  const { slug } = useSession();
  const result = useInfiniteQuery({ ...customersQuery(slug, query), enabled: isEnabled });
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

export type Customers = ReturnType<typeof useCustomers>;
