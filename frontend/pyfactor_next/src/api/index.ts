export { djangoApi } from "./browser";
export { ApiError, type ApiErrorKind, type FieldError, isApiError } from "./errors";
export { applyApiError } from "./form-errors";
export { ownChanges, type Step } from "./own-changes";
export type { ApiPaths, QueryParams, RequestBody, ResponseBody } from "./paths";
export { safeNext, signInUrl } from "./session-end";
export { proveAgain } from "./step-up";
