import { cookies, headers } from "next/headers";
import { cache } from "react";
import { apiOrigin, isDevelopment, sessionCookie } from "../env";
import { createDjangoApi, type DjangoApi } from "./django-api";
import { isApiError } from "./errors";
import { consoleSink, silentSink } from "./log";

/**
 * The API as the person whose page is being rendered, for the first data of a hard load. Reads
 * only: the CSRF token is not passed on. Of the cookies it forwards the session's and nothing else.
 */
export const serverApi = cache(async (): Promise<Pick<DjangoApi, "get" | "follow">> => {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const forwarded: Record<string, string> = {};
  const session = jar.get(sessionCookie());
  if (session) forwarded["Cookie"] = `${session.name}=${session.value}`;
  for (const name of ["x-forwarded-for", "x-forwarded-proto", "user-agent", "accept-language"]) {
    const value = incoming.get(name);
    if (value) forwarded[name] = value;
  }
  const host = incoming.get("x-forwarded-host") ?? incoming.get("host");
  if (host) forwarded["X-Forwarded-Host"] = host;
  return createDjangoApi({
    baseUrl: apiOrigin(),
    fetch: (input, init) => fetch(input, init),
    log: isDevelopment ? consoleSink : silentSink,
    headers: forwarded,
    timeoutMs: 5_000,
  });
});

/** Who is signed in, asked once per page load. */
export const fetchMe = cache(async () => (await serverApi()).get("/api/auth/me/"));

/** Who is signed in; undefined when nobody is, and when the API cannot tell. */
export async function findMe() {
  if (!(await cookies()).has(sessionCookie())) return undefined;
  try {
    return await fetchMe();
  } catch (error) {
    if (isApiError(error)) return undefined;
    throw error;
  }
}

/**
 * Whether the browser is loading the page and not moving inside it. Only then is data fetched on
 * the server: during soft navigation the query cache has it already, and waiting would cost 300 ms.
 */
export async function isDocumentRequest(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "document";
}
