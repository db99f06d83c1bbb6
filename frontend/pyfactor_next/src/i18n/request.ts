import { cookies, headers } from "next/headers";
import { cache } from "react";
import { findMe } from "@/api/server";
import { LANGUAGE_COOKIE } from "./languages";
import { type Locale, localeOf } from "./locale";

/** The locale of the page that the server is drawing. */
export const requestLocale = cache(async (): Promise<Locale> => {
  const [jar, incoming, me] = await Promise.all([cookies(), headers(), findMe()]);
  return localeOf({
    chosen: me?.user.language,
    cookie: jar.get(LANGUAGE_COOKIE)?.value,
    acceptLanguage: incoming.get("accept-language"),
  });
});
