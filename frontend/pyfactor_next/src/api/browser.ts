import { createDjangoApi } from "./django-api";
import { ownChanges } from "./own-changes";
import { rememberWrite } from "./own-writes";
import { csrf, log } from "./parts";
import { endSession } from "./session-end";
import { leadToSecondFactor, proveAgain } from "./step-up";

/** The API as the signed-in person. Use it in query and mutation functions, never while rendering. */
export const djangoApi = createDjangoApi({
  baseUrl: "",
  fetch: (input, init) => {
    rememberWrite(init);
    return fetch(input, init);
  },
  log,
  csrf,
  onUnauthenticated: endSession,
  proveAgain,
  onSecondFactorNeeded: leadToSecondFactor,
  onChange: (step) => ownChanges.note(step),
  onWrite: (write) => ownChanges.follow(write),
});
