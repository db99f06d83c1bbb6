import { isDevelopment } from "../env";
import { CsrfTokens } from "./csrf";
import { createDjangoApi } from "./django-api";
import { consoleSink, silentSink } from "./log";

export const log = isDevelopment ? consoleSink : silentSink;

/** Fetches the token; it must not itself ask for one. */
const bare = createDjangoApi({ baseUrl: "", fetch: (input, init) => fetch(input, init), log });

export const csrf = new CsrfTokens({
  readCookies: () => document.cookie,
  refresh: async () => {
    await bare.get("/api/auth/csrf/");
  },
});
