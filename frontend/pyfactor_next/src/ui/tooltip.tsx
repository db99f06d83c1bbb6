"use client";

import { cloneElement, type ReactElement } from "react";

interface TooltipProps {
  label: string;
  keys?: string | undefined;
  side?: "top" | "inline-end" | "bottom";
  /** The element described; it must have its own accessible name. */
  children: ReactElement<Record<string, unknown>>;
}

/** Marks an element for the one TooltipLayer of the page, which costs each element nothing. */
export function Tooltip({ label, keys, side = "top", children }: TooltipProps) {
  return cloneElement(children, {
    "data-tooltip": label,
    "data-tooltip-keys": keys,
    "data-tooltip-side": side,
  });
}
