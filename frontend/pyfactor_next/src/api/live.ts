/** One record that somebody wrote. Without an id: many records of the entity. */
export interface Change {
  /** A Django label, such as crm.customer. */
  entity: string;
  operation: "create" | "update" | "trash" | "restore" | "delete" | "many";
  id?: string;
  version?: number | null;
}

export interface LiveListener {
  /** source: the id of the request that did it, "" when it was none. */
  onChanges: (changes: readonly Change[], source: string) => void;
  /** News may have been missed, so anything may have changed. */
  onResync: () => void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const PING_MS = 30_000;
const PONG_MS = 10_000;
/** The session or its business is another now: worth one more try, with the cookie there is by then. */
const MAY_HAVE_MOVED = new Set([4401, 4403, 4409]);
/** The server does not take this page for one of ours. */
const NOT_UNDERSTOOD = 1008;

/**
 * Hears what changes in the business of the session, for as long as the page is open. Comes back by
 * itself, ever later while it is refused; without the server nothing else suffers. Returns what ends it.
 */
export function listen(listener: LiveListener, random: () => number = Math.random): () => void {
  const address = `${window.location.origin.replace(/^http/, "ws")}/ws/`;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isLastTry = false;
  let wasOpen = false;
  let isStopped = false;

  const beat = (): void => {
    timer = setTimeout(() => {
      socket?.send("ping");
      // A network that went away silently closes nothing.
      timer = setTimeout(() => lose(), PONG_MS);
    }, PING_MS);
  };

  const lose = (): void => {
    const lost = socket;
    socket = undefined;
    lost?.close();
    again();
  };

  const again = (): void => {
    clearTimeout(timer);
    if (isStopped) return;
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
    failures++;
    // Spread: a server that restarts loses all its pages in the same moment.
    timer = setTimeout(open, longest * (0.5 + random()));
  };

  const hear = (text: string): void => {
    const news = JSON.parse(text) as
      | { type: "changes"; changes: Change[]; source: string }
      | { type: "resync" | "pong" };
    if (news.type === "changes") listener.onChanges(news.changes, news.source);
    if (news.type === "resync") listener.onResync();
    clearTimeout(timer);
    beat();
  };

  const open = (): void => {
    clearTimeout(timer);
    const opened = new WebSocket(address);
    socket = opened;
    opened.onopen = () => {
      failures = 0;
      isLastTry = false;
      if (wasOpen) listener.onResync();
      wasOpen = true;
      beat();
    };
    opened.onmessage = ({ data }) => hear(String(data));
    opened.onclose = ({ code }) => {
      if (socket !== opened) return;
      socket = undefined;
      if (isLastTry || code === NOT_UNDERSTOOD) return stop();
      isLastTry = MAY_HAVE_MOVED.has(code);
      again();
    };
  };

  const onOnline = (): void => {
    failures = 0;
    if (!socket && !isStopped) open();
  };

  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    window.removeEventListener("online", onOnline);
    const last = socket;
    socket = undefined;
    last?.close();
  };

  window.addEventListener("online", onOnline);
  open();
  return stop;
}
