"use client";

import { ErrorState } from "@/ui/error-state";
import { useErrorText } from "./use-error-text";

interface ApiErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  isRetrying?: boolean;
  className?: string;
}

/** Stands where a query failed: says why, offers another try, shows the request id. */
export function ApiErrorState({ error, onRetry, isRetrying, className }: ApiErrorStateProps) {
  const { title, description, requestId } = useErrorText()(error);
  return (
    <ErrorState
      title={title}
      description={description}
      requestId={requestId}
      onRetry={onRetry}
      isRetrying={isRetrying ?? false}
      {...(className ? { className } : {})}
    />
  );
}
