export { languageName, languageOptions } from "./languages";
export { formatPhone, phoneHref } from "./phone";
export { customerKeys } from "./queries";
export type { Customer } from "./types";
