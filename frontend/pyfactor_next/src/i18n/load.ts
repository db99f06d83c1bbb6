import type { Messages } from "use-intl";
import { directionOf, type Language } from "./languages";
import { isolated, type Texts, withFallback } from "./texts";

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
  const translation = await translationOf(language, section);
  return withFallback(
    directionOf(language) === "rtl" ? isolated(translation) : translation,
    source,
  );
}

async function translationOf(language: Language, section: Section): Promise<Texts> {
  try {
    return (await import(`../../messages/${language}/${section}.json`)).default;
  } catch {
    // A section that nobody has translated yet; `pnpm i18n:check` names it.
    return {};
  }
}

/** Texts of several sections, keyed as components ask for them. */
export async function textsOf<S extends Section>(
  language: Language,
  sections: readonly S[],
): Promise<Pick<Messages, S>> {
  const pairs = sections.map(async (name) => [name, await sectionTexts(language, name)] as const);
  return Object.fromEntries(await Promise.all(pairs)) as Pick<Messages, S>;
}
