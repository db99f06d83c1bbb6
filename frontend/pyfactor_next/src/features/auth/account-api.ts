import { djangoApi, isApiError } from "@/api";

/** What a step of signing in led to. */
export type AccountStep = "signed-in" | "verify-email" | "enter-reset-code" | "sign-in";

const STEP_BY_CODE: Record<string, AccountStep> = {
  verification_required: "verify-email",
  password_reset_pending: "enter-reset-code",
  sign_in_required: "sign-in",
};

/**
 * Runs one step. The account endpoints answer 401 when the next step is another page; that is an
 * outcome. Everything else that fails is thrown as ApiError.
 */
async function step(call: Promise<unknown>): Promise<AccountStep> {
  try {
    await call;
    return "signed-in";
  } catch (error) {
    const next = isApiError(error) && error.status === 401 ? STEP_BY_CODE[error.code] : undefined;
    if (next) return next;
    // Somebody signed in meanwhile, in another tab: there is nothing left to do here.
    if (isApiError(error) && error.code === "already_signed_in") return "signed-in";
    throw error;
  }
}

const quiet = { expectUnauthenticated: true };

export const accountApi = {
  signIn: (body: { email: string; password: string }) =>
    step(djangoApi.post("/api/auth/browser/v1/auth/login", body, quiet)),
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
