"""Which acts of identity the log tells of, and in whose log they stand."""

from typing import Any
from uuid import UUID

from dott.platform.history.security import note
from dott.platform.identity.memberships import memberships_of
from dott.platform.identity.models import Membership

# The words that history_change_set.event holds; the web has a sentence for each.
EVENTS = (
    "signed_in",
    "signed_out",
    "sessions_ended",
    "password_changed",
    "totp_added",
    "totp_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_codes_made",
    "recovery_code_used",
    "all_removed",
    "sso_added",
    "sso_removed",
    "member_changed",
    "member_left",
    "member_invited",
    "invitation_withdrawn",
    "member_joined",
    "api_key_made",
    "api_key_revoked",
    "business_made",
    "business_changed",
    "second_factor_asked",
    "scopes_changed",
    "team_changed",
    "single_sign_on_changed",
)


def tell_business(actor: Membership, event: str, **details: Any) -> None:
    """What a member did to the business or in its name."""
    note(tenant_id=actor.tenant_id, actor_id=actor.id, event=_known(event), **details)


def tell_businesses_of(user_id: UUID, event: str, **details: Any) -> None:
    """What a person did to her own account: every business that she can enter with it has to know."""
    for place in memberships_of(user_id):
        note(tenant_id=place.tenant_id, actor_id=place.id, event=_known(event), **details)


def tell_of(tenant_id: UUID | None, user_id: UUID, event: str, **details: Any) -> None:
    """What a person did in one business; nothing when she is in none."""
    known = _known(event)
    if tenant_id is None:
        return
    for place in memberships_of(user_id).filter(tenant_id=tenant_id):
        note(tenant_id=place.tenant_id, actor_id=place.id, event=known, **details)


def _known(event: str) -> str:
    if event not in EVENTS:
        raise ValueError(f"{event} is no event of the log.")
    return event
