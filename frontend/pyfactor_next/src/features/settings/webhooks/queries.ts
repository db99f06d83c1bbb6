import { queryOptions } from "@tanstack/react-query";
import { djangoApi, type ResponseBody } from "@/api";

export type Webhook = ResponseBody<"/api/webhooks/endpoints/", "get">["results"][number];
export type Message = ResponseBody<"/api/webhooks/deliveries/", "get">["results"][number];
export type MessageDetail = ResponseBody<"/api/webhooks/deliveries/{id}/", "get">;
export type MessageState = Message["state"];

/** As many as the log shows. */
export const LATEST = 50;
const WATCH_MS = 2_000;
// A message that is tried again soon is worth watching, one that waits for hours is not.
const SOON_MS = 90_000;

export function webhooksQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "webhooks"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/webhooks/endpoints/", { query: { ordering: "created_at" }, signal }),
    select: (page) => page.results,
  });
}

export function eventTypesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "webhook-event-types"],
    queryFn: ({ signal }) => djangoApi.get("/api/webhooks/event-types/", { signal }),
    select: (body) => body.results,
    staleTime: Infinity,
  });
}

/** The latest messages to an endpoint, newest first; asked for again while one is about to be sent. */
export function messagesQuery(slug: string, endpoint: string, state?: MessageState) {
  return queryOptions({
    queryKey: [slug, "webhook-messages", endpoint, state ?? "all"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/webhooks/deliveries/", {
        query: { endpoint, limit: LATEST, ...(state ? { state } : {}) },
        signal,
      }),
    refetchInterval: (query) =>
      query.state.data?.results.some((message) => isDueSoon(message)) ? WATCH_MS : false,
  });
}

export function messageQuery(slug: string, message: Message) {
  return queryOptions({
    // Another attempt makes it another answer.
    queryKey: [slug, "webhook-message", message.id, message.last_attempt_at],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/webhooks/deliveries/{id}/", { path: { id: message.id }, signal }),
  });
}

function isDueSoon({ state, next_attempt_at }: Message): boolean {
  return (
    state === "waiting" &&
    next_attempt_at !== null &&
    new Date(next_attempt_at).getTime() - Date.now() < SOON_MS
  );
}
