"use client";

import { LANGUAGE_COOKIE, type Language } from "./languages";

/** Keeps a language in this browser for a year; undefined leaves it to the browser's own again. */
export function keepLanguage(language: Language | undefined): void {
  const age = language === undefined ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
  document.cookie = `${LANGUAGE_COOKIE}=${language ?? ""}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

/** Keeps a language and shows the page in it. */
export function chooseLanguage(language: Language | undefined): void {
  keepLanguage(language);
  // In full: the texts and the direction of writing come with the document.
  window.location.reload();
}
