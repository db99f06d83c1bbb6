"""The chain that makes the log of a business tamper-evident.

A job seals what has been committed since: each change set gets the next position and a digest over the digest
before it, its position and everything in the set and its changes. The key follows from SECRET_KEY, which the
database does not hold, so whoever can write to every table cannot seal what he has changed.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connections

from dott.platform.history.models import ChainLink
from dott.platform.history.security import REDACTIONS, SEAL
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import job
from dott.platform.tenancy.context import current

log = structlog.get_logger("dott.security")

START = b"\0" * 32
_BATCH = 1_000
# How long before the newest sealed set another may have been begun and not yet committed; no transaction
# lasts a day. Bounded, so that it costs the same in a log of a million sets.
_LOOKED_BACK = timedelta(days=2)

# Everything of a set, as text that depends on no session's settings, and its changes by id. Of what privacy
# may take out of a row it is the digest, which stays in the row (ADR 21).
_CONTENT = """
    sha256(convert_to(jsonb_build_array(
        s.id, extract(epoch FROM s.created_at), s.actor_id, s.kind, s.request_id, s.event, s.undoes_id,
        encode(coalesce(s.digest, app.set_digest(s.salt, s.reason, s.details)), 'hex'),
        (SELECT encode(sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(
                c.id, c.entity, c.record_id, c.operation,
                encode(coalesce(c.digest, app.change_digest(c.salt, c.before, c.after)), 'hex')
                )::text, 'UTF8')), ''::bytea ORDER BY c.id), ''::bytea)), 'hex')
           FROM history_change c WHERE c.tenant_id = s.tenant_id AND c.change_set_id = s.id)
    )::text, 'UTF8'))
"""
_UNSEALED = f"""
    SELECT s.id, {_CONTENT} FROM history_change_set s
     WHERE s.tenant_id = %(tenant)s
       AND s.created_at > (
           SELECT coalesce(max(n.created_at) - %(back)s::interval, '-infinity') FROM history_link k
             JOIN history_change_set n ON n.tenant_id = k.tenant_id AND n.id = k.change_set_id
            WHERE k.tenant_id = %(tenant)s
              AND k.position = (SELECT max(position) FROM history_link WHERE tenant_id = %(tenant)s))
       AND NOT EXISTS (
           SELECT FROM history_link l WHERE l.tenant_id = s.tenant_id AND l.change_set_id = s.id)
     ORDER BY s.created_at, s.id LIMIT %(batch)s
"""  # noqa: S608  (own text)
_SEALED = f"""
    SELECT l.position, l.change_set_id, l.digest, CASE WHEN s.id IS NOT NULL THEN {_CONTENT} END
      FROM history_link l
      LEFT JOIN history_change_set s ON s.tenant_id = l.tenant_id AND s.id = l.change_set_id
     WHERE l.tenant_id = %(tenant)s AND l.position > %(after)s
     ORDER BY l.position LIMIT %(batch)s
"""  # noqa: S608  (own text)
_LEFT_OUT = """
    SELECT s.id FROM history_change_set s
     WHERE s.tenant_id = %(tenant)s
       AND s.created_at < (SELECT max(l.sealed_at) - interval '1 hour' FROM history_link l
                            WHERE l.tenant_id = %(tenant)s)
       AND NOT EXISTS (SELECT FROM history_link l WHERE l.tenant_id = s.tenant_id AND l.change_set_id = s.id)
     ORDER BY s.id LIMIT 100
"""
_WAITING = """
    SELECT count(*) FROM history_change_set s
     WHERE s.tenant_id = %(tenant)s
       AND NOT EXISTS (SELECT FROM history_link l WHERE l.tenant_id = s.tenant_id AND l.change_set_id = s.id)
"""
# Values that are gone, and no set of that very moment says why; or what is there in their place is no rest.
_UNEXPLAINED = """
    SELECT DISTINCT r.set_id
      FROM (SELECT change_set_id AS set_id, digest, redacted_at,
                   before = '{}' AND after = '{}' OR before::text || after::text LIKE %(mark)s AS is_rest
              FROM history_change WHERE tenant_id = %(tenant)s
               AND (digest IS NOT NULL OR redacted_at IS NOT NULL)
             UNION ALL
            SELECT id, digest, redacted_at,
                   reason = '' AND details = '{}' OR reason || details::text LIKE %(mark)s
              FROM history_change_set WHERE tenant_id = %(tenant)s
               AND (digest IS NOT NULL OR redacted_at IS NOT NULL)) r
     WHERE r.digest IS NULL OR r.redacted_at IS NULL OR NOT r.is_rest
        OR NOT EXISTS (
           SELECT FROM history_change_set e
            WHERE e.tenant_id = %(tenant)s AND e.created_at = r.redacted_at AND e.event = ANY (%(events)s))
     ORDER BY r.set_id LIMIT 100
"""
# One at a time for each business; writers of the log wait for nobody.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('dott.history.seal ' || %s::text, 0))"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found. head: the last digest in hexadecimal, "" for an empty chain.

    waiting: sets that are not sealed yet.
    """

    sealed: int
    head: str
    waiting: int
    findings: tuple[str, ...]


@job(SEAL, is_fleeting=True)
def seal_when_due(background: Job) -> None:
    """The job that a write (record.py) and a security event (security.py) put off."""
    seal()


def seal(*, everything: bool = False) -> int:
    """Seal what was committed in the active business and is not sealed yet; returns how many sets.

    everything: however old it is, as after a log was brought in from elsewhere.
    """
    tenant, sealed = current().tenant_id, 0
    _rows(_LOCK, [tenant])
    last = ChainLink.objects.order_by("-position").first()
    position, digest = (last.position, bytes(last.digest)) if last else (0, START)
    back = None if everything else _LOOKED_BACK
    given = {"tenant": tenant, "back": back, "batch": _BATCH}
    while rows := _rows(_UNSEALED, given):
        links = []
        for set_id, content in rows:
            position += 1
            digest = _digest(settings.SECRET_KEY, digest, position, set_id, bytes(content))
            links.append(ChainLink(position=position, change_set_id=set_id, digest=digest))
        ChainLink.objects.bulk_create(links)
        sealed += len(links)
    if sealed:
        # Where the process's log goes, nobody who cuts the chain short can follow.
        log.info("log_sealed", tenant_id=str(tenant), head=f"{position}:{digest.hex()}")
    return sealed


def verify() -> Verdict:
    """Look at every link of the active business; names each set that was changed, removed, moved or left
    out."""
    findings: list[str] = []
    expected, digest = 1, START
    for position, set_id, kept, content in _links():
        if position != expected:
            findings.append(f"{position - expected} links are missing before position {position}")
        if content is None:
            findings.append(f"position {position}: change set {set_id} was removed")
        elif not _is_sealed(kept, digest, position, set_id, content):
            findings.append(f"position {position}: change set {set_id} is not what was sealed")
        expected, digest = position + 1, kept
    given = {"tenant": current().tenant_id, "mark": "%[erased]%", "events": list(REDACTIONS)}
    findings += [
        f"change set {set_id} is older than the chain's end and not in it"
        for (set_id,) in _rows(_LEFT_OUT, given)
    ]
    findings += [
        f"change set {set_id} lost values, and no erasure of that moment is in the log"
        for (set_id,) in _rows(_UNEXPLAINED, given)
    ]
    ((waiting,),) = _rows(_WAITING, given)
    return Verdict(expected - 1, digest.hex() if expected > 1 else "", waiting, tuple(findings))


def digest_at(position: int) -> str:
    """The digest that a position has now, in hexadecimal; "" where there is none."""
    found = ChainLink.objects.filter(position=position).values_list("digest", flat=True).first()
    return bytes(found).hex() if found else ""


def _links() -> Iterator[tuple[int, UUID, bytes, bytes | None]]:
    after = 0
    while rows := _rows(_SEALED, {"tenant": current().tenant_id, "after": after, "batch": _BATCH}):
        for position, set_id, kept, content in rows:
            yield position, set_id, bytes(kept), None if content is None else bytes(content)
        after = rows[-1][0]


def _is_sealed(kept: bytes, before: bytes, position: int, set_id: UUID, content: bytes) -> bool:
    # A link is of the key of its day.
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(kept, _digest(key, before, position, set_id, content)) for key in keys)


def _digest(secret: str, before: bytes, position: int, set_id: UUID, content: bytes) -> bytes:
    key = sha256(b"dott.history.chain " + secret.encode()).digest()
    return hmac.digest(key, before + position.to_bytes(8, "big") + set_id.bytes + content, "sha256")


def _rows(sql: str, given: Any) -> list[Any]:
    with connections[current().alias].cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
