/** Days are "YYYY-MM-DD" in the person's or the business's time zone. */

const DAY_MS = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day it is at an instant in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  // The Swedish form of a date is the ISO form.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(instant);
}

/** The first day of the next week; weekStart: 0 Sunday … 6 Saturday. */
export function nextWeek(day: string, weekStart: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, ((weekStart - weekday + 6) % 7) + 1);
}

/** The instant of a time on the wall, such as 2026-03-02T09:30, in a time zone. */
export function instantOf(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}:00Z`);
  // The zone's distance from UTC, looked at twice: it may change between the guess and the answer.
  let guess = wanted;
  for (let round = 0; round < 2; round++) guess = wanted - (wallOf(guess, timeZone) - guess);
  return new Date(guess).toISOString();
}

/** What the clock on the wall shows, for an input of the type datetime-local. */
export function localOf(instant: string, timeZone: string): string {
  return new Date(wallOf(Date.parse(instant), timeZone)).toISOString().slice(0, 16);
}

function wallOf(instant: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(instant);
  return Date.parse(`${text.replace(" ", "T")}Z`);
}
