/** The repetitions that people choose from, as rules of RFC 5545. */
export const REPEATS = {
  none: "",
  daily: "FREQ=DAILY",
  weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  weekly: "FREQ=WEEKLY",
  biweekly: "FREQ=WEEKLY;INTERVAL=2",
  monthly: "FREQ=MONTHLY",
  yearly: "FREQ=YEARLY",
} as const;

export type Repeat = keyof typeof REPEATS | "other";

/** "other" for a rule that came in another way; it is kept as it is. */
export function repeatOf(rule: string): Repeat {
  const found = (Object.keys(REPEATS) as (keyof typeof REPEATS)[]).find(
    (name) => REPEATS[name] === rule,
  );
  return found ?? "other";
}
