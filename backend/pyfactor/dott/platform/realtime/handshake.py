"""Who is asking for a socket: the same cookie and the same proof as a request's, and our own page."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.http import parse_cookie

from dott.platform.realtime.messages import Message
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import APP

PATH = "/ws/"


@dataclass(frozen=True, slots=True)
class Member:
    """Who may hear of what, as the database answered."""

    tenant_id: UUID
    user_id: UUID
    # As in tenancy.Context: None is everything.
    sees: tuple[UUID, ...] | None = None


class Refused(Exception):
    """The handshake fails. status: the HTTP status of the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def proof_of(scope: dict[str, Any]) -> bytes:
    """sha256 of the session token that the handshake brings. Raises Refused.

    A browser lets any site open a socket to ours with our cookies, so the origin decides; it is
    compared as a whole. Nothing in the address counts: addresses end up in logs.
    """
    if scope["path"] != PATH or scope["query_string"]:
        raise Refused(404, "unknown address")
    if _headers(scope, b"origin") != [settings.PUBLIC_ORIGIN]:
        raise Refused(403, "foreign origin")
    # HTTP/2 may split one Cookie header into several.
    cookies = "; ".join(_headers(scope, b"cookie"))
    if len(_session_cookie(settings.SESSION_COOKIE_NAME).findall(cookies)) != 1:
        raise Refused(403, "not exactly one session cookie")
    token = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    return sha256(token.encode()).digest()


def member_of(proof: bytes) -> Member:
    """Whose session it is and in which business it is now. Asks the database. Raises SessionRefused,
    MembershipRefused, or a DatabaseError.

    Rolled back, because app.enter writes that the session was used: a page that is left open overnight
    must not keep it alive.
    """
    try:
        with transactions.session(proof) as context:
            transaction.set_rollback(True, using=APP)
            return Member(context.tenant_id, context.user_id, context.sees)
    finally:
        connections[APP].close()


def seen_part(proof: bytes, message: Message) -> Message:
    """A `changes` message without the records that the session's member does not see. What names no record
    stays; what is gone for good is left out, for nobody can say whose it was. Raises as member_of."""
    try:
        with transactions.session(proof):
            wanted: dict[str, list[str]] = {}
            for change in message["changes"]:
                if "id" in change:
                    wanted.setdefault(change["entity"], []).append(change["id"])
            seen = {(entity, id_) for entity, ids in wanted.items() for id_ in _seen_ids(entity, ids)}
            transaction.set_rollback(True, using=APP)
    finally:
        connections[APP].close()
    kept = [
        change
        for change in message["changes"]
        if "id" not in change or (change["entity"], change["id"]) in seen
    ]
    return {**message, "changes": kept}


def _seen_ids(entity: str, ids: list[str]) -> list[str]:
    model = apps.get_model(entity)
    return [str(pk) for pk in model._base_manager.filter(pk__in=ids).values_list("pk", flat=True)]


def _headers(scope: dict[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


@cache
def _session_cookie(name: str) -> re.Pattern[str]:
    # As identity's CredentialMiddleware counts them.
    return re.compile(rf"(?:^|[;,])\s*{re.escape(name)}\s*=")
