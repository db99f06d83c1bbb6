"use client";

import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { useShortcut } from "../shortcuts/shortcuts";

interface RowKeysOptions {
  ids: readonly string[];
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
  onOpen?: ((id: string) => void) | undefined;
  onToggle?: ((id: string, isRange: boolean) => void) | undefined;
}

/**
 * One row takes part in tabbing; arrows and j/k move it, Enter opens, x and Space select.
 * The row may be outside what is drawn, so it is scrolled to before it gets the focus.
 */
export function useRowKeys({ ids, scroller, scrollTo, onOpen, onToggle }: RowKeysOptions) {
  const t = useTranslations("ui.table");
  const [focusId, setFocusId] = useState<string | null>(null);

  const focusRow = useCallback(
    (index: number) => {
      const id = ids[index];
      if (id === undefined) return;
      setFocusId(id);
      scrollTo(index);
      requestAnimationFrame(() => {
        const selector = `[data-row-id="${CSS.escape(id)}"]`;
        scroller.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
      });
    },
    [ids, scroller, scrollTo],
  );
  const step = (delta: number): void => {
    const at = focusId === null ? -1 : ids.indexOf(focusId);
    focusRow(Math.min(ids.length - 1, Math.max(0, at + delta)));
  };

  const group = t("shortcuts");
  useShortcut("j", () => step(1), { label: t("nextRow"), group });
  useShortcut("k", () => step(-1), { label: t("previousRow"), group });
  useShortcut(
    "x",
    () => {
      if (focusId !== null) onToggle?.(focusId, false);
    },
    { label: t("selectRow"), group, enabled: onToggle !== undefined },
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = event.target as HTMLElement;
    const id = row.dataset["rowId"];
    if (id === undefined) return;
    switch (event.key) {
      case "ArrowDown":
        step(1);
        break;
      case "ArrowUp":
        step(-1);
        break;
      case "Home":
        focusRow(0);
        break;
      case "End":
        focusRow(ids.length - 1);
        break;
      case "Enter":
        onOpen?.(id);
        break;
      case " ":
        onToggle?.(id, event.shiftKey);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row-id]");
    if (row?.dataset["rowId"]) setFocusId(row.dataset["rowId"]);
  };
  return { focusId, onKeyDown, onFocus };
}
