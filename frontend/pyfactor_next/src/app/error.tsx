"use client";

import { isApiError } from "@/api";
import { ErrorState } from "@/ui/error-state";

/** Stands where a page threw while drawing. The digest names the line in the server's log. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const reference = isApiError(error) ? error.requestId : error.digest;
  return (
    <main className="flex min-h-full flex-1 items-center justify-center">
      <ErrorState requestId={reference} onRetry={reset} />
    </main>
  );
}
