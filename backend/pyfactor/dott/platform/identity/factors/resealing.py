"""What is sealed with the keys of keys.py, room by room: one command moves all of it to the first key.

A room that seals something of its own registers how to seal it anew when its app is ready.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import QuerySet

from dott.platform.identity.factors.keys import reseal
from dott.platform.tenancy.router import AUTH

# Where a kind of factor keeps what is sealed; a passkey's public key is no secret.
SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Resealed(NamedTuple):
    """done: how many are sealed with the first key now; lost: how many no key opens."""

    done: int
    lost: int


Body = Callable[[], Resealed]
_bodies: dict[str, Body] = {}


def register(what: str, body: Body) -> None:
    """Add a kind of secret. what: as an operator reads it, in the plural. Raises ValueError for a second one
    of that name."""
    if _bodies.get(what, body) is not body:
        raise ValueError(f"Two ways to seal {what} anew are registered.")
    _bodies[what] = body


def everything() -> Iterable[tuple[str, Resealed]]:
    """Seal all of it with the first key, kind by kind."""
    return ((what, body()) for what, body in _bodies.items())


def each_of(rows: QuerySet[Any], change: Callable[[Any], str]) -> Resealed:
    """Each row in a transaction of its own, so that nobody's sign-in waits for the others'.

    change: puts the new text into the row and names the column to write; may raise InvalidToken.
    """
    done = lost = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic(using=AUTH):
            row = rows.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                column = change(row)
            except InvalidToken:
                lost += 1
                continue
            row.save(using=AUTH, update_fields=[column])
            done += 1
    return Resealed(done, lost)


def reseal_factors() -> Resealed:
    """Seeds of authenticator apps and of recovery codes."""

    def change(row: Authenticator) -> str:
        name = SEALED[Authenticator.Type(row.type)]
        row.data[name] = reseal(row.data[name])
        return "data"

    return each_of(Authenticator.objects.using(AUTH).filter(type__in=SEALED), change)


register("second factors", reseal_factors)
