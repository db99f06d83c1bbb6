/**
 * Members named in a text. Stored as a link of Markdown, `[@Mia Maier](member:<id>)`; in a text field it reads
 * "@Mia Maier", and beside it stands which id each such name means.
 */

/** Name with its @, as it reads in the text field → id of the membership. */
export type Mentions = Readonly<Record<string, string>>;

/** The protocol of such links. */
export const MEMBER = "member:";
// A name may hold brackets in pairs: erasing a person leaves [erased].
const STORED = /\[(@(?:\\.|\[[^[\]]*\]|[^[\]\\\n])+)\]\(member:([0-9a-f-]{36})\)/g;
/** What may stand before an @ that begins a name, and the name so far. */
const BEGUN = /(?:^|[^\p{L}\p{N}@])@([^\n@]{0,40})$/u;

/** A name that is free for an id: of two who are called the same, the second gets a number. */
export function labelFor(name: string, id: string, mentions: Mentions): string {
  const plain = `@${name.replace(/\s+/g, " ").trim()}`;
  let label = plain;
  for (let number = 2; (mentions[label] ?? id) !== id; number += 1) label = `${plain} (${number})`;
  return label;
}

/** A stored text as it is edited. */
export function opened(body: string): { text: string; mentions: Mentions } {
  const mentions: Record<string, string> = {};
  const text = body.replace(STORED, (_, name: string, id: string) => {
    const label = labelFor(name.slice(1).replace(/\\(.)/g, "$1"), id, mentions);
    mentions[label] = id;
    return label;
  });
  return { text, mentions };
}

/** An edited text as it is stored: each whole name that was chosen is a mention. */
export function stored(text: string, mentions: Mentions): string {
  const labels = Object.keys(mentions).sort((a, b) => b.length - a.length);
  if (labels.length === 0) return text;
  const any = labels.map((label) => label.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  return text.replace(new RegExp(`(?:${any})(?![\\p{L}\\p{N}])`, "gu"), (label) => {
    const name = label.replace(/[\\[\]]/g, "\\$&");
    return `[${name}](${MEMBER}${mentions[label]})`;
  });
}

/** What is being typed behind an @ before the caret, and where that @ stands; null when nothing is. */
export function begun(
  text: string,
  caret: number,
  mentions: Mentions,
): { at: number; query: string } | null {
  const found = BEGUN.exec(text.slice(0, caret));
  const query = found?.[1];
  if (query === undefined || query.startsWith(" ")) return null;
  const typed = `@${query}`;
  // A name that stands there already is finished.
  if (Object.keys(mentions).some((label) => typed.startsWith(label))) return null;
  return { at: caret - typed.length, query };
}
