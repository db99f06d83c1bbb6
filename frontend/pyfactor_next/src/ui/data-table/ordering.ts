/** One level of an order; `-name,created_at` is two of them. */
export interface SortRule {
  ordering: string;
  isDescending: boolean;
}

export function parseOrdering(value: string | null | undefined): SortRule[] {
  return (value ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => ({ ordering: part.replace(/^-/, ""), isDescending: part.startsWith("-") }));
}

export function formatOrdering(rules: readonly SortRule[]): string {
  return rules.map((rule) => (rule.isDescending ? "-" : "") + rule.ordering).join(",");
}

/** A header's click: ascending, descending, none. With `isAdding` (Shift) the other levels stay. */
export function nextSort(
  rules: readonly SortRule[],
  ordering: string,
  isAdding: boolean,
): SortRule[] {
  const current = rules.find((rule) => rule.ordering === ordering);
  const others = isAdding ? rules.filter((rule) => rule.ordering !== ordering) : [];
  if (!current) return [...others, { ordering, isDescending: false }];
  if (current.isDescending) return [...others];
  const flipped = { ordering, isDescending: true };
  return isAdding ? rules.map((rule) => (rule === current ? flipped : rule)) : [flipped];
}
