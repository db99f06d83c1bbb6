"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isApiError } from "@/api";
import { ApiErrorState } from "@/features/session";
import { Skeleton } from "@/ui/skeleton";

interface LoadedRecordProps<R> {
  record: Pick<UseQueryResult<R>, "data" | "error" | "refetch" | "isRefetching">;
  /** Stands there while it loads. */
  skeleton?: ReactNode;
  children: (record: R) => ReactNode;
}

/** A record once it is there, or why it is not. */
export function LoadedRecord<R>({ record, skeleton, children }: LoadedRecordProps<R>) {
  const { data, error, refetch, isRefetching } = record;
  if (data !== undefined) return children(data);
  if (!error) return skeleton ?? <RecordSkeleton />;
  const isGone = isApiError(error) && error.kind === "not_found";
  return (
    <ApiErrorState
      error={error}
      isRetrying={isRefetching}
      {...(isGone ? {} : { onRetry: () => void refetch() })}
    />
  );
}

function RecordSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <Skeleton className="h-11 w-64" />
      <Skeleton className="h-9 rounded-lg" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  );
}
