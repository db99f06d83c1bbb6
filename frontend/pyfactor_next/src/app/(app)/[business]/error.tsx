"use client";

import { isApiError } from "@/api";
import { ErrorState } from "@/ui/error-state";

/** Like the root's, inside the shell: the navigation stays usable. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const reference = isApiError(error) ? error.requestId : error.digest;
  return (
    <div className="flex flex-1 items-center justify-center">
      <ErrorState requestId={reference} onRetry={reset} />
    </div>
  );
}
