/** A catalogue, or a part of one: texts in groups. */
export interface Texts {
  [key: string]: string | Texts;
}

const ISOLATE = "\u2068";
const END = "\u2069";

/** A translation with the source's text wherever it has none. */
export function withFallback(translation: Texts, source: Texts): Texts {
  return Object.fromEntries(
    Object.entries(source).map(([key, text]) => {
      const own = translation[key];
      if (typeof text === "string") return [key, typeof own === "string" && own ? own : text];
      return [key, withFallback(typeof own === "object" ? own : {}, text)];
    }),
  );
}

/**
 * Right-to-left texts whose values keep to themselves: without it "Acme (UK)" in an Arabic
 * sentence is shown as "(Acme (UK". A branch of a plural is no value: its words are not Latin.
 */
export function isolated(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => {
      if (typeof text !== "string") return [key, isolated(text)];
      return [key, text.replace(/\{([a-zA-Z]+)\}/g, `${ISOLATE}{$1}${END}`)];
    }),
  );
}
