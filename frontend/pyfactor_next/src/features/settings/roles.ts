import type { Role } from "@/features/session";

/** From everything to reading only. */
const ROLES: readonly Role[] = ["owner", "admin", "member", "viewer"];

/** Whether a role stands above another. */
export function outranks(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) < ROLES.indexOf(other);
}

/** The roles that somebody may give: nobody gives more than they have. */
export function grantableRoles(own: Role): readonly Role[] {
  return ROLES.filter((role) => !outranks(role, own));
}
