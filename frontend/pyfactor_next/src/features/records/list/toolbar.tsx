"use client";

import { ArrowUpDown, Columns3, ListFilter, Search, X } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import type { DataColumn, TableLayout } from "@/ui/data-table/model";
import { Input } from "@/ui/input";
import { Later } from "@/ui/later";
import type { ListWords } from "../resource";
import type { ListSpec } from "../source";
import type { View } from "../view/view";
import { MineButton } from "./mine-button";
import type { SavedViews } from "./use-saved-views";
import { ViewButton } from "./view-button";

const FilterPopover = lazy(() =>
  import("../view/filter-popover").then((m) => ({ default: m.FilterPopover })),
);
const SortMenu = lazy(() => import("./sort-menu").then((m) => ({ default: m.SortMenu })));
const ColumnsMenu = lazy(() =>
  import("@/ui/data-table/columns-menu").then((m) => ({ default: m.ColumnsMenu<never> })),
);

interface ToolbarProps {
  spec: ListSpec;
  words: ListWords;
  view: View;
  change: (part: Partial<View>) => void;
  /** Empty where there is no table. */
  columns: readonly DataColumn<never>[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  onLayoutReset: () => void;
  saved: SavedViews;
  /** Opens the conditions in groups. */
  onBuild: () => void;
  /** Filters that this list has at hand. */
  children?: ReactNode;
}

/** Search, filter, order and columns. */
export function Toolbar(props: ToolbarProps) {
  const { spec, words, view, change } = props;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 border-b px-4 py-1.5 md:px-5">
      {view.isTrash ? null : <ViewButton saved={props.saved} allLabel={words.all} />}
      <SearchBox label={words.search} value={view.q} onChange={(q) => change({ q })} />
      <MineButton filter={spec.mine} label={words.mine} view={view} change={change} />
      {props.children}
      <div className="ms-auto flex items-center gap-0.5">
        <Later face={(press) => <FilterButton {...press} />}>
          {(wasPressed) => (
            <FilterPopover
              spec={spec}
              words={words}
              trigger={<FilterButton />}
              isOpenAtFirst={wasPressed}
              view={view}
              change={change}
              onBuild={props.onBuild}
            />
          )}
        </Later>
        {props.columns.length > 0 ? (
          <>
            <Later face={(press) => <SortButton {...press} />}>
              {(wasPressed) => (
                <SortMenu
                  spec={spec}
                  words={words}
                  trigger={<SortButton />}
                  isOpenAtFirst={wasPressed}
                  view={view}
                  change={change}
                />
              )}
            </Later>
            <div className="max-md:hidden">
              <Later face={(press) => <DisplayFace {...press} />}>
                {(wasPressed) => (
                  <ColumnsMenu
                    isOpenAtFirst={wasPressed}
                    columns={props.columns}
                    layout={props.layout}
                    onLayoutChange={props.onLayoutChange}
                    onReset={props.onLayoutReset}
                  />
                )}
              </Later>
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}

function Tool({
  icon,
  label,
  ...rest
}: ComponentProps<typeof Button> & { icon: ReactNode; label: string }) {
  return (
    <Button variant="ghost" {...rest}>
      {icon}
      <span className="max-lg:sr-only">{label}</span>
    </Button>
  );
}

function FilterButton(props: ComponentProps<typeof Button>) {
  const t = useTranslations("records.list.filter");
  return <Tool icon={<ListFilter aria-hidden />} label={t("title")} {...props} />;
}

function SortButton(props: ComponentProps<typeof Button>) {
  const t = useTranslations("records.list.sort");
  return <Tool icon={<ArrowUpDown aria-hidden />} label={t("title")} {...props} />;
}

/** Looks like the columns menu's button until that is there. */
function DisplayFace(props: ComponentProps<typeof Button>) {
  const t = useTranslations("ui.table");
  return <Tool icon={<Columns3 aria-hidden />} label={t("display")} {...props} />;
}

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const t = useTranslations("records.list");
  const input = useRef<HTMLInputElement>(null);
  return (
    <search className="relative min-w-40 flex-1 sm:max-w-72">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 inset-s-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <Input
        ref={input}
        // "search" would add a second clear button and Escape of its own.
        type="text"
        inputMode="search"
        autoComplete="off"
        aria-label={label}
        placeholder={label}
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
          aria-label={t("clearSearch")}
          className="absolute top-1/2 inset-e-0.5 -translate-y-1/2"
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
