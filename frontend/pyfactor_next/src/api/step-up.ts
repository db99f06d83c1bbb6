/** Asks the person to prove again who she is; true when she did. */
type Prover = () => Promise<boolean>;

let prover: Prover | undefined;
let asking: Promise<boolean> | undefined;

/** The dialog puts itself here; one at a time. */
export function interceptProof(handler: Prover): () => void {
  prover = handler;
  return () => {
    if (prover === handler) prover = undefined;
  };
}

/** One dialog, however many requests were refused at once. False where there is none to ask. */
export async function proveAgain(): Promise<boolean> {
  if (!prover) return false;
  asking ??= prover().finally(() => {
    asking = undefined;
  });
  return asking;
}

let leaving = false;

/** The business lets nobody in by a password only: go where a second factor is added. */
export function leadToSecondFactor(): void {
  if (leaving || window.location.pathname === "/second-factor") return;
  leaving = true;
  window.location.assign("/second-factor");
}
