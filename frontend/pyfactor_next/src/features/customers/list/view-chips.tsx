"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { useOwnFields } from "@/features/fields";
import { countConditions, type SavedViews, ViewChanges } from "@/features/records";
import { useTagsById } from "@/features/tags";
import { countryName } from "@/i18n/regions";
import { Button } from "@/ui/button";
import type { SortRule } from "@/ui/data-table/ordering";
import { Popover } from "@/ui/popover";
import { useMemberName } from "../use-field-text";
import type { DateRange } from "./date-range";
import type { Filter } from "./filters";
import { useValueLabel } from "./use-value-label";
import type { Ordering, View } from "./view";
import { isOwnOrdering, withFilter } from "./view";

const FilterEditor = dynamic(() => import("./filter-editor").then((m) => m.FilterEditor));

interface ViewChipsProps {
  view: View;
  change: (part: Partial<View>) => void;
}

interface AllChipsProps extends ViewChipsProps {
  onBuild: () => void;
  saved: SavedViews;
}

/** What narrows and orders the list, each removable. */
export function ViewChips({ view, change, onBuild, saved }: AllChipsProps) {
  const t = useTranslations("customers");
  const tRecords = useTranslations("records.filter");
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b px-4 py-1.5 md:px-5">
      {view.filters.map((filter) => (
        <FilterChip key={filter.field} filter={filter} view={view} change={change} />
      ))}
      {view.conditions ? (
        <Chip removeLabel={tRecords("removeChip")} onRemove={() => change({ conditions: null })}>
          <button type="button" className={chipButton} onClick={onBuild}>
            <span className="truncate font-medium">
              {tRecords("chip", { count: countConditions(view.conditions) })}
            </span>
          </button>
        </Chip>
      ) : null}
      {view.sort.map((rule) => (
        <SortChip
          key={rule.ordering}
          rule={rule}
          onFlip={() =>
            change({
              sort: view.sort.map((each) =>
                each === rule ? { ...each, isDescending: !each.isDescending } : each,
              ),
            })
          }
          onRemove={() => change({ sort: view.sort.filter((each) => each !== rule) })}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        onClick={() => change({ filters: [], sort: [], conditions: null })}
      >
        {t("filter.clear")}
      </Button>
      {view.isTrash ? null : <ViewChanges saved={saved} />}
    </div>
  );
}

function Chip(props: { children: ReactNode; removeLabel: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-6 max-w-full items-center rounded-md bg-sunken text-xs ring-1 ring-inset ring-line">
      {props.children}
      <button
        type="button"
        aria-label={props.removeLabel}
        onClick={props.onRemove}
        className="flex h-6 w-6 shrink-0 items-center justify-center rounded-e-md text-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  );
}

const chipButton =
  "flex h-6 min-w-0 items-center gap-1 rounded-s-md pe-1 ps-2 hover:bg-hover focus-visible:-outline-offset-2";

function FilterChip({ filter, view, change }: ViewChipsProps & { filter: Filter }) {
  const t = useTranslations("customers");
  const [isOpen, setOpen] = useState(false);
  const value = useFilterText()(filter);
  const name = t(`filter.fields.${filter.field}`);
  return (
    <Chip
      removeLabel={t("filter.remove", { name })}
      onRemove={() => change(withFilter(view, filter.field, null))}
    >
      <Popover
        label={name}
        className="w-68"
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={chipButton}>
            <span className="text-muted">{name}</span>
            <span className="truncate font-medium">{value}</span>
          </button>
        }
      >
        <FilterEditor
          field={filter.field}
          filter={filter}
          onChange={(next) => change(withFilter(view, filter.field, next))}
          onDone={() => setOpen(false)}
        />
      </Popover>
    </Chip>
  );
}

function SortChip(props: { rule: SortRule; onFlip: () => void; onRemove: () => void }) {
  const t = useTranslations("customers");
  const { rule } = props;
  const own = useOwnFields("customer").find(({ key }) => `custom.${key}` === rule.ordering);
  const name = isOwnOrdering(rule.ordering)
    ? (own?.label ?? rule.ordering)
    : t(`orderings.${rule.ordering as Ordering}`);
  return (
    <Chip removeLabel={t("filter.remove", { name })} onRemove={props.onRemove}>
      <button
        type="button"
        onClick={props.onFlip}
        aria-label={t(rule.isDescending ? "sort.descending" : "sort.ascending", { name })}
        className={chipButton}
      >
        {rule.isDescending ? (
          <ArrowDown aria-hidden className="size-3 text-muted" />
        ) : (
          <ArrowUp aria-hidden className="size-3 text-muted" />
        )}
        <span className="truncate font-medium">{name}</span>
      </button>
    </Chip>
  );
}

/** Says a condition's operator and values in words. */
function useFilterText(): (filter: Filter) => string {
  const t = useTranslations("customers.filter");
  const format = useFormatter();
  const locale = useLocale();
  const label = useValueLabel();
  const memberName = useMemberName();
  const tags = useTagsById();
  const day = (text: string): string =>
    format.dateTime(new Date(`${text}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  const rangeText = (range: DateRange): string => {
    if (range.operator === "last") return t("chips.last", { days: range.days });
    if (range.operator === "between") {
      return t("chips.between", { first: day(range.first), last: day(range.last) });
    }
    return t(`chips.${range.operator}`, { day: day(range.day) });
  };
  return (filter) => {
    if ("range" in filter) return rangeText(filter.range);
    const words = filter.values.map((value) => {
      if (filter.field === "owner") return value === "me" ? t("me") : memberName(value) || value;
      if (filter.field === "tag") return tags.get(value)?.name ?? value;
      return filter.field === "billing_country"
        ? countryName(value, locale)
        : label(filter.field, value);
    });
    return format.list(words, { type: "disjunction" });
  };
}
