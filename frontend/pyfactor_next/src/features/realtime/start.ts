import type { QueryClient } from "@tanstack/react-query";
import { listen } from "@/api/live";
import { isOwnWrite } from "@/api/own-writes";
import { Freshness } from "./freshness";

/** Keeps the pages of a business fresh until the returned function is called. */
export function start(client: QueryClient, slug: string): () => void {
  const freshness = new Freshness(client, slug);
  const stopListening = listen({
    onChanges: (changes, source) => {
      // What this tab did it has already shown.
      if (!isOwnWrite(source)) freshness.add(changes);
    },
    onResync: () => freshness.resync(),
  });
  document.addEventListener("visibilitychange", freshness.flush);
  return () => {
    document.removeEventListener("visibilitychange", freshness.flush);
    stopListening();
    freshness.stop();
  };
}
