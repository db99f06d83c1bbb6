"use client";

import { ArrowDown, ArrowUp, ArrowUpDown, Search, X } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { ColumnsMenu } from "@/ui/data-table/columns-menu";
import type { TableLayout } from "@/ui/data-table/model";
import { nextSort } from "@/ui/data-table/ordering";
import { Input } from "@/ui/input";
import { Menu, MenuItem } from "@/ui/menu";
import type { CustomerColumn } from "./columns";
import { FilterPopover } from "./filter-popover";
import { ORDERINGS, type View } from "./view";

interface ToolbarProps {
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly CustomerColumn[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  onLayoutReset: () => void;
}

/** Search, filter, order and columns. */
export function Toolbar(props: ToolbarProps) {
  const { view, change } = props;
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-4 py-1.5 md:px-5">
      <SearchBox value={view.q} onChange={(q) => change({ q })} />
      <div className="ml-auto flex items-center gap-0.5">
        <FilterPopover view={view} change={change} />
        <SortMenu view={view} change={change} />
        <div className="max-md:hidden">
          <ColumnsMenu
            columns={props.columns}
            layout={props.layout}
            onLayoutChange={props.onLayoutChange}
            onReset={props.onLayoutReset}
          />
        </div>
      </div>
    </div>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("customers.search");
  const input = useRef<HTMLInputElement>(null);
  return (
    <search className="relative w-full max-w-72 min-w-0">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <Input
        ref={input}
        // "search" would add a second clear button and Escape of its own.
        type="text"
        inputMode="search"
        autoComplete="off"
        aria-label={t("label")}
        placeholder={t("placeholder")}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (value) onChange("");
          else input.current?.blur();
        }}
        className="px-8"
      />
      {value ? (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("clear")}
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
        >
          <X aria-hidden />
        </Button>
      ) : null}
    </search>
  );
}

function SortMenu({ view, change }: Pick<ToolbarProps, "view" | "change">) {
  const t = useTranslations("customers");
  return (
    <Menu
      trigger={
        <Button variant="ghost">
          <ArrowUpDown aria-hidden />
          <span className="max-lg:sr-only">{t("sort.title")}</span>
        </Button>
      }
    >
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
