export { formatPhone } from "./phone";
export { customerKeys } from "./queries";
export type { Customer } from "./types";
