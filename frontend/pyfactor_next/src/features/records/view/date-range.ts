/** Days are "YYYY-MM-DD". `between` includes both ends, `after` and `before` exclude theirs. */
export type DateRange =
  | { operator: "on" | "after" | "before"; day: string }
  | { operator: "between"; first: string; last: string }
  | { operator: "last"; days: number };

export type DateOperator = DateRange["operator"];

const DAY_MS = 86_400_000;

function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** `2026-01-31`, `>2026-01-31`, `<2026-01-31`, `2026-01-01..2026-01-31` or `last_30`. */
export function formatRange(range: DateRange): string {
  switch (range.operator) {
    case "on":
      return range.day;
    case "after":
      return `>${range.day}`;
    case "before":
      return `<${range.day}`;
    case "between":
      return `${range.first}..${range.last}`;
    case "last":
      return `last_${range.days}`;
  }
}

/** Null when the text is none of the forms or names a day that does not exist. */
export function parseRange(text: string): DateRange | null {
  const relative = /^last_(\d{1,4})$/.exec(text);
  if (relative) {
    const days = Number(relative[1]);
    return days > 0 ? { operator: "last", days } : null;
  }
  const [first, last] = text.split("..");
  if (last !== undefined) {
    if (!isDay(first) || !isDay(last)) return null;
    return first <= last
      ? { operator: "between", first, last }
      : { operator: "between", first: last, last: first };
  }
  const operator = text.startsWith(">") ? "after" : text.startsWith("<") ? "before" : "on";
  const day = operator === "on" ? text : text.slice(1);
  return isDay(day) ? { operator, day } : null;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day that it is at an instant in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  // The Swedish form of a date is the ISO form.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(instant);
}

/** The instant at which a day begins in a time zone, as an ISO text in UTC. */
export function startOfDay(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Twice, because the offset at UTC's midnight may differ from the one at the zone's.
  const guess = midnight - offsetMs(midnight, timeZone);
  return new Date(midnight - offsetMs(guess, timeZone)).toISOString();
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: string): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - Math.floor(instant / 1_000) * 1_000;
}
