"use client";

import { ArrowUpDown, Columns3, ListFilter, Search, X } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { type SavedViews, ViewButton } from "@/features/records";
import { Button } from "@/ui/button";
import type { TableLayout } from "@/ui/data-table/model";
import { Input } from "@/ui/input";
import { Later } from "@/ui/later";
import type { CustomerRow } from "../types";
import type { CustomerColumn } from "./columns";
import type { View } from "./view";

const FilterPopover = lazy(() =>
  import("./filter-popover").then((m) => ({ default: m.FilterPopover })),
);
const SortMenu = lazy(() => import("./sort-menu").then((m) => ({ default: m.SortMenu })));
const ColumnsMenu = lazy(() =>
  import("@/ui/data-table/columns-menu").then((m) => ({ default: m.ColumnsMenu<CustomerRow> })),
);

interface ToolbarProps {
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly CustomerColumn[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  onLayoutReset: () => void;
  saved: SavedViews;
  /** Opens the conditions in groups. */
  onBuild: () => void;
}

/** Search, filter, order and columns. */
export function Toolbar(props: ToolbarProps) {
  const t = useTranslations("customers");
  const { view, change } = props;
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-4 py-1.5 md:px-5">
      {view.isTrash ? null : <ViewButton saved={props.saved} allLabel={t("all")} />}
      <SearchBox value={view.q} onChange={(q) => change({ q })} />
      <div className="ms-auto flex items-center gap-0.5">
        <Later face={(press) => <FilterButton {...press} />}>
          {(wasPressed) => (
            <FilterPopover
              trigger={<FilterButton />}
              isOpenAtFirst={wasPressed}
              view={view}
              change={change}
              onBuild={props.onBuild}
            />
          )}
        </Later>
        <Later face={(press) => <SortButton {...press} />}>
          {(wasPressed) => (
            <SortMenu
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
  const t = useTranslations("customers.filter");
  return <Tool icon={<ListFilter aria-hidden />} label={t("title")} {...props} />;
}

function SortButton(props: ComponentProps<typeof Button>) {
  const t = useTranslations("customers.sort");
  return <Tool icon={<ArrowUpDown aria-hidden />} label={t("title")} {...props} />;
}

/** Looks like the columns menu's button until that is there. */
function DisplayFace(props: ComponentProps<typeof Button>) {
  const t = useTranslations("ui.table");
  return <Tool icon={<Columns3 aria-hidden />} label={t("display")} {...props} />;
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("customers.search");
  const input = useRef<HTMLInputElement>(null);
  return (
    <search className="relative w-full max-w-72 min-w-0">
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
