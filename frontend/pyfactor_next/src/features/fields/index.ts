export { filterFields } from "./filter-fields";
export { isOnlyOwn, type OwnForm, useOwnValues } from "./form-values";
export { FormGroupLater, RecordGroupLater } from "./lazy";
export { fieldsQuery, useOwnFields } from "./queries";
export type { OwnField } from "./types";
export { useOwnText } from "./use-own-text";
