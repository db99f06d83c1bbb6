"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd";

const DELAY_MS = 500;
const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Shows the label of whatever marked element the mouse rests on or the keyboard reaches. Escape
 * and pressing hide it. It repeats the element's own name, so screen readers are not told twice.
 */
export function TooltipLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const marked = (event: Event): HTMLElement | null =>
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tooltip]") : null;
    const hide = (): void => {
      clearTimeout(timer);
      setTarget(null);
    };
    const onOver = (event: PointerEvent): void => {
      if (event.pointerType !== "mouse") return;
      // The bubble itself may be pointed at, to read it under magnification (WCAG 1.4.13).
      if (event.target instanceof Element && event.target.closest("[role=tooltip]")) return;
      clearTimeout(timer);
      const element = marked(event);
      if (!element) setTarget(null);
      else timer = setTimeout(() => setTarget(element), DELAY_MS);
    };
    const onFocus = (event: FocusEvent): void => {
      const element = marked(event);
      setTarget(element?.matches(":focus-visible") ? element : null);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", onOver);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", onKey);
    document.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", onOver);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("scroll", hide, { capture: true });
    };
  }, []);

  // A popup that the element opened says more than its label.
  if (!target?.isConnected || target.getAttribute("aria-expanded") === "true") return null;
  return createPortal(<Bubble key={target.dataset["tooltip"]} target={target} />, document.body);
}

function Bubble({ target }: { target: HTMLElement }) {
  const bubble = useRef<HTMLDivElement>(null);
  const { tooltip, tooltipKeys, tooltipSide } = target.dataset;

  useLayoutEffect(() => {
    const own = bubble.current;
    if (!own) return;
    const at = target.getBoundingClientRect();
    const { width, height } = own.getBoundingClientRect();
    let left = at.left + (at.width - width) / 2;
    let top = at.top - height - GAP_PX;
    if (tooltipSide === "inline-end") {
      const isRightToLeft = getComputedStyle(target).direction === "rtl";
      left = isRightToLeft ? at.left - width - GAP_PX : at.right + GAP_PX;
      top = at.top + (at.height - height) / 2;
    } else if (tooltipSide === "bottom" || top < EDGE_PX) top = at.bottom + GAP_PX;
    own.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
    own.style.top = `${top}px`;
  }, [target, tooltipSide]);

  return (
    <div
      ref={bubble}
      role="tooltip"
      className="fixed before:absolute before:-inset-2 before:-z-1 z-70 flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-popup motion-safe:animate-in motion-safe:fade-in motion-safe:duration-100"
    >
      {tooltip}
      {tooltipKeys ? <Kbd keys={tooltipKeys} inverse /> : null}
    </div>
  );
}
