/** Which key a person gave to what another key does by default: kept in this browser. */

const STORE = "dott.shortcuts.keys";

type Chosen = Readonly<Record<string, string>>;

const NONE: Chosen = {};
const listeners = new Set<() => void>();
let known: { text: string | null; chosen: Chosen } = { text: null, chosen: NONE };

function parse(text: string | null): Chosen {
  if (text === null) return NONE;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return NONE;
    const pairs = Object.entries(parsed).filter(([, key]) => typeof key === "string" && key !== "");
    return Object.fromEntries(pairs) as Chosen;
  } catch {
    // Written by hand or cut off: the keys are as they came.
    return NONE;
  }
}

/** Default keys → chosen ones, of those that were changed. The same object until something changes. */
export function chosenKeys(): Chosen {
  const text = typeof localStorage === "undefined" ? null : localStorage.getItem(STORE);
  if (text !== known.text) known = { text, chosen: parse(text) };
  return known.chosen;
}

/** What is to be pressed for a shortcut whose default is `keys`; "g c" follows the key of "g". */
export function keysOf(keys: string, chosen: Chosen = chosenKeys()): string {
  return keys
    .split(" ")
    .map((key) => chosen[key] ?? key)
    .join(" ");
}

/** Gives a key to what `standard` does by default; null gives it its own back. */
export function chooseKey(standard: string, key: string | null): void {
  const { [standard]: _, ...others } = chosenKeys();
  const next = key === null || key === standard ? others : { ...others, [standard]: key };
  if (Object.keys(next).length > 0) localStorage.setItem(STORE, JSON.stringify(next));
  else localStorage.removeItem(STORE);
  for (const listener of listeners) listener();
}

/** Also hears of changes in this browser's other tabs. */
export function subscribeKeys(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export const noChosenKeys = (): Chosen => NONE;
