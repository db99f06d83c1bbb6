import { isDevelopment } from "../env";
import { CsrfTokens } from "./csrf";
import { createDjangoApi } from "./django-api";
import { consoleSink, silentSink } from "./log";
import { rememberWrite } from "./own-writes";
import { endSession } from "./session-end";

const log = isDevelopment ? consoleSink : silentSink;

/** The API as the signed-in person. Use it in query and mutation functions, never while rendering. */
export const djangoApi = createDjangoApi({
  baseUrl: "",
  fetch: (input, init) => {
    rememberWrite(init);
    return fetch(input, init);
  },
  log,
  csrf: new CsrfTokens({
    readCookies: () => document.cookie,
    refresh: async () => {
      await bare.get("/api/auth/csrf/");
    },
  }),
  onUnauthenticated: endSession,
});

/** Fetches the token; it must not itself ask for one. */
const bare = createDjangoApi({ baseUrl: "", fetch: (input, init) => fetch(input, init), log });
