"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

const GAP_PX = 6;
const EDGE_PX = 8;

interface TooltipBubbleProps {
  target: HTMLElement;
  side?: string | undefined;
  children: ReactNode;
}

/** A short text beside an element: above it, unless there is no room or another side is named. */
export function TooltipBubble({ target, side, children }: TooltipBubbleProps) {
  const bubble = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const own = bubble.current;
    if (!own) return;
    const at = target.getBoundingClientRect();
    const { width, height } = own.getBoundingClientRect();
    let left = at.left + (at.width - width) / 2;
    let top = at.top - height - GAP_PX;
    if (side === "inline-end") {
      const isRightToLeft = getComputedStyle(target).direction === "rtl";
      left = isRightToLeft ? at.left - width - GAP_PX : at.right + GAP_PX;
      top = at.top + (at.height - height) / 2;
    } else if (side === "bottom" || top < EDGE_PX) top = at.bottom + GAP_PX;
    own.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
    own.style.top = `${top}px`;
  }, [target, side]);

  return createPortal(
    <div
      ref={bubble}
      role="tooltip"
      className="fixed before:absolute before:-inset-2 before:-z-1 z-70 flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-popup motion-safe:animate-in motion-safe:fade-in motion-safe:duration-100"
    >
      {children}
    </div>,
    document.body,
  );
}
