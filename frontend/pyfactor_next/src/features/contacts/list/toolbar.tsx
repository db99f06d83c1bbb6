"use client";

import { ChevronDown, Columns3, ListFilter, Search, X } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useTranslations } from "use-intl";
import { countConditions, type SavedViews, ViewButton, ViewChanges } from "@/features/records";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import type { TableLayout } from "@/ui/data-table/model";
import { IconButton } from "@/ui/icon-button";
import { Input } from "@/ui/input";
import { Later } from "@/ui/later";
import type { ContactRow } from "../types";
import type { ContactColumn } from "./columns";
import { isMine, tagsOf, type View, withMine, withTags } from "./use-contacts-view";

const TagFilter = lazy(() => import("./tag-filter"));
const ColumnsMenu = lazy(() =>
  import("@/ui/data-table/columns-menu").then((m) => ({ default: m.ColumnsMenu<ContactRow> })),
);

interface ToolbarProps {
  view: View;
  change: (part: Partial<View>) => void;
  columns: readonly ContactColumn[];
  layout: TableLayout;
  onLayoutChange: (layout: TableLayout) => void;
  onLayoutReset: () => void;
  saved: SavedViews;
  /** Opens the conditions in groups. */
  onBuild: () => void;
}

const pressed = (isPressed: boolean) => cn(isPressed && "bg-selected text-accent-ink");

/** Views, search, the usual filters, all the others, and columns. */
export function Toolbar(props: ToolbarProps) {
  const t = useTranslations("contacts");
  const { view, change, saved } = props;
  const { conditions } = view;
  const mine = isMine(conditions);
  const tags = tagsOf(conditions);
  const count = countConditions(conditions);
  const isChanged = saved.isModified || (saved.current === null && count > 0);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 border-b px-4 py-1.5 md:px-5">
      {view.isTrash ? null : <ViewButton saved={saved} allLabel={t("all")} />}
      <SearchBox value={view.q} onChange={(q) => change({ q })} />
      <Button
        variant="ghost"
        aria-pressed={mine}
        className={pressed(mine)}
        onClick={() => change({ conditions: withMine(conditions, !mine) })}
      >
        {t("mine")}
      </Button>
      <Later face={(press) => <TagsFace count={tags.length} {...press} />}>
        {(wasPressed) => (
          <TagFilter
            trigger={<TagsFace count={tags.length} />}
            isOpenAtFirst={wasPressed}
            selected={tags}
            onChange={(next) => change({ conditions: withTags(conditions, next) })}
          />
        )}
      </Later>
      <Button variant="ghost" className={pressed(count > 0)} onClick={props.onBuild}>
        <ListFilter aria-hidden />
        <span className="max-lg:sr-only">{t("filter")}</span>
        {count > 0 ? <span className="tabular">{count}</span> : null}
      </Button>
      {count > 0 ? (
        <Button variant="ghost" size="sm" onClick={() => change({ conditions: null })}>
          {t("clearFilters")}
        </Button>
      ) : null}
      <div className="ms-auto flex items-center gap-1 max-md:hidden">
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
        {isChanged && !view.isTrash ? <ViewChanges saved={saved} /> : null}
      </div>
    </div>
  );
}

function TagsFace({ count, ...rest }: ComponentProps<typeof Button> & { count: number }) {
  const t = useTranslations("contacts.fields");
  return (
    <Button variant="ghost" className={pressed(count > 0)} {...rest}>
      {t("tags")}
      {count > 0 ? <span className="tabular">{count}</span> : null}
      <ChevronDown aria-hidden className="size-3.5!" />
    </Button>
  );
}

/** Looks like the columns menu's button until that is there. */
function DisplayFace(props: ComponentProps<typeof Button>) {
  const t = useTranslations("ui.table");
  return (
    <Button variant="ghost" {...props}>
      <Columns3 aria-hidden />
      <span className="max-lg:sr-only">{t("display")}</span>
    </Button>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("contacts");
  return (
    <search className="relative min-w-40 flex-1 sm:max-w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 inset-s-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <Input
        // "search" would add a second clear button.
        type="text"
        inputMode="search"
        autoComplete="off"
        aria-label={t("search")}
        placeholder={t("search")}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && value) onChange("");
        }}
        className="px-8"
      />
      {value ? (
        <IconButton
          label={t("clearSearch")}
          size="icon-sm"
          className="absolute top-1/2 inset-e-0.5 -translate-y-1/2"
          onClick={() => onChange("")}
        >
          <X aria-hidden />
        </IconButton>
      ) : null}
    </search>
  );
}
