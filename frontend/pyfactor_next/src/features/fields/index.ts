export { filterFields } from "./filter-fields";
export { isOnlyOwn, type OwnForm, useOwnValues } from "./form-values";
export { FieldDialogLater, FormGroupLater, OwnFields, OwnInputLater } from "./lazy";
export { fieldsQuery, useOwnFields } from "./queries";
export type { Entity, OwnField, OwnFieldType, OwnValues } from "./types";
export { useOwnBulkFields, useOwnMergeFields } from "./use-own-fields";
export { useOwnText } from "./use-own-text";
