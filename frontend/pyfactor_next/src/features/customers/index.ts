export { customerKeys } from "./queries";
export type { Customer } from "./types";
