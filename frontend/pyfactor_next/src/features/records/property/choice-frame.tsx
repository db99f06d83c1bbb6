"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** How long the focus may be away, on its way into the list of choices. */
const AWAY_MS = 200;

interface ChoiceFrameProps {
  onCancel: () => void;
  /** One combobox of the kit. */
  children: ReactNode;
}

/** A choice in place of a value: it has the focus at once, and leaving it changes nothing. */
export function ChoiceFrame({ onCancel, children }: ChoiceFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  const isInUse = (): boolean => {
    const input = box.current?.querySelector("input");
    return input?.getAttribute("aria-expanded") === "true" || document.activeElement === input;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the input inside
    <div
      ref={box}
      onKeyDownCapture={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
      onBlur={() =>
        setTimeout(() => {
          if (box.current && !isInUse()) onCancel();
        }, AWAY_MS)
      }
    >
      {children}
    </div>
  );
}
