/** What the interface is written in. `en` is the source, the others are translations of it. */
export const languages = ["en", "de", "ar"] as const;
export type Language = (typeof languages)[number];

/** Each in its own words, for whoever cannot read the page as it is. */
export const languageLabels: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  ar: "العربية",
};

/** Holds a language chosen without an account. */
export const LANGUAGE_COOKIE = "language";

/** The language of a BCP 47 tag ("de-CH" is de), if the interface is written in it. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const [primary = ""] = (tag ?? "").toLowerCase().split("-");
  return languages.find((language) => language === primary);
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
