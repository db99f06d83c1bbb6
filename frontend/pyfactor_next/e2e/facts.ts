import type { APIRequest } from "@playwright/test";

/** What the addresses of screens name: the business, and one record of each kind. */
export interface Facts {
  slug: string;
  /** The id of the first record of a kind, "deal". Rejects when the business has none. */
  idOf: (kind: string) => Promise<string>;
}

/** Asks the API as somebody whose session was kept. */
export async function factsOf(
  request: APIRequest,
  storageState: string,
  baseURL: string | undefined,
): Promise<Facts> {
  const api = await request.newContext({ storageState, ...(baseURL ? { baseURL } : {}) });
  const { tenant } = await (await api.get("/api/auth/me/")).json();
  const known = new Map<string, Promise<string>>();
  const find = async (kind: string): Promise<string> => {
    const answer = await api.get(`/api/crm/${kind}s/?limit=1`);
    if (!answer.ok()) throw new Error(`No list of ${kind}s: ${answer.status()}`);
    const [first] = (await answer.json()).results;
    if (!first) throw new Error(`The business has no ${kind}`);
    return first.id;
  };
  return {
    slug: tenant.slug,
    idOf: (kind) => {
      const id = known.get(kind) ?? find(kind);
      known.set(kind, id);
      return id;
    },
  };
}

/** The address with {slug}, {deal} and the like filled in. */
export async function filled(path: string, facts: Facts): Promise<string> {
  let address = path.replaceAll("{slug}", facts.slug);
  for (const [placeholder, kind = ""] of address.matchAll(/\{(\w+)\}/g)) {
    address = address.replaceAll(placeholder, await facts.idOf(kind));
  }
  return address;
}
