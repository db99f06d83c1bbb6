"use client";

import { Kbd } from "./kbd";
import { TooltipBubble } from "./tooltip-bubble";
import { useRested } from "./use-rested";

/**
 * Shows the label of whatever marked element the mouse rests on or the keyboard reaches. It repeats the
 * element's own name, so screen readers are not told twice.
 */
export function TooltipLayer() {
  const target = useRested("[data-tooltip]");
  // A popup that the element opened says more than its label.
  if (!target?.isConnected || target.getAttribute("aria-expanded") === "true") return null;
  const { tooltip, tooltipKeys, tooltipSide } = target.dataset;
  return (
    <TooltipBubble key={tooltip} target={target} side={tooltipSide}>
      {tooltip}
      {tooltipKeys ? <Kbd keys={tooltipKeys} inverse /> : null}
    </TooltipBubble>
  );
}
