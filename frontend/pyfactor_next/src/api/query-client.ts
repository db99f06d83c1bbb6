import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isApiError } from "./errors";

/** Told when a refetch fails while older data stay on screen; the page has no error state then. */
export type StaleErrorListener = (error: unknown) => void;

/** One per browser tab; on the server one per request. Retries are the transport's. */
export function createQueryClient(onStaleError?: StaleErrorListener): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.state.data === undefined) return;
        if (isApiError(error) && (error.kind === "aborted" || error.kind === "unauthenticated")) {
          return;
        }
        onStaleError?.(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: false,
        refetchOnWindowFocus: true,
        // A finite time on the server would keep every request's data for minutes.
        gcTime: typeof window === "undefined" ? Number.POSITIVE_INFINITY : 5 * 60_000,
      },
      mutations: { retry: false },
    },
  });
}
