export type RecordKind = "customer" | "contact" | "deal";

/** A record somebody had open; `line` tells it from others of the same title. */
export interface RecentRecord {
  kind: RecordKind;
  id: string;
  title: string;
  line: string;
}

const PREFIX = "dott.recent.";
const KEPT = 12;

/** One list per person and business, so that no name turns up in another one. */
function keyOf(userId: string, slug: string): string {
  return `${PREFIX}${userId}.${slug}`;
}

function isRecent(value: unknown): value is RecentRecord {
  const record = value as Partial<RecentRecord> | null;
  return (
    typeof record?.id === "string" &&
    typeof record.title === "string" &&
    typeof record.line === "string" &&
    ["customer", "contact", "deal"].includes(record.kind ?? "")
  );
}

/** The records a person opened in a business, the last one first. */
export function recentRecords(userId: string, slug: string): RecentRecord[] {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(keyOf(userId, slug)) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isRecent) : [];
  } catch {
    // Cut off or written by something else: nothing is remembered then.
    return [];
  }
}

export function rememberRecord(userId: string, slug: string, record: RecentRecord): void {
  const others = recentRecords(userId, slug).filter(({ id }) => id !== record.id);
  try {
    localStorage.setItem(keyOf(userId, slug), JSON.stringify([record, ...others].slice(0, KEPT)));
  } catch (error) {
    // A full store only costs the memory of it.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Takes one record off the list: it is in the trash or gone. */
export function forgetRecord(userId: string, slug: string, id: string): void {
  const others = recentRecords(userId, slug).filter((record) => record.id !== id);
  localStorage.setItem(keyOf(userId, slug), JSON.stringify(others));
}

/** With the sign-out all names leave the browser. */
export function forgetRecent(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}
