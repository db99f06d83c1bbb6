"use client";

import { ArrowLeft, ListFilterPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactElement, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Popover } from "@/ui/popover";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { FILTER_NAMES, type FilterField } from "./filters";
import type { View } from "./view";
import { withFilter } from "./view";

const FilterEditor = dynamic(() => import("./filter-editor").then((m) => m.FilterEditor));

interface FilterPopoverProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  view: View;
  change: (part: Partial<View>) => void;
  /** Opens the conditions in groups. */
  onBuild: () => void;
}

/** Field → operator → value. */
export function FilterPopover({
  trigger,
  isOpenAtFirst,
  view,
  change,
  onBuild,
}: FilterPopoverProps) {
  const t = useTranslations("customers");
  const tRecords = useTranslations("records.filter");
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [field, setField] = useState<FilterField | null>(null);
  const setOpenFresh = (open: boolean): void => {
    if (open) setField(null);
    setOpen(open);
  };
  useShortcut("f", () => setOpenFresh(true), {
    label: t("filter.title"),
    group: t("shortcuts.group"),
  });
  return (
    <Popover
      label={t("filter.title")}
      align="end"
      className="w-68"
      open={isOpen}
      onOpenChange={setOpenFresh}
      trigger={trigger}
    >
      {field === null ? (
        <ul className="-m-1.5">
          {FILTER_NAMES.map((name) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => setField(name)}
                className="flex h-8 w-full items-center rounded-md px-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
              >
                {t(`filter.fields.${name}`)}
              </button>
            </li>
          ))}
          <li className="mt-1 border-t pt-1">
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                onBuild();
              }}
              className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-hover focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:text-muted"
            >
              <ListFilterPlus aria-hidden />
              {tRecords("open")}
            </button>
          </li>
        </ul>
      ) : (
        <div className="flex flex-col gap-2">
          <div className="-mt-1 -ms-1 flex items-center gap-1 font-medium">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={t("filter.back")}
              onClick={() => setField(null)}
            >
              <ArrowLeft aria-hidden />
            </Button>
            {t(`filter.fields.${field}`)}
          </div>
          <FilterEditor
            key={field}
            field={field}
            filter={view.filters.find((each) => each.field === field) ?? null}
            onChange={(filter) => change(withFilter(view, field, filter))}
            onDone={() => setOpen(false)}
          />
        </div>
      )}
    </Popover>
  );
}
