import type { Moment } from "./queries";

export interface Month {
  /** Such as 2026-03, in the given time zone. */
  month: string;
  moments: Moment[];
}

/** Neighbouring moments of the same month together, in their order; each moment once. */
export function byMonth(moments: readonly Moment[], timeZone: string): Month[] {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  const months: Month[] = [];
  const seen = new Set<string>();
  for (const moment of moments) {
    // One that moved between two pages while they loaded comes twice.
    if (seen.has(moment.id)) continue;
    seen.add(moment.id);
    const month = day.format(new Date(moment.at)).slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.moments.push(moment);
    else months.push({ month, moments: [moment] });
  }
  return months;
}
