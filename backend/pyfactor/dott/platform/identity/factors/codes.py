"""Codes that are typed: of an authenticator app, and recovery codes. Each is worth one use, whoever else
tries it in the same moment.

allauth remembers spent codes in the cache of one process, for one period. Here the row remembers, under its
lock: the last accepted time step of an app, and a bit for each recovery code.
"""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken

from dott.platform.identity.factors.keys import unseal_secret
from dott.platform.identity.models import User

TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def spend_code(user: User, code: str) -> Authenticator | None:
    """The factor that the code belongs to, its code spent; None for a wrong or a spent one.

    Of simultaneous attempts with one code one succeeds: the rows stay locked until the transaction ends.
    """
    typed = normalized(code)
    rows = Authenticator.objects.select_for_update().filter(user_id=user.pk, type__in=TYPED).order_by("id")
    for row in rows:
        if _spend_step(row, typed) if row.type == Authenticator.Type.TOTP else _spend_recovery(row, typed):
            row.save(update_fields=["data"])
            return row
    return None


def matching_step(secret: str, code: str) -> int | None:
    """Of the time steps that count now (this one and a neighbour on each side) the one whose code it is."""
    steps = [step for step in yield_hotp_counters_from_time() if _same(code, _code_of(secret, step))]
    return steps[0] if steps else None


def normalized(code: str) -> str:
    """As it is compared: people type the gap that their app shows."""
    return "".join(code.split()).replace("-", "")


def _spend_step(row: Authenticator, code: str) -> bool:
    try:
        step = matching_step(unseal_secret(row.data["secret"]), code)
    except InvalidToken:
        return False
    if step is None or step <= row.data.get("last_step", -1):
        return False
    row.data["last_step"] = step
    return True


def _spend_recovery(row: Authenticator, code: str) -> bool:
    try:
        codes = RecoveryCodes(row).generate_codes()
    except InvalidToken:
        return False
    spent: int = row.data["used_mask"]
    for place, each in enumerate(codes):
        if _same(code, each) and not spent & (1 << place):
            row.data["used_mask"] = spent | (1 << place)
            return True
    return False


def unspent(row: Authenticator) -> int:
    """How many recovery codes are left."""
    total = len(RecoveryCodes(row).generate_codes())
    return total - int(row.data["used_mask"]).bit_count()


def _code_of(secret: str, step: int) -> str:
    code: str = format_hotp_value(hotp_value(secret, step))
    return code


def _same(left: Any, right: Any) -> bool:
    return secrets.compare_digest(str(left).encode(), str(right).encode())
