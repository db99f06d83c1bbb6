import type { Worth } from "./queries";

/** What a chart of deals shows: how many there are, or what those in one currency are worth. */
export type Measure = "deals" | (string & {});

/** The currencies of some deals, the most used first. They are never added up. */
export function currenciesOf(worths: readonly Worth[]): string[] {
  const deals = new Map<string, number>();
  for (const { currency, deals: count } of worths) {
    deals.set(currency, (deals.get(currency) ?? 0) + count);
  }
  return [...deals].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([code]) => code);
}

export function worthIn(worths: readonly Worth[], currency: string): Worth | undefined {
  return worths.find((worth) => worth.currency === currency);
}
