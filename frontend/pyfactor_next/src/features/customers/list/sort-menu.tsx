"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { nextSort } from "@/ui/data-table/ordering";
import { Menu, MenuItem } from "@/ui/menu";
import { ORDERINGS, type View } from "./view";

interface SortMenuProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  view: View;
  change: (part: Partial<View>) => void;
}

/** The orders, for lists without headers to click. */
export function SortMenu({ trigger, isOpenAtFirst, view, change }: SortMenuProps) {
  const t = useTranslations("customers");
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      {ORDERINGS.map((ordering) => {
        const rule = view.sort.find((each) => each.ordering === ordering);
        return (
          <MenuItem
            key={ordering}
            icon={
              rule ? (
                rule.isDescending ? (
                  <ArrowDown role="img" aria-label={t("sort.isDescending")} />
                ) : (
                  <ArrowUp role="img" aria-label={t("sort.isAscending")} />
                )
              ) : (
                <span className="size-4" />
              )
            }
            onClick={() => change({ sort: nextSort(view.sort, ordering, false) })}
          >
            {t(`orderings.${ordering}`)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
