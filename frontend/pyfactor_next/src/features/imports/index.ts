export { useStartWork } from "./mutations";
export { isApplied, isPurged, runningWork } from "./steps";
export type { ImportJob } from "./types";
export { useImport } from "./use-imports";
