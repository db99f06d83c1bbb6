"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { nextSort } from "@/ui/data-table/ordering";
import { Menu, MenuItem } from "@/ui/menu";
import type { ListWords } from "../resource";
import type { ListSpec } from "../source";
import type { View } from "../view/view";

interface SortMenuProps {
  spec: ListSpec;
  words: ListWords;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  view: View;
  change: (part: Partial<View>) => void;
}

/** The orders, for lists without headers to click. */
export function SortMenu({ spec, words, trigger, isOpenAtFirst, view, change }: SortMenuProps) {
  const t = useTranslations("records.list.sort");
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      {spec.orderings.map((ordering) => {
        const rule = view.sort.find((each) => each.ordering === ordering);
        return (
          <MenuItem
            key={ordering}
            icon={
              rule ? (
                rule.isDescending ? (
                  <ArrowDown role="img" aria-label={t("isDescending")} />
                ) : (
                  <ArrowUp role="img" aria-label={t("isAscending")} />
                )
              ) : (
                <span className="size-4" />
              )
            }
            onClick={() => change({ sort: nextSort(view.sort, ordering, false) })}
          >
            {words.ordering(ordering)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
