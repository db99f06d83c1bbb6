import type { ReactNode } from "react";
import { type Section as Name, textsOf } from "./load";
import { requestLocale } from "./request";
import { SectionMessages } from "./section-messages";

/**
 * A part of the app with its texts, in the visitor's language: for layouts. What stands outside
 * does not load them.
 */
export async function Section({
  names,
  children,
}: {
  names: readonly Name[];
  children: ReactNode;
}) {
  const { language } = await requestLocale();
  return <SectionMessages texts={await textsOf(language, names)}>{children}</SectionMessages>;
}
