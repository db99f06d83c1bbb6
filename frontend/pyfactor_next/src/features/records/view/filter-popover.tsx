"use client";

import { ArrowLeft, ListFilterPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactElement, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Popover } from "@/ui/popover";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import type { ListWords } from "../resource";
import type { ListSpec } from "../source";
import { filterNames } from "./filters";
import type { View } from "./view";
import { withFilter } from "./view";

const FilterEditor = dynamic(() => import("./filter-editor").then((m) => m.FilterEditor));

interface FilterPopoverProps {
  spec: ListSpec;
  words: ListWords;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  view: View;
  change: (part: Partial<View>) => void;
  /** Opens the conditions in groups. */
  onBuild: () => void;
}

/** Field → operator → value. */
export function FilterPopover({
  spec,
  words,
  trigger,
  isOpenAtFirst,
  view,
  change,
  onBuild,
}: FilterPopoverProps) {
  const t = useTranslations("records.list.filter");
  const tBuilder = useTranslations("records.filter");
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [field, setField] = useState<string | null>(null);
  const setOpenFresh = (open: boolean): void => {
    if (open) setField(null);
    setOpen(open);
  };
  useShortcut("f", () => setOpenFresh(true), {
    label: t("title"),
    group: words.title,
  });
  return (
    <Popover
      label={t("title")}
      align="end"
      className="w-68"
      open={isOpen}
      onOpenChange={setOpenFresh}
      trigger={trigger}
    >
      {field === null ? (
        <ul className="-m-1.5">
          {filterNames(spec).map((name) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => setField(name)}
                className="flex h-8 w-full items-center rounded-md px-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
              >
                {words.filter(name)}
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
              {tBuilder("open")}
            </button>
          </li>
        </ul>
      ) : (
        <div className="flex flex-col gap-2">
          <div className="-mt-1 -ms-1 flex items-center gap-1 font-medium">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={t("back")}
              onClick={() => setField(null)}
            >
              <ArrowLeft aria-hidden />
            </Button>
            {words.filter(field)}
          </div>
          <FilterEditor
            key={field}
            spec={spec}
            words={words}
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
