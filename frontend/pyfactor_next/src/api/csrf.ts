const COOKIE = "csrftoken";

/** Where the token comes from; the browser's by default, anything in a test. */
export interface CsrfSource {
  readCookies(): string;
  /** Asks the server to set the cookie. */
  refresh(): Promise<void>;
}

/**
 * Gives the CSRF token for one request. It is read at call time, because signing in rotates it;
 * when there is none, any number of parallel writes share one request for it.
 */
export class CsrfTokens {
  #pending: Promise<void> | undefined;
  readonly #source: CsrfSource;

  constructor(source: CsrfSource) {
    this.#source = source;
  }

  async token(): Promise<string> {
    const present = this.#read();
    if (present) return present;
    await this.refresh();
    return this.#read() ?? "";
  }

  /** Fetches a fresh token; callers that come while one is on its way wait for that one. */
  async refresh(): Promise<void> {
    this.#pending ??= this.#source.refresh().finally(() => {
      this.#pending = undefined;
    });
    await this.#pending;
  }

  #read(): string | undefined {
    for (const part of this.#source.readCookies().split(/;\s*/)) {
      if (part.startsWith(`${COOKIE}=`)) return decodeURIComponent(part.slice(COOKIE.length + 1));
    }
    return undefined;
  }
}
