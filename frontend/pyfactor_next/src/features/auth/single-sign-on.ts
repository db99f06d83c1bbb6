import { djangoApi, safeNext } from "@/api";

const NEXT = "dott.single-sign-on";
const quiet = { expectUnauthenticated: true };

interface Wanted {
  business?: string;
  email?: string;
  /** The provider asks for a proof, although it knows the person. */
  again?: boolean;
}

/** Leaves for the provider of a business. `next`: where to go on after coming back, in this tab. */
export async function leaveForProvider(wanted: Wanted, next: string): Promise<void> {
  const { url } = await djangoApi.post("/api/auth/sso/start/", { again: false, ...wanted }, quiet);
  sessionStorage.setItem(NEXT, next);
  window.location.assign(url);
}

/** Hands the provider's answer in; the path to go on to. */
export async function comeBack(business: string, answer: URLSearchParams): Promise<string> {
  const given = Object.fromEntries(
    (["state", "code", "iss", "error"] as const).flatMap((name) => {
      const value = answer.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const body = { business, state: "", ...given };
  const { tenant } = await djangoApi.post("/api/auth/sso/finish/", body, quiet);
  const next = safeNext(sessionStorage.getItem(NEXT));
  sessionStorage.removeItem(NEXT);
  return next === "/" ? `/${tenant}` : next;
}
