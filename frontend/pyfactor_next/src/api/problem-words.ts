/** Sentences for the API's codes, by code. */
export type ProblemWords = Readonly<Record<string, string>>;

/**
 * The sentences of the page's language, fetched when the first error comes. None for English, which
 * the API speaks itself and more exactly than a code can, and none when they cannot be had: then
 * its English stands.
 */
export async function problemWords(): Promise<ProblemWords> {
  const language = globalThis.document?.documentElement.lang;
  if (!language || language === "en") return {};
  try {
    return (await import(`../../messages/${language}/problems.json`)).default;
  } catch {
    return {};
  }
}
