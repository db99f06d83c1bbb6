import { djangoApi } from "@/api";
import { answerWithPasskey } from "./webauthn";

/** Ways of proving who one is. `passkey` resolves to false when the browser's dialog was closed. */
export interface Prover {
  password?: (password: string) => Promise<unknown>;
  code: (code: string) => Promise<unknown>;
  passkey: () => Promise<boolean>;
}

const quiet = { expectUnauthenticated: true };

/** The second step of signing in. */
export const secondStep: Prover = {
  code: (code) => djangoApi.post("/api/auth/browser/v1/auth/2fa/authenticate", { code }, quiet),
  passkey: async () => {
    const path = "/api/auth/browser/v1/auth/webauthn/authenticate";
    const { data } = await djangoApi.post(`${path}/begin`, {}, quiet);
    const credential = await answerWithPasskey(data.publicKey);
    if (!credential) return false;
    await djangoApi.post(path, { credential }, quiet);
    return true;
  },
};

/** Signing in by a passkey alone. */
export async function signInWithPasskey(): Promise<boolean> {
  const path = "/api/auth/browser/v1/auth/webauthn/login";
  const { data } = await djangoApi.post(`${path}/begin`, {}, quiet);
  const credential = await answerWithPasskey(data.publicKey);
  if (!credential) return false;
  await djangoApi.post(path, { credential }, quiet);
  return true;
}

/** Proving again who one is, in the middle of a session. */
export const stepUp: Prover = {
  password: (password) => djangoApi.post("/api/auth/step-up/password/", { password }),
  code: (code) => djangoApi.post("/api/auth/step-up/code/", { code }),
  passkey: async () => {
    const { publicKey } = await djangoApi.post("/api/auth/step-up/passkey/begin/", undefined);
    const credential = await answerWithPasskey(publicKey);
    if (!credential) return false;
    await djangoApi.post("/api/auth/step-up/passkey/", { credential });
    return true;
  },
};
