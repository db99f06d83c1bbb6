"use client";

import { GripVertical } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";

interface SortableProps<T extends { id: string; name: string }> {
  label: string;
  items: readonly T[];
  /** Absent where nothing may be changed. */
  onReorder: ((ids: string[]) => void) | undefined;
  children: (item: T) => ReactNode;
}

function movedTo(ids: readonly string[], id: string, index: number): string[] {
  const others = ids.filter((each) => each !== id);
  return [...others.slice(0, index), id, ...others.slice(index)];
}

/** A list whose order is changed by dragging a handle, or by the arrow keys on it. */
export function Sortable<T extends { id: string; name: string }>(props: SortableProps<T>) {
  const { label, items, onReorder, children } = props;
  const t = useTranslations("deals.setup");
  const list = useRef<HTMLUListElement>(null);
  const [dragged, setDragged] = useState<{ id: string; ids: string[] } | null>(null);
  const [said, setSaid] = useState("");
  const ids = items.map(({ id }) => id);
  const shown = (dragged?.ids ?? ids).flatMap((id) => items.find((item) => item.id === id) ?? []);

  const indexAt = (y: number, id: string): number =>
    [...(list.current?.querySelectorAll<HTMLElement>(":scope > [data-item]") ?? [])].filter(
      (row) => {
        const { top, height } = row.getBoundingClientRect();
        return row.dataset["item"] !== id && top + height / 2 < y;
      },
    ).length;
  const onPointerMove = (event: PointerEvent): void => {
    if (!dragged) return;
    const next = movedTo(dragged.ids, dragged.id, indexAt(event.clientY, dragged.id));
    if (next.join() !== dragged.ids.join()) setDragged({ ...dragged, ids: next });
  };
  const end = (isDropped: boolean): void => {
    if (dragged && isDropped && dragged.ids.join() !== ids.join()) onReorder?.(dragged.ids);
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent, item: T): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape") end(false);
    if (!step) return;
    event.preventDefault();
    const index = ids.indexOf(item.id) + step;
    if (index < 0 || index >= ids.length) return;
    setSaid(t("movedTo", { name: item.name, place: index + 1, count: ids.length }));
    onReorder?.(movedTo(ids, item.id, index));
  };

  return (
    <>
      <ul
        ref={list}
        aria-label={label}
        className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
      >
        {shown.map((item) => (
          <li
            key={item.id}
            data-item={item.id}
            className={cn(
              "flex min-h-12 items-center gap-2 px-2 py-1.5",
              dragged?.id === item.id && "bg-selected",
            )}
          >
            {onReorder ? (
              <button
                type="button"
                aria-label={t("reorder", { name: item.name })}
                onKeyDown={(event) => onKeyDown(event, item)}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDragged({ id: item.id, ids });
                }}
                onPointerMove={onPointerMove}
                onPointerUp={() => end(true)}
                onPointerCancel={() => end(false)}
                className="flex size-7 shrink-0 cursor-grab touch-none items-center justify-center rounded-md text-faint hover:bg-hover hover:text-muted"
              >
                <GripVertical aria-hidden className="size-4" />
              </button>
            ) : null}
            {children(item)}
          </li>
        ))}
      </ul>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}
