"use client";

import type { ApiErrorKind } from "@/api";
import { ApiError } from "@/api";
import { ApiErrorState } from "@/features/session";

/** A whole page that could not be made, because the API did not answer the server. */
export function ServerProblem({
  kind,
  requestId,
}: {
  kind: string;
  requestId: string | undefined;
}) {
  const error = new ApiError({ kind: kind as ApiErrorKind, message: "", requestId });
  return (
    <main className="flex min-h-dvh items-center justify-center bg-canvas">
      <ApiErrorState error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}
