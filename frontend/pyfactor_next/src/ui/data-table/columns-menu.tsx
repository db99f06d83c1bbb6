"use client";

import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../button";
import { Checkbox } from "../checkbox";
import { Popover } from "../popover";
import { type DataColumn, orderedIds, type TableLayout } from "./model";

interface ColumnsMenuProps<T> {
  isOpenAtFirst: boolean;
  columns: readonly DataColumn<T>[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  onReset: () => void;
}

/** Chooses and orders columns; the way to reorder without a mouse. */
export function ColumnsMenu<T>(props: ColumnsMenuProps<T>) {
  const { columns, layout, onLayoutChange, onReset } = props;
  const t = useTranslations("ui.table");
  const ids = orderedIds(columns, layout);
  const titles = new Map(columns.map((column) => [column.id, column.header]));
  const swap = (place: number, other: number): void => {
    const order = [...ids];
    const [a, b] = [order[place], order[other]];
    if (a === undefined || b === undefined) return;
    order[place] = b;
    order[other] = a;
    onLayoutChange({ ...layout, order });
  };
  const toggle = (id: string, isShown: boolean): void => {
    const hidden = layout.hidden.filter((each) => each !== id);
    onLayoutChange({ ...layout, hidden: isShown ? hidden : [...hidden, id] });
  };
  return (
    <Popover
      label={t("display")}
      isOpenAtFirst={props.isOpenAtFirst}
      align="end"
      className="flex max-h-[70dvh] w-64 flex-col p-2"
      trigger={
        <Button variant="ghost">
          <Columns3 aria-hidden />
          <span className="max-sm:sr-only">{t("display")}</span>
        </Button>
      }
    >
      <ul className="min-h-0 overflow-y-auto overscroll-contain">
        {ids.map((id, place) => {
          const title = titles.get(id) ?? id;
          return (
            <li
              key={id}
              className="group/item flex h-8 items-center gap-1 rounded-md px-1.5 hover:bg-hover"
            >
              <Checkbox
                className="flex-1"
                label={title}
                checked={place === 0 || !layout.hidden.includes(id)}
                disabled={place === 0}
                onCheckedChange={(checked) => toggle(id, checked)}
              />
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={t("moveUp", { column: title })}
                disabled={place < 2}
                onClick={() => swap(place, place - 1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={t("moveDown", { column: title })}
                disabled={place === 0 || place === ids.length - 1}
                onClick={() => swap(place, place + 1)}
              >
                <ArrowDown aria-hidden />
              </Button>
            </li>
          );
        })}
      </ul>
      <Checkbox
        className="mt-1 border-t px-1.5 pt-2 pb-1"
        label={t("compact")}
        checked={layout.isCompact ?? false}
        onCheckedChange={(isCompact) => onLayoutChange({ ...layout, isCompact })}
      />
      <Button variant="ghost" size="sm" className="mt-1 w-full shrink-0" onClick={onReset}>
        {t("reset")}
      </Button>
    </Popover>
  );
}
