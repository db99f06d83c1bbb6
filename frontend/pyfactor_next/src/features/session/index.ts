export { ApiErrorState } from "./api-error-state";
export { Confined } from "./confined";
export { type Me, membersQuery, meQuery, type Role, type Tenant, tenantsQuery } from "./queries";
export { type Session, SessionProvider, useSession } from "./session-context";
export { useErrorText, useErrorToast } from "./use-error-text";
