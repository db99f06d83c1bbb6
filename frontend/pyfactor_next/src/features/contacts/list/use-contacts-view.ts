"use client";

import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { allOf, formatConditions, type Node, parseConditions, partsOf } from "@/features/records";
import { formatOrdering, parseOrdering, type SortRule } from "@/ui/data-table/ordering";
import type { ContactsQuery } from "../queries";

/** The API's names of what the list can be ordered by. */
const ORDERINGS: readonly string[] = ["name", "email", "created_at", "updated_at"];

const parsers = {
  q: parseAsString.withDefault(""),
  ordering: parseAsString.withDefault(""),
  filter: parseAsString.withDefault(""),
  trashed: parseAsBoolean.withDefault(false),
  view: parseAsString,
};

/** Everything that decides what the list shows; the address holds all of it. */
export interface View {
  q: string;
  sort: readonly SortRule[];
  /** All filters, the short ones of the toolbar among them; null for none. */
  conditions: Node | null;
  isTrash: boolean;
  /** The saved view that was opened, whatever was changed since. */
  savedId: string | null;
}

/** The view in the address, and how to change it. */
export function useContactsView(): { view: View; change: (part: Partial<View>) => void } {
  const [params, setParams] = useQueryStates(parsers, { clearOnDefault: true });
  const view = useMemo(
    (): View => ({
      q: params.q,
      sort: parseOrdering(params.ordering).filter((rule) => ORDERINGS.includes(rule.ordering)),
      conditions: parseConditions(params.filter),
      isTrash: params.trashed,
      savedId: params.view,
    }),
    [params],
  );
  const change = (part: Partial<View>): void => {
    const next = { ...view, ...part };
    void setParams({
      q: next.q,
      ordering: formatOrdering(next.sort),
      filter: formatConditions(next.conditions) ?? "",
      trashed: next.isTrash,
      view: next.savedId,
    });
  };
  return { view, change };
}

export function queryOf(view: View, q: string): ContactsQuery {
  return {
    ...(q ? { q } : {}),
    ...(view.sort.length > 0 ? { ordering: formatOrdering(view.sort) } : {}),
    ...(view.conditions ? { filter: JSON.stringify(view.conditions) } : {}),
    ...(view.isTrash ? { trashed: true } : {}),
  } as ContactsQuery;
}

const MINE: Node = { field: "created_by", op: "is", value: "me" };

function isMineCondition(node: Node): boolean {
  return "field" in node && node.field === "created_by" && node.op === "is" && node.value === "me";
}

function isTagsCondition(node: Node): boolean {
  return "field" in node && node.field === "tags" && node.op === "in" && Array.isArray(node.value);
}

/** Whether only those are shown that one has added oneself. */
export function isMine(conditions: Node | null): boolean {
  return partsOf(conditions).some(isMineCondition);
}

export function withMine(conditions: Node | null, isWanted: boolean): Node | null {
  const others = partsOf(conditions).filter((part) => !isMineCondition(part));
  return allOf(isWanted ? [...others, MINE] : others);
}

/** Ids of the tags of which a contact has to carry one. */
export function tagsOf(conditions: Node | null): readonly string[] {
  const found = partsOf(conditions).find(isTagsCondition);
  return found && "field" in found ? (found.value as readonly string[]) : [];
}

export function withTags(conditions: Node | null, tags: readonly string[]): Node | null {
  const others = partsOf(conditions).filter((part) => !isTagsCondition(part));
  return allOf(tags.length > 0 ? [...others, { field: "tags", op: "in", value: tags }] : others);
}
