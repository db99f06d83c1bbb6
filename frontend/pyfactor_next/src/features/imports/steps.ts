import type { ImportJob, ImportState } from "./types";

/** The stations of an import, in order. The first is the upload, which has an address of its own. */
export const steps = ["upload", "file", "columns", "review", "result"] as const;
export type Step = (typeof steps)[number];
/** Those that `?step=` may name; the other stations follow from the state alone. */
export const choosableSteps = ["file", "columns", "review"] as const;
export type ChoosableStep = (typeof choosableSteps)[number];

/** What a background job is doing, by the state it works in. */
export type Work = "validate" | "apply" | "revert";
const works: Partial<Record<ImportState, Work>> = {
  validating: "validate",
  applying: "apply",
  reverting: "revert",
};

const applyPhases = new Set(["checking", "writing"]);
const revertPhases = new Set(["reverting"]);

/** The job that is queued or at work, if any. */
export function runningWork(state: ImportState): Work | undefined {
  return works[state];
}

/** Which job it was that failed: its last phase tells. */
export function failedWork(job: Pick<ImportJob, "state" | "progress">): Work | undefined {
  if (job.state !== "failed") return undefined;
  const phase = job.progress?.phase ?? "";
  if (applyPhases.has(phase)) return "apply";
  return revertPhases.has(phase) ? "revert" : "validate";
}

/** Whether its customers are in the list now. */
export function isApplied(job: Pick<ImportJob, "applied_at" | "reverted_at">): boolean {
  return job.applied_at !== null && job.reverted_at === null;
}

/** Whether file and rows are gone, as they are after their time. Only looking is left. */
export function isPurged(job: Pick<ImportJob, "details_purged_at">): boolean {
  return job.details_purged_at !== null;
}

/** Whether its time ran out before it was ever written. */
export function isExpired(job: Pick<ImportJob, "details_purged_at" | "applied_at">): boolean {
  return isPurged(job) && job.applied_at === null;
}

/** Whether file, columns and rows may still be changed. The server judges by the same rule. */
export function isEditable(job: ImportJob): boolean {
  return runningWork(job.state) === undefined && !isApplied(job) && !isPurged(job);
}

/**
 * The station to show. The state on the server decides; `wanted` (from the address) only chooses
 * among the stations that the state allows, so an old link never leads astray.
 */
export function stepOf(job: ImportJob, wanted: ChoosableStep | null): Exclude<Step, "upload"> {
  if (isPurged(job)) return "result";
  const work = runningWork(job.state);
  if (work === "apply" || work === "validate") return "review";
  if (work === "revert" || isApplied(job)) return "result";
  if (wanted === "file" || wanted === "columns") return wanted;
  if (job.state === "validated") return "review";
  if (job.state === "reverted") return "result";
  if (job.state === "failed") return failedWork(job) === "revert" ? "result" : "review";
  return wanted === "review" ? "columns" : "file";
}

/** Whether the stepper may offer this station as a link. */
export function canVisit(job: ImportJob, step: Step): step is ChoosableStep {
  if (!isEditable(job)) return false;
  return step === "file" || step === "columns" || (step === "review" && job.state === "validated");
}
