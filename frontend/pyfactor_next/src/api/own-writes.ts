/** Ids of this tab's latest writes: the news of them comes back to it as well. */
const own = new Set<string>();
const KEPT = 200;

export function rememberWrite({ method, headers }: RequestInit): void {
  if (method === "GET") return;
  const id = new Headers(headers).get("X-Request-ID");
  if (!id) return;
  own.add(id);
  const [oldest] = own;
  if (own.size > KEPT && oldest !== undefined) own.delete(oldest);
}

/** Whether a change was made by a request of this tab. */
export function isOwnWrite(requestId: string): boolean {
  return own.has(requestId);
}
