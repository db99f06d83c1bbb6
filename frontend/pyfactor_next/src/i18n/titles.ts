import type { Metadata } from "next";
import type { Messages } from "use-intl";
import { type Section, sectionTexts } from "./load";
import { requestLocale } from "./request";

/** For a page's `generateMetadata`: its title, in the visitor's language. */
export function titleOf<S extends Section>(section: S, pick: (texts: Messages[S]) => string) {
  return async (): Promise<Metadata> => ({ title: await textOf(section, pick) });
}

/** One text on the server, in the visitor's language. */
export async function textOf<S extends Section>(
  section: S,
  pick: (texts: Messages[S]) => string,
): Promise<string> {
  const { language } = await requestLocale();
  return pick(await sectionTexts(language, section));
}
