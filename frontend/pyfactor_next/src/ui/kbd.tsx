"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./cn";
import { chosenKeys, keysOf, noChosenKeys, subscribeKeys } from "./shortcuts/keys";

const never = (): (() => void) => () => undefined;

/** Whether this is an Apple keyboard. Unknown, and so false, while the server renders. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}

function symbol(key: string, isMac: boolean): string {
  const names: Record<string, string> = {
    mod: isMac ? "⌘" : "Ctrl",
    shift: "⇧",
    enter: "↵",
    escape: "Esc",
    arrowup: "↑",
    arrowdown: "↓",
    arrowleft: "←",
    arrowright: "→",
    space: "Space",
  };
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Shows keys: "mod+k" pressed together, "g c" one after the other. Takes the default ones, shows the chosen. */
export function Kbd({ keys, inverse = false }: { keys: string; inverse?: boolean }) {
  const isMac = useIsMac();
  const chosen = useSyncExternalStore(subscribeKeys, chosenKeys, noChosenKeys);
  return (
    <kbd className="inline-flex items-center gap-0.5 font-sans">
      {keysOf(keys, chosen)
        .split(/[+ ]/)
        .map((key) => (
          <span
            key={key}
            className={cn(
              "inline-flex h-4 min-w-4 items-center justify-center rounded-sm px-1 text-2xs font-medium",
              inverse
                ? "bg-surface/20 text-surface"
                : "bg-sunken text-muted ring-1 ring-inset ring-line",
            )}
          >
            {symbol(key, isMac)}
          </span>
        ))}
    </kbd>
  );
}
