import { djangoApi, isApiError } from "@/api";
import type { ProofMethod } from "./proof-form";

/** What a step of signing in led to. */
export type AccountStep =
  | "signed-in"
  | "second-step"
  | "verify-email"
  | "enter-reset-code"
  | "sign-in";

const STEP_BY_CODE: Record<string, AccountStep> = {
  second_factor_pending: "second-step",
  verification_required: "verify-email",
  password_reset_pending: "enter-reset-code",
  sign_in_required: "sign-in",
};

/**
 * Runs one step. The account endpoints answer 401 when the next step is another page; that is an
 * outcome. Everything else that fails is thrown as ApiError.
 */
async function step(
  call: Promise<unknown>,
  onSecondStep?: (methods: ProofMethod[]) => void,
): Promise<AccountStep> {
  try {
    await call;
    return "signed-in";
  } catch (error) {
    const next = isApiError(error) && error.status === 401 ? STEP_BY_CODE[error.code] : undefined;
    if (next === "second-step") onSecondStep?.(methodsOf(error));
    if (next) return next;
    // Somebody signed in meanwhile, in another tab: there is nothing left to do here.
    if (isApiError(error) && error.code === "already_signed_in") return "signed-in";
    throw error;
  }
}

const METHODS: Record<string, ProofMethod> = {
  webauthn: "passkey",
  totp: "totp",
  recovery_codes: "recovery_code",
};

/** By what the account can prove itself, as the answer to its password says. */
export function methodsOf(error: unknown): ProofMethod[] {
  const flows = isApiError(error) ? error.problem?.["flows"] : undefined;
  if (!Array.isArray(flows)) return [];
  const pending = (flows as { id?: string; types?: string[] }[]).find(
    (flow) => flow.id === "mfa_authenticate",
  );
  return (pending?.types ?? []).flatMap((type) => METHODS[type] ?? []);
}

const quiet = { expectUnauthenticated: true };

export const accountApi = {
  /** onSecondStep: hears what the account has, when the password was not enough. */
  signIn: (
    body: { email: string; password: string },
    onSecondStep: (methods: ProofMethod[]) => void,
  ) => step(djangoApi.post("/api/auth/browser/v1/auth/login", body, quiet), onSecondStep),
  signUp: (body: { email: string; password: string; name: string }) =>
    step(djangoApi.post("/api/auth/browser/v1/auth/signup", body, quiet)),
  verifyEmail: (key: string) =>
    step(djangoApi.post("/api/auth/browser/v1/auth/email/verify", { key }, quiet)),
  resendCode: () => djangoApi.post("/api/auth/browser/v1/auth/email/verify/resend", {}, quiet),
  requestReset: (email: string) =>
    step(djangoApi.post("/api/auth/browser/v1/auth/password/request", { email }, quiet)),
  resetPassword: (body: { key: string; password: string }) =>
    step(djangoApi.post("/api/auth/browser/v1/auth/password/reset", body, quiet)),
};
