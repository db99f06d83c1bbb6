import { type Language, languageOf } from "./languages";

export interface Locale {
  /** What the words are written in. */
  language: Language;
  /** BCP 47 with the region that says how dates, numbers and money are written. */
  tag: string;
}

interface Wishes {
  /** The setting of the person who is signed in; empty when she has never chosen. */
  chosen?: string | undefined;
  cookie?: string | undefined;
  acceptLanguage: string | null;
}

/**
 * The locale of a visitor: the person's setting, else the cookie, else the first language of the
 * browser's that there is, else English. A wish without a region takes the region of the
 * browser's first language: "en" beside "de-AT" is en-AT.
 */
export function localeOf({ chosen, cookie, acceptLanguage }: Wishes): Locale {
  const accepted = byPreference(acceptLanguage);
  const wish = [chosen, cookie, ...accepted].find((tag) => languageOf(tag) !== undefined);
  const language = languageOf(wish) ?? "en";
  const region = regionOf(wish) ?? likelyRegion(accepted[0]);
  const tag = region ? `${language}-${region}` : language;
  // Digits as in the phone and account numbers beside them, years as in every file: the customs
  // of a region may be others, and then the server and a browser need not agree about them.
  return { language, tag: language === "ar" ? `${tag}-u-ca-gregory-nu-latn` : tag };
}

/** Tags of an Accept-Language header, the best first. */
function byPreference(header: string | null): string[] {
  return (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

function regionOf(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : iso(parsed(tag)?.region);
}

function likelyRegion(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : iso(parsed(tag)?.maximize().region);
}

function iso(region: string | undefined): string | undefined {
  return region && /^[A-Z]{2}$/.test(region) ? region : undefined;
}

function parsed(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch (error) {
    // "*", or nothing that is a language.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
