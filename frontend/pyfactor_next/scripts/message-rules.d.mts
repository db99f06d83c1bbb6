export interface Texts {
  [key: string]: string | Texts;
}
export function flattened(texts: Texts, prefix?: string): [string, string][];
export function missingTexts(source: Texts, catalogue: Texts): Record<string, string>;
export function checkCatalogue(language: string, catalogue: Texts, source: Texts): string[];
