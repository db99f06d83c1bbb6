"use client";

export interface ToastOptions {
  description?: string;
  /** Takes the change back; shown as a button. */
  undo?: { label: string; run: () => void };
  /** The request id of a failure, shown to be quoted. */
  reference?: string | undefined;
  /** The sum of a file, shown in full; then the toast stays longer. */
  sum?: string;
}

export interface ToastRequest extends ToastOptions {
  type: "success" | "error";
  title: string;
}

type Show = (request: ToastRequest) => void;

let show: Show | undefined;
const waiting: ToastRequest[] = [];

function request(wanted: ToastRequest): void {
  if (show) show(wanted);
  else waiting.push(wanted);
}

/** Feedback after an action; callable from anywhere in the browser. Text comes translated. */
export const toast = {
  success: (title: string, options: ToastOptions = {}) =>
    request({ type: "success", title, ...options }),
  error: (title: string, options: ToastOptions = {}) =>
    request({ type: "error", title, ...options }),
};

/** For the host, which is loaded after the page: gives it what was asked for before it was there. */
export function connectToasts(host: Show): () => void {
  show = host;
  for (const wanted of waiting.splice(0)) host(wanted);
  return () => {
    if (show === host) show = undefined;
  };
}
