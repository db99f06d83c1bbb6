"use client";

import { useEffect, useState } from "react";

const DELAY_MS = 500;

/**
 * The element of a kind that the mouse rests on or the keyboard has reached. Null again when it is left
 * or pressed, when the page scrolls, and after Escape.
 *
 * selector: which elements; the nearest one around what is pointed at counts.
 */
export function useRested(selector: string): HTMLElement | null {
  const [target, setTarget] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const marked = (event: Event): HTMLElement | null =>
      event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
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
  }, [selector]);

  return target;
}
