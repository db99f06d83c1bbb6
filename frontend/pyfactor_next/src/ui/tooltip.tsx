"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Kbd } from "./kbd";

interface TooltipProps {
  label: string;
  keys?: string | undefined;
  side?: "top" | "right" | "bottom" | "left";
  /** The element described; it must have its own accessible name. */
  children: ReactElement;
}

export function Tooltip({ label, keys, side = "top", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup className="flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-popup transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0">
            {label}
            {keys ? <Kbd keys={keys} inverse /> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const TooltipProvider = Base.Provider;
