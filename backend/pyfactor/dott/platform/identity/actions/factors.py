"""Adding and taking away second factors. Each change ends the person's other sessions and is mailed to her.

A session that was there before a factor, or that a thief opened without it, does not live on beside it.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from dott.platform.api.errors import Conflict
from dott.platform.identity.actions.sessions import revoke_sessions
from dott.platform.identity.adapter import send_mail
from dott.platform.identity.events import tell_businesses_of
from dott.platform.identity.models import User
from dott.platform.identity.sessions import SessionStore
from dott.platform.tenancy.router import AUTH

Type = Authenticator.Type


def factors_of(user: User) -> list[Authenticator]:
    """All of them, oldest first; recovery codes count as one."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("id"))


def add_totp(*, user: User, session: SessionStore, secret: str, step: int) -> list[str]:
    """Add an authenticator app whose code of this time step was entered; returns new recovery codes, if any
    were made. Raises Conflict (409) when there is an app already."""
    _lock(user)
    if Authenticator.objects.filter(user_id=user.pk, type=Type.TOTP).exists():
        raise Conflict("There is an authenticator app already. Remove it first.", "totp_exists")
    row = TOTP.activate(user, secret).instance
    # The code that was just entered must not open a session, too.
    row.data["last_step"] = step
    row.save(update_fields=["data"])
    return _added(user, session, "totp_added")


def added_passkey(*, user: User, session: SessionStore, passkey: Authenticator) -> list[str]:
    """What follows when a passkey was registered; returns new recovery codes, if any were made."""
    return _added(user, session, "passkey_added", name=passkey.data["name"])


def new_recovery_codes(*, user: User, session: SessionStore) -> list[str]:
    """Replace the recovery codes; the old ones are worth nothing any more. Raises Conflict (409) without a
    factor to recover from."""
    _lock(user)
    if not _has_factor(user):
        raise Conflict("Add an authenticator app or a passkey first.", "no_second_factor")
    Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES).delete()
    codes = _make_recovery_codes(user)
    _settled(user, session, "recovery_codes_made")
    return codes


def remove_factor(*, user: User, session: SessionStore, factor: Authenticator) -> None:
    """Take one away; with the last one the recovery codes go, too, and the session counts as proved by a
    password only."""
    _lock(user)
    name = factor.data.get("name", "")
    kind = "totp_removed" if factor.type == Type.TOTP else "passkey_removed"
    factor.delete()
    if not _has_factor(user):
        Authenticator.objects.filter(user_id=user.pk).delete()
        session.forget_second_factor()
    _settled(user, session, kind, name=name)


def remove_all_factors(*, user: User) -> int:
    """For an operator, after a person who lost everything has proved otherwise who she is; all her sessions
    end. Returns how many were removed."""
    _lock(user)
    count: int = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    revoke_sessions(user_id=user.pk)
    tell(user, "all_removed")
    return count


def tell(user: User, event: str, **more: Any) -> None:
    """Mail the person what happened to her factors, and tell the log. event: a key of the catalogue."""
    tell_businesses_of(user.pk, event)
    context = {"event": event, "at": timezone.now()} | more
    send_mail("factor_changed", user.email, context)


def _added(user: User, session: SessionStore, event: str, **more: Any) -> list[str]:
    session.prove(second_factor=True)
    has_codes = Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES).exists()
    codes = [] if has_codes else _make_recovery_codes(user)
    _settled(user, session, event, **more)
    return codes


def _settled(user: User, session: SessionStore, event: str, **more: Any) -> None:
    revoke_sessions(user_id=user.pk, except_id=session.row_id)
    session.cycle_key()
    tell(user, event, **more)


def _make_recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def _has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk).exclude(type=Type.RECOVERY_CODES).exists())


def _lock(user: User) -> None:
    # Two changes at once would leave codes without a factor, or two sets of codes.
    User.objects.using(AUTH).select_for_update().get(pk=user.pk)
