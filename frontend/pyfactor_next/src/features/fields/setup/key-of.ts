const MAX_LENGTH = 50;

/** "Schuhgröße (EU)" → "schuhgrosse_eu": a key for a label, "" where no letter can stand for it. */
export function keyOf(label: string): string {
  const plain = label
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+/, "");
  return plain.slice(0, MAX_LENGTH).replace(/_+$/, "");
}
