"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { useOwnFields } from "@/features/fields";
import { membersQuery, useSession } from "@/features/session";
import { useTagsById } from "@/features/tags";
import { countryName } from "@/i18n/regions";
import { Button } from "@/ui/button";
import type { SortRule } from "@/ui/data-table/ordering";
import { Popover } from "@/ui/popover";
import { countConditions } from "../list/conditions";
import type { SavedViews } from "../list/use-saved-views";
import { ViewChanges } from "../list/view-changes";
import type { ListWords } from "../resource";
import type { ListSpec } from "../source";
import type { DateRange } from "./date-range";
import type { Filter } from "./filters";
import { isOwnOrdering, type View, withFilter } from "./view";

const FilterEditor = dynamic(() => import("./filter-editor").then((m) => m.FilterEditor));

interface ViewChipsProps {
  spec: ListSpec;
  words: ListWords;
  view: View;
  change: (part: Partial<View>) => void;
}

interface AllChipsProps extends ViewChipsProps {
  onBuild: () => void;
  saved: SavedViews;
}

/** What narrows and orders the list, each removable. */
export function ViewChips(props: AllChipsProps) {
  const { spec, words, view, change, onBuild, saved } = props;
  const t = useTranslations("records.list");
  const tRecords = useTranslations("records.filter");
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b px-4 py-1.5 md:px-5">
      {view.filters.map((filter) => (
        <FilterChip
          key={filter.field}
          filter={filter}
          spec={spec}
          words={words}
          view={view}
          change={change}
        />
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
          spec={spec}
          words={words}
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

function FilterChip(props: ViewChipsProps & { filter: Filter }) {
  const { spec, words, filter, view, change } = props;
  const t = useTranslations("records.list");
  const [isOpen, setOpen] = useState(false);
  const value = useFilterText(spec, words)(filter);
  const name = words.filter(filter.field);
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
          spec={spec}
          words={words}
          field={filter.field}
          filter={filter}
          onChange={(next) => change(withFilter(view, filter.field, next))}
          onDone={() => setOpen(false)}
        />
      </Popover>
    </Chip>
  );
}

function SortChip(props: {
  spec: ListSpec;
  words: ListWords;
  rule: SortRule;
  onFlip: () => void;
  onRemove: () => void;
}) {
  const t = useTranslations("records.list");
  const { spec, words, rule } = props;
  const own = useOwnFields(spec.entity).find(({ key }) => `custom.${key}` === rule.ordering);
  const name = isOwnOrdering(rule.ordering)
    ? (own?.label ?? rule.ordering)
    : words.ordering(rule.ordering);
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
function useFilterText(spec: ListSpec, words: ListWords): (filter: Filter) => string {
  const t = useTranslations("records.list.filter");
  const format = useFormatter();
  const locale = useLocale();
  const { slug } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
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
    const type = spec.filters[filter.field]?.type;
    const told = filter.values.map((value) => {
      if (type === "owner") {
        if (value === "me") return t("me");
        return members?.find(({ id }) => id === value)?.display_name ?? value;
      }
      if (type === "tag") return tags.get(value)?.name ?? value;
      if (type === "country") return countryName(value, locale);
      return words.options(filter.field).find((option) => option.value === value)?.label ?? value;
    });
    return format.list(told, { type: "disjunction" });
  };
}
