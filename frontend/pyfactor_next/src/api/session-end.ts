/** Where a visitor goes to sign in, and how she comes back. */
export function signInUrl(from: string, reason?: "expired"): string {
  const search = new URLSearchParams();
  if (from !== "/") search.set("next", from);
  if (reason) search.set("reason", reason);
  const text = search.toString();
  return text ? `/sign-in?${text}` : "/sign-in";
}

/** A path of this site to go on to. `//evil.example` and `/\evil` would leave it. */
export function safeNext(value: string | null | undefined): string {
  return value && /^\/(?![/\\])/.test(value) && !value.startsWith("/sign-in") ? value : "/";
}

/** Keeps what is typed on the page: gives true when it will ask for the password in place. */
type Interceptor = (isWrite: boolean) => boolean;

let leaving = false;
let interceptor: Interceptor | undefined;

/** The shell puts its sign-in-again dialog here; one at a time. */
export function interceptSessionEnd(handler: Interceptor): () => void {
  interceptor = handler;
  return () => {
    if (interceptor === handler) interceptor = undefined;
  };
}

/**
 * The session is over. A failed write keeps its page, because something typed is on it, and so does
 * a failed read beside an open form; any other read goes to sign in and comes back. Many requests
 * fail at once, so only the first one acts.
 */
export function endSession(_error: unknown, method: string): void {
  if (leaving) return;
  if (interceptor?.(method !== "GET")) return;
  leaving = true;
  const { pathname, search } = window.location;
  window.location.assign(signInUrl(pathname + search, "expired"));
}

const CHANNEL = "dott.session";

/** Tells the other tabs of this browser that the session is over. */
export function announceSignOut(): void {
  // Half-filled forms of this tab end with the session.
  sessionStorage.clear();
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("signed-out");
  channel.close();
}

/** Leaves the page when another tab signs out, so that nothing stays readable on it. */
export function followSignOut(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => {
    sessionStorage.clear();
    window.location.assign("/sign-in");
  };
  return () => channel.close();
}
