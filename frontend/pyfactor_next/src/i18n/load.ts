import type { Messages } from "use-intl";
import type { Language } from "./languages";
import { isolated, withFallback } from "./texts";

export type Section = keyof Messages;

const loaded = new Map<string, Promise<unknown>>();

/** The texts of one section in one language; what is not translated yet is English. Server only. */
export function sectionTexts<S extends Section>(
  language: Language,
  section: S,
): Promise<Messages[S]> {
  const key = `${language}/${section}`;
  const texts = loaded.get(key) ?? read(language, section);
  loaded.set(key, texts);
  return texts as Promise<Messages[S]>;
}

async function read(language: Language, section: Section): Promise<unknown> {
  const { default: source } = await import(`../../messages/en/${section}.json`);
  if (language === "en") return source;
  const { default: translation } = await import(`../../messages/${language}/${section}.json`);
  return withFallback(language === "ar" ? isolated(translation) : translation, source);
}

/** Texts of several sections, keyed as components ask for them. */
export async function textsOf<S extends Section>(
  language: Language,
  sections: readonly S[],
): Promise<Pick<Messages, S>> {
  const pairs = sections.map(async (name) => [name, await sectionTexts(language, name)] as const);
  return Object.fromEntries(await Promise.all(pairs)) as Pick<Messages, S>;
}
