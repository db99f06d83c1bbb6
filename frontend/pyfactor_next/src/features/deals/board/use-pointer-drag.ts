"use client";

import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { Place } from "./moves";

/** A mouse that moved so far drags; less is a click. */
const SLOP_PX = 5;
/** A finger that stays so long lifts a card; one that moves before scrolls. */
const HOLD_MS = 350;
/** So near the board's edge it scrolls, so fast. */
const EDGE_PX = 56;
const SCROLL_PX = 12;

interface Handlers {
  /** Null: the card is not to be lifted. */
  onLift: (id: string) => Load | null;
  onMove: (place: Place | null) => void;
  onDrop: () => void;
  onCancel: () => void;
}

/** What is in the air. */
export interface Load {
  ids: ReadonlySet<string>;
  /** How many they are, in words of the language; "" for one. */
  number: string;
}

interface Drag {
  id: string;
  load: Load | null;
  node: HTMLElement;
  pointerId: number;
  startX: number;
  startY: number;
  x: number;
  y: number;
  ghost: HTMLElement | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  frame: number;
}

/** Where cards would come to lie if they were let go at a point. */
function placeAt(x: number, y: number, { ids }: Load): Place | null {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-column]");
  const stageId = column?.dataset["column"];
  if (!column || !stageId) return null;
  const cards = [...column.querySelectorAll<HTMLElement>("[data-card]")].filter(
    (card) => !ids.has(card.dataset["card"] ?? ""),
  );
  const above = cards.filter((card) => {
    const { top, height } = card.getBoundingClientRect();
    return top + height / 2 < y;
  });
  return { stageId, index: above.length };
}

/** A picture of the card that was taken hold of; more of them are a pile with their number on it. */
function makeGhost(node: HTMLElement, number: string): HTMLElement {
  const { left, top, width } = node.getBoundingClientRect();
  const ghost = node.cloneNode(true) as HTMLElement;
  ghost.removeAttribute("data-card");
  ghost.inert = true;
  Object.assign(ghost.style, {
    position: "fixed",
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    zIndex: "80",
    pointerEvents: "none",
    opacity: "0.95",
    listStyle: "none",
    boxShadow: "var(--shadow-dialog)",
  });
  if (number) {
    ghost.style.boxShadow = `4px 4px 0 -1px var(--raised), 4px 4px 0 0 var(--line-strong), ${ghost.style.boxShadow}`;
    const badge = document.createElement("span");
    badge.textContent = number;
    badge.dataset["dragged"] = "";
    badge.className =
      "tabular absolute -top-2.5 -end-2.5 flex h-6 min-w-6 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent";
    ghost.append(badge);
  }
  document.body.append(ghost);
  return ghost;
}

const preventScroll = (event: TouchEvent): void => event.preventDefault();

/** Drags cards by mouse, pen and finger. Returns what the board hears `pointerdown` by. */
export function usePointerDrag(
  board: RefObject<HTMLElement | null>,
  handlers: Handlers,
): (event: PointerEvent) => void {
  const drag = useRef<Drag | null>(null);
  const hold = useRef<() => void>(() => undefined);
  const again = useRef<() => void>(() => undefined);
  const { onLift, onMove, onDrop, onCancel } = handlers;

  const end = useEffectEvent((isDropped: boolean): void => {
    const current = drag.current;
    if (!current) return;
    drag.current = null;
    clearTimeout(current.timer);
    cancelAnimationFrame(current.frame);
    document.removeEventListener("touchmove", preventScroll);
    if (!current.ghost) return;
    current.ghost.remove();
    // The click that follows is part of the drag.
    const swallow = (event: MouseEvent): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
    if (isDropped) onDrop();
    else onCancel();
  });

  const follow = useEffectEvent((): void => {
    const current = drag.current;
    if (!current?.ghost || !current.load) return;
    current.ghost.style.transform = `translate(${current.x - current.startX}px, ${current.y - current.startY}px) rotate(1.5deg)`;
    onMove(placeAt(current.x, current.y, current.load));
  });

  const scroll = useEffectEvent((): void => {
    const current = drag.current;
    if (!current?.ghost) return;
    const scroller = board.current;
    if (scroller) {
      const { left, right } = scroller.getBoundingClientRect();
      const by =
        current.x < left + EDGE_PX ? -SCROLL_PX : current.x > right - EDGE_PX ? SCROLL_PX : 0;
      if (by !== 0) scroller.scrollBy({ left: by });
    }
    const list = document
      .elementFromPoint(current.x, current.y)
      ?.closest("[data-column]")
      ?.querySelector("[data-cards]");
    if (list) {
      const { top, bottom } = list.getBoundingClientRect();
      if (current.y < top + EDGE_PX) list.scrollBy({ top: -SCROLL_PX });
      else if (current.y > bottom - EDGE_PX) list.scrollBy({ top: SCROLL_PX });
    }
    follow();
    current.frame = requestAnimationFrame(() => again.current());
  });

  const lift = useEffectEvent((): void => {
    const current = drag.current;
    if (!current || current.ghost) return;
    current.load = onLift(current.id);
    if (!current.load) {
      drag.current = null;
      return;
    }
    current.ghost = makeGhost(current.node, current.load.number);
    document.addEventListener("touchmove", preventScroll, { passive: false });
    window.getSelection()?.removeAllRanges();
    current.frame = requestAnimationFrame(() => again.current());
  });

  const hear = useEffectEvent((event: globalThis.PointerEvent): void => {
    const current = drag.current;
    if (!current || event.pointerId !== current.pointerId) return;
    current.x = event.clientX;
    current.y = event.clientY;
    const far = Math.hypot(current.x - current.startX, current.y - current.startY);
    if (!current.ghost && far > SLOP_PX) {
      if (event.pointerType === "mouse") lift();
      else end(false);
    }
    follow();
  });

  useEffect(() => {
    hold.current = () => lift();
    again.current = () => scroll();
    const up = (): void => end(true);
    const cancel = (): void => end(false);
    const move = (event: globalThis.PointerEvent): void => hear(event);
    const key = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !drag.current?.ghost) return;
      event.stopPropagation();
      end(false);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", key, { capture: true });
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", key, { capture: true });
      end(false);
    };
  }, []);

  return (event) => {
    const node = (event.target as HTMLElement).closest<HTMLElement>("[data-card]");
    const id = node?.dataset["card"];
    if (!node || !id || event.button !== 0 || drag.current) return;
    const { pointerId, clientX: x, clientY: y } = event;
    const timer =
      event.pointerType === "mouse" ? undefined : setTimeout(() => hold.current(), HOLD_MS);
    drag.current = {
      id,
      load: null,
      node,
      pointerId,
      startX: x,
      startY: y,
      x,
      y,
      ghost: null,
      timer,
      frame: 0,
    };
  };
}
