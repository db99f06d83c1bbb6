export { filterFields } from "./filter-fields";
export { isOnlyOwn, type OwnForm, useOwnValues } from "./form-values";
export { FormGroupLater, OwnFields } from "./lazy";
export { fieldsQuery, useOwnFields } from "./queries";
export type { Entity, OwnField, OwnValues } from "./types";
export { useOwnText } from "./use-own-text";
