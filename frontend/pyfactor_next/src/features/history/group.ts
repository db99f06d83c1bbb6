interface Dated {
  created_at: string;
}

/** By day in the time zone, in the order given. day: "YYYY-MM-DD". */
export function byDay<T extends Dated>(
  items: readonly T[],
  timeZone: string,
): { day: string; items: T[] }[] {
  // The Swedish way of writing a date is ISO 8601.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone });
  const days = new Map<string, T[]>();
  for (const item of items) {
    const day = format.format(new Date(item.created_at));
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, of]) => ({ day, items: of }));
}
