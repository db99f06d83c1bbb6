export { methodsOf } from "./account-api";
export { AuthCard } from "./auth-card";
export { PasswordInput } from "./password-input";
export { ProofForm, type ProofMethod } from "./proof-form";
export { type Prover, secondStep, stepUp } from "./provers";
export { leaveForProvider } from "./single-sign-on";
export { canUsePasskeys, createPasskey } from "./webauthn";
