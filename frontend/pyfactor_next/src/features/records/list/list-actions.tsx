"use client";

import { createContext, useContext, useEffect, useRef } from "react";

/** What cells and cards can do with a row, without being drawn again when the page changes. */
export interface ListActions {
  /** Opens the record: beside the list, or its page. */
  open: (id: string) => void;
  restore: (id: string) => void;
  /** Address of a record's page, with the list to come back to. */
  href: (id: string) => string;
  prefetch: (id: string) => void;
  canWrite: boolean;
}

const Context = createContext<ListActions | null>(null);
export const ListActionsProvider = Context.Provider;

export function useListActions(): ListActions {
  const actions = useContext(Context);
  if (!actions) throw new Error("ListActionsProvider is missing above this component");
  return actions;
}

/** A pointer on its way across the list stays on a row for less than this. */
const INTENT_MS = 80;

/** Handlers that load a record while somebody points at its link. */
export function usePrefetch(id: string) {
  const { prefetch } = useListActions();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const start = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => prefetch(id), INTENT_MS);
  };
  const stop = (): void => clearTimeout(timer.current);
  return { onPointerEnter: start, onPointerLeave: stop, onFocus: start, onBlur: stop };
}

/** Whether a click on a link is meant for this tab. */
export function isPlainClick(event: React.MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
