const KEY = "dott.invitation";

/**
 * The token of the invitation in hand. It comes behind the # of the mail's link, which reaches no
 * server, and stays in this tab while its owner signs in or makes an account.
 */
export function takeInvitationToken(): string {
  const { hash, pathname, search } = window.location;
  const given = hash.slice(1);
  if (given) {
    keepInvitationToken(given);
    // Out of the address bar, and of whatever is copied from it.
    window.history.replaceState(null, "", pathname + search);
  }
  return given || (sessionStorage.getItem(KEY) ?? "");
}

export function forgetInvitationToken(): void {
  sessionStorage.removeItem(KEY);
}

/** For whoever signs out on the way: with the session the browser forgets what pages have kept. */
export function keepInvitationToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
