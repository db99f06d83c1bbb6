/** One finished attempt. The path carries no query: queries hold names and e-mail addresses. */
export interface RequestLog {
  method: string;
  path: string;
  /** HTTP status, or why there was none. */
  status: number | "network" | "timeout" | "aborted";
  ms: number;
  /** 1 for the first try. */
  attempt: number;
  requestId: string;
}

export type LogSink = (entry: RequestLog) => void;

/** Prints one line per attempt to the browser's console. Bodies are never shown. */
export const consoleSink: LogSink = (entry) => {
  const again = entry.attempt > 1 ? ` (try ${entry.attempt})` : "";
  const line = `${entry.method} ${entry.path} → ${entry.status} in ${Math.round(entry.ms)} ms${again}`;
  // biome-ignore lint/suspicious/noConsole: this is the development log
  console.debug(`[api] ${line} ${entry.requestId}`);
};

export const silentSink: LogSink = () => undefined;
