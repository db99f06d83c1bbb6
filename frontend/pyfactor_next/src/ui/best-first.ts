import type { ComboboxOption } from "./combobox";

/** Accents and case do not matter. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** 0 when the label begins with the query, 1 when a later word or a keyword does, else 2. */
function rank({ label, keywords = "" }: ComboboxOption, query: string): number {
  if (fold(label).startsWith(query)) return 0;
  const words = fold(`${label} ${keywords}`).split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => word.startsWith(query)) ? 1 : 2;
}

/**
 * The options as they stand to what was typed: Enter takes the first, and "ger" means Germany and not
 * Algeria. Equals keep their order.
 */
export function bestFirst<T extends ComboboxOption>(
  options: readonly T[],
  text: string,
): readonly T[] {
  const query = fold(text.trim());
  if (query === "") return options;
  const ranked = options.map((option) => ({ option, rank: rank(option, query) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ option }) => option);
}
