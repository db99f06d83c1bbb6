import { keysOf } from "./keys";

export interface Shortcut {
  /** "mod+k", "/", "g c" (one after the other), "?", "[" . Letters are lower case. */
  keys: string;
  label: string;
  /** Heading in the list of shortcuts. */
  group: string;
  /** With a modifier: left to fields and dialogs, which have a meaning of their own for it (undo). */
  isOutsideOnly?: boolean | undefined;
  /** Null: the page hears the keys by itself, and they only stand in the list. */
  run: ((event: KeyboardEvent) => void) | null;
}

const SEQUENCE_MS = 1_000;
const OFF_KEY = "dott.shortcuts.off";

/** Single keys can be switched off for speech input and the like (WCAG 2.1.4). */
export function areShortcutsOff(): boolean {
  return typeof localStorage !== "undefined" && localStorage.getItem(OFF_KEY) === "1";
}

export function setShortcutsOff(isOff: boolean): void {
  if (isOff) localStorage.setItem(OFF_KEY, "1");
  else localStorage.removeItem(OFF_KEY);
}

/** Where typing is text: no key may be taken away there. */
function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (!element) return false;
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

function isDialogOpen(): boolean {
  const all = document.querySelectorAll("[role=dialog],[role=alertdialog],[role=menu]");
  // A toast has the role of a dialog and takes no key from the page.
  return [...all].some((each) => each.closest("[data-toasts]") === null);
}

/** Shift is named only with a modifier: without one it has made another character of the key. */
function keyOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  if (!event.metaKey && !event.ctrlKey) return key;
  return event.shiftKey ? `mod+shift+${key}` : `mod+${key}`;
}

/** All shortcuts of the page on screen; of two with the same keys the one added last runs. */
export class ShortcutRegistry {
  #entries: Shortcut[] = [];
  #prefix = "";
  #prefixAt = 0;
  readonly #listeners = new Set<() => void>();

  add(shortcut: Shortcut): () => void {
    this.#entries = [...this.#entries, shortcut];
    this.#tell();
    return () => {
      this.#entries = this.#entries.filter((entry) => entry !== shortcut);
      this.#tell();
    };
  }

  readonly list = (): Shortcut[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Runs what belongs to a key; never inside fields, and inside dialogs only keys with mod. */
  handle(event: KeyboardEvent, now = Date.now()): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const key = keyOf(event);
    const hasModifier = key.startsWith("mod+");
    const isInside = isTyping(event.target) || isDialogOpen();
    if (!hasModifier && (isInside || areShortcutsOff())) return;
    const pending = now - this.#prefixAt < SEQUENCE_MS ? this.#prefix : "";
    const found = (pending && this.#find(`${pending} ${key}`)) || this.#find(key);
    this.#prefix = "";
    if (found?.isOutsideOnly && isInside) return;
    if (found) {
      event.preventDefault();
      found.run?.(event);
    } else if (this.#heard().some((entry) => keysOf(entry.keys).startsWith(`${key} `))) {
      this.#prefix = key;
      this.#prefixAt = now;
    }
  }

  #find(keys: string): Shortcut | undefined {
    return this.#heard().findLast((entry) => keysOf(entry.keys) === keys);
  }

  #heard(): Shortcut[] {
    return this.#entries.filter(({ run }) => run !== null);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
