"""Users, their sessions, businesses, and who belongs to which business in which role.

User, session and business are global tables that only the login role `dott_auth` may touch;
membership is a tenant table that the application role may read and never write.
"""

from dott.platform.identity.models.entries import ApiKey, ApiKeyQuerySet, Invitation, InvitationQuerySet
from dott.platform.identity.models.members import Membership, Team, TeamMember
from dott.platform.identity.models.tenants import Tenant
from dott.platform.identity.models.users import Session, SessionQuerySet, User, UserManager

__all__ = [
    "ApiKey",
    "ApiKeyQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "Session",
    "SessionQuerySet",
    "Team",
    "TeamMember",
    "Tenant",
    "User",
    "UserManager",
]
