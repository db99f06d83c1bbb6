"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";
import { type Shortcut, ShortcutRegistry } from "./registry";

const Context = createContext<ShortcutRegistry | null>(null);

function useRegistry(): ShortcutRegistry {
  const registry = useContext(Context);
  if (!registry) throw new Error("ShortcutProvider is missing above this component");
  return registry;
}

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ShortcutRegistry());
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => registry.handle(event);
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [registry]);
  return <Context value={registry}>{children}</Context>;
}

interface Options {
  label: string;
  group: string;
  /** False takes the keys away, e.g. for people who may not write. */
  enabled?: boolean;
  isOutsideOnly?: boolean;
}

/** Gives keys to an action while the component is on screen, and a line in the `?` list. */
export function useShortcut(
  keys: string,
  run: (event: KeyboardEvent) => void,
  options: Options,
): void {
  const registry = useRegistry();
  const latest = useEffectEvent(run);
  const { label, group, enabled = true, isOutsideOnly } = options;
  useEffect(() => {
    if (!enabled) return undefined;
    return registry.add({ keys, label, group, isOutsideOnly, run: (event) => latest(event) });
  }, [registry, keys, label, group, enabled, isOutsideOnly]);
}

/** A line in the `?` list for keys that the page hears by itself. */
export function useListedKeys(
  keys: string,
  { label, group, enabled = true }: Pick<Options, "label" | "group" | "enabled">,
): void {
  const registry = useRegistry();
  useEffect(
    () => (enabled ? registry.add({ keys, label, group, run: null }) : undefined),
    [registry, keys, label, group, enabled],
  );
}

const none: Shortcut[] = [];

/** The shortcuts of the page on screen, in the order they were added. */
export function useShortcutList(): Shortcut[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list, () => none);
}
