/** What the text in the palette asks for: its first letter may narrow it. */
export interface Typed {
  mode: "all" | "actions" | "people" | "numbers" | "help";
  /** Without the first letter that narrows, and without spaces around it. */
  text: string;
}

const MODES = { ">": "actions", "@": "people", "#": "numbers", "?": "help" } as const;

export function readTyped(value: string): Typed {
  const trimmed = value.trim();
  const mode = MODES[trimmed.charAt(0) as keyof typeof MODES];
  return mode ? { mode, text: trimmed.slice(1).trim() } : { mode: "all", text: trimmed };
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether each word of a text begins a word of a label: "new cu" is in "New customer". */
export function isMeant(label: string, text: string): boolean {
  const words = plain(label).split(/\s+/);
  return plain(text)
    .split(/\s+/)
    .every((term) => words.some((word) => word.startsWith(term)));
}
