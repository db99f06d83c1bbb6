/**
 * The locale of a visitor whose browser sends this Accept-Language: the words are English, dates and
 * numbers are written as in the region of the first language. "de-AT" and "de" are en-AT and en-DE.
 */
export function localeOf(acceptLanguage: string | null): string {
  const first = (acceptLanguage ?? "").split(",")[0]?.split(";")[0]?.trim() ?? "";
  try {
    const { region } = new Intl.Locale(first).maximize();
    return region && /^[A-Z]{2}$/.test(region) ? `en-${region}` : "en";
  } catch (error) {
    // "*", or nothing that is a language.
    if (error instanceof RangeError) return "en";
    throw error;
  }
}
