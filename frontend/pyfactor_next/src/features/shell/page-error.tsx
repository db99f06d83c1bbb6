"use client";

import { isApiError } from "@/api";
import { ErrorState } from "@/ui/error-state";

export interface PageErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** Stands where a page threw while drawing. The digest names the line in the server's log. */
export function PageError({ error, reset }: PageErrorProps) {
  return (
    <ErrorState requestId={isApiError(error) ? error.requestId : error.digest} onRetry={reset} />
  );
}
