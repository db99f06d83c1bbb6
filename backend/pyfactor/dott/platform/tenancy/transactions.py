"""The doors into a tenant: `session()` and `api_key()` for requests, `job()` for the worker.

Each is one database transaction that begins by proving who enters. BEGIN and the proof travel in
one round trip (backend/base.py).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from django.db import connections, transaction

from dott.platform.tenancy.backend.base import DatabaseWrapper
from dott.platform.tenancy.backend.entry import Entry
from dott.platform.tenancy.context import Context, activated
from dott.platform.tenancy.direct import Query, execute, read_ahead
from dott.platform.tenancy.router import APP, WORKER


class SessionRefused(Exception):
    """No live session belongs to this token: unknown, expired, idle for too long, or revoked."""


class MembershipRefused(Exception):
    """The session is live, but its user is no active member of the wanted tenant."""


class SecondFactorRefused(MembershipRefused):
    """She is a member, but her session was proved by a password only, and the tenant asks for more."""


class SingleSignOnRefused(MembershipRefused):
    """She is a member, but the tenant lets only those in whom its own provider has signed in."""


# What app.enter answers for a role then.
_REFUSALS = {"second_factor": SecondFactorRefused, "single_sign_on": SingleSignOnRefused}


class KeyRefused(Exception):
    """No such API key. reason: `unknown`, or of one that there was `expired` or `revoked`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class JobRefused(Exception):
    """No open job has this id, its time has not come, or the member who queued it is no longer active."""


@contextmanager
def session(
    token_hash: bytes, tenant: UUID | None = None, *, snapshot: bool = False, ahead: Sequence[Query] = ()
) -> Iterator[Context]:
    """Open the request's transaction as the owner of a session.

    token_hash: sha256 of the 256-bit session token. tenant: another tenant than the session's active
    one. snapshot: all statements see the same state, for reading a whole business. ahead: what will be
    asked first, to save its round trip; it may name a tenant that turns out to be another, and then finds
    nothing. Raises psycopg.Error when it fails, else SessionRefused,
    MembershipRefused or one of its kinds, with nothing left open. The transaction is the outermost one;
    an exception inside rolls it back.
    """
    sql = "SELECT tenant, member_user, membership, role, sees FROM app.enter(%s, %s)"
    entry = Entry(sql, (token_hash, tenant), snapshot, ahead)
    with _entered(APP, entry) as row:
        if row.member_user is None:
            raise SessionRefused
        if row.tenant is None:
            raise _REFUSALS.get(row.role or "", MembershipRefused)
        with activated(row.context(APP)) as context, read_ahead(ahead, row.found):
            yield context


@contextmanager
def api_key(key_hash: bytes) -> Iterator[Context]:
    """Open the request's transaction as the member who made an API key; read-only when the key only reads.

    key_hash: sha256 of the key. Raises KeyRefused, MembershipRefused or one of its kinds, with
    nothing left open.
    """
    sql = "SELECT tenant, member_user, membership, role, sees, key, scopes FROM app.enter_key(%s)"
    with _entered(APP, Entry(sql, (key_hash,))) as row:
        if row.member_user is None:
            raise KeyRefused(row.role or "unknown")
        if row.tenant is None:
            raise _REFUSALS.get(row.role or "", MembershipRefused)
        with activated(row.context(APP)) as context:
            yield context


@contextmanager
def job(job_id: UUID, *, snapshot: bool = False) -> Iterator[Context]:
    """Open a worker's transaction as the member who queued the job. snapshot: as for session(). Raises
    JobRefused."""
    sql = "SELECT tenant, member_user, membership, role, sees FROM app.claim_job(%s)"
    entry = Entry(sql, (job_id,), snapshot)
    with _entered(WORKER, entry) as row:
        if row.tenant is None:
            raise JobRefused(job_id)
        with activated(row.context(WORKER)) as context:
            yield context


@contextmanager
def _entered(alias: str, entry: Entry) -> Iterator[Entry]:
    connection = cast(DatabaseWrapper, connections[alias])
    nested = connection.in_atomic_block
    connection.entry = entry
    try:
        # durable: a context inside somebody else's transaction would outlive its own end.
        with transaction.atomic(using=alias, durable=True):
            if not entry.done:
                # Only below a test case's own transaction, where BEGIN was sent long ago.
                with connection.cursor() as cursor:
                    cursor.execute(entry.sql, entry.params)
                    entry.resolve(cursor.fetchone())
            try:
                yield entry
                if nested and (query := connection.left_to_commit):
                    # There is no COMMIT either.
                    execute(alias, query)
            finally:
                if nested and not connection.needs_rollback:
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT app.leave()")
    finally:
        connection.entry = connection.left_to_commit = None
