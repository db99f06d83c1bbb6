/** Hears of everything, now and later. */
export const EVERYTHING = "*";

export const WORDS = ["created", "updated", "trashed", "restored", "deleted"] as const;
export type Word = (typeof WORDS)[number];

export interface Kind {
  /** crm.customer */
  entity: string;
  words: ReadonlySet<Word>;
}

/** "crm.customer.created" → "crm.customer" and "created". */
export function parted(event: string): { entity: string; word: string } {
  const dot = event.lastIndexOf(".");
  return { entity: event.slice(0, dot), word: event.slice(dot + 1) };
}

/** The kinds of records that there are events of, in the order of the list. */
export function kindsOf(events: readonly string[]): Kind[] {
  const kinds = new Map<string, Set<Word>>();
  for (const event of events) {
    const { entity, word } = parted(event);
    const known = kinds.get(entity) ?? new Set();
    kinds.set(entity, known.add(word as Word));
  }
  return [...kinds].map(([entity, words]) => ({ entity, words }));
}

/** The chosen events with this one added, or taken away. */
export function toggled(chosen: ReadonlySet<string>, event: string): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(event)) next.add(event);
  return next;
}
