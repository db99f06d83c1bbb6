"""A read in one round trip: the proof of who asks and the questions travel together.

BEGIN and COMMIT are left out: what libpq sends between two synchronisations is one implicit transaction,
so the context that app.enter() signs holds for the queries behind it and for nothing else.

The queries need the tenant as a constant before the proof has said which it is. So a process remembers who
a session was last time. A memory that is out of date finds nothing: the policy compares with the signed
tenant, whatever the query says. The answer to app.enter() then corrects the memory, and the read is repeated.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, cast
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import pq
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.generators import fetch_many, send
from psycopg.pq.abc import PGresult
from psycopg.types.json import JsonbLoader
from psycopg.types.string import TextLoader
from psycopg.waiting import wait

from dott.platform.tenancy.backend.base import DatabaseWrapper
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.transactions import MembershipRefused, SessionRefused

REMEMBERED = 10_000
# Statements a connection keeps parsed and planned. Beyond it they run unprepared.
PREPARED = 200
# Twice in a row somebody else than a moment ago: somebody switches businesses in a loop.
ATTEMPTS = 3
# How often a wait for the server looks up, so that a signal ends it. (0 would not wait but spin.)
INTERRUPTIBLE_S = 0.1

_ENTER = "SELECT tenant, member_user, membership, role, sees FROM app.enter($1, NULL)"


class Statement(NamedTuple):
    """SQL with $1, $2, … and their values as PostgreSQL reads them, None for NULL.

    is_prepared: parsed and planned once for all values. Not for conditions that few rows or most of a
    business may meet: PostgreSQL would take one plan for both, and sort a hundred thousand rows for a page.
    """

    sql: str
    params: tuple[bytes | None, ...] = ()
    is_prepared: bool = True


Rows = list[tuple[Any, ...]]
Ask = Callable[[Context], Sequence[Statement]]


class StillMoving(Exception):
    """The session's member or business changed with every attempt."""


def read(token_hash: bytes, ask: Ask) -> tuple[Context, list[Rows]]:
    """Who the session's owner is, and the rows of each statement that `ask` makes for her.

    token_hash: sha256 of the session token. ask: is called again when the session turned out to be in
    another business or its member in another role, so it must only depend on the context it is given.
    UUIDs come as text, everything else as psycopg loads it. Raises SessionRefused, MembershipRefused,
    StillMoving or psycopg.Error.
    """
    pool = cast(DatabaseWrapper, connections[APP]).pool
    known, proof = _memory.get(token_hash), b"\\x" + token_hash.hex().encode()
    connection = pool.getconn()
    try:
        for _ in range(ATTEMPTS):
            statements = ask(known.context) if known else ()
            entered, *answers = _send(connection, [Statement(_ENTER, (proof,)), *statements])
            load = Transformer(cast(AdaptContext, _Adaptation(connection)))
            (row,) = _rows(load, entered)
            # Refused? Then the answers are errors, for want of a context.
            context = known.context if known and known.row == row else _context(*row)
            rows = [_rows(load, answer) for answer in answers]
            if known and known.context is context:
                return context, rows
            known = _Known(row, context)
            _memory.put(token_hash, known)
        raise StillMoving
    except psycopg.Error:
        # What of it was prepared is uncertain now. The pool makes another.
        connection.close()
        raise
    finally:
        pool.putconn(connection)


def remembered_tenant(token_hash: bytes) -> UUID | None:
    """The business that a session, or an API key, was in when last seen here, None if it was not. It proves
    nothing. token_hash: sha256 of the token or the key."""
    known = _memory.get(token_hash) or _keys.get(token_hash)
    return known.context.tenant_id if known else None


def remember_key(key_hash: bytes, context: Context) -> None:
    """Note where an API key has just been let in. It is read by remembered_tenant only: a key's reads go
    another way."""
    if _keys.get(key_hash) is None:
        _keys.put(key_hash, _Known((), context))


def _context(
    tenant: str | None, user: str | None, membership: str, role: str, sees: list[str] | None
) -> Context:
    if user is None:
        raise SessionRefused
    if tenant is None:
        raise MembershipRefused
    seen = None if sees is None else tuple(map(UUID, sees))
    return Context(UUID(tenant), UUID(user), UUID(membership), role, APP, sees=seen)


class _Known(NamedTuple):
    """What app.enter() said of a session, and the context that it means."""

    row: tuple[Any, ...]
    context: Context


class _Memory:
    """Token hash → who that was, the most recent ones; shared by the threads of a process."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, token_hash: bytes) -> _Known | None:
        return self._known.get(token_hash)

    def put(self, token_hash: bytes, known: _Known) -> None:
        with self._lock:
            self._known[token_hash] = known
            self._known.move_to_end(token_hash)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


_memory = _Memory()
_keys = _Memory()


class _ObjectLoader(JsonbLoader):
    """Most objects of a page are empty, and to parse them was a fifth of its cost."""

    def load(self, data: Buffer) -> Any:
        """A value of its own each time."""
        return {} if data == b"{}" else super().load(data)


class _Adaptation:
    """psycopg's own loaders on one connection, except that a UUID stays the text that it is in JSON too."""

    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_loader("uuid", TextLoader)
    adapters.register_loader("jsonb", _ObjectLoader)

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection


class _Prepared:
    """What one connection has prepared: SQL → name. Names are never used again."""

    def __init__(self) -> None:
        self.names: dict[str, bytes] = {}
        self.count = 0

    def new_name(self, sql: str) -> bytes:
        self.count += 1
        self.names[sql] = name = b"dott_%d" % self.count
        return name


_prepared: "WeakKeyDictionary[psycopg.Connection[Any], _Prepared]" = WeakKeyDictionary()


def _send(connection: "psycopg.Connection[Any]", statements: Sequence[Statement]) -> list[PGresult]:
    """The result of each statement. All of them are one implicit transaction: one fails, all fail."""
    pgconn = connection.pgconn
    prepared = _prepared.setdefault(connection, _Prepared())
    commands: list[Callable[[], None]] = []
    wanted: list[bool] = []  # of each result: whether it is a statement's and not a preparation's
    for sql, params, is_prepared in statements:
        name = prepared.names.get(sql)
        if name is None and is_prepared and settings.PREPARES_STATEMENTS and prepared.count < PREPARED:
            name = prepared.new_name(sql)
            commands.append(partial(pgconn.send_prepare, name, sql.encode()))
            wanted.append(False)
        if name is None:
            commands.append(partial(pgconn.send_query_params, sql.encode(), params))
        else:
            commands.append(partial(pgconn.send_query_prepared, name, params))
        wanted.append(True)
    commands.append(pgconn.pipeline_sync)
    pgconn.enter_pipeline_mode()
    for command in commands:
        command()
    wait(send(pgconn), pgconn.socket, interval=INTERRUPTIBLE_S)
    results = [wait(fetch_many(pgconn), pgconn.socket, interval=INTERRUPTIBLE_S)[0] for _ in commands]
    pgconn.exit_pipeline_mode()
    # The last is the synchronisation's.
    return [result for result, is_wanted in zip(results, wanted, strict=False) if is_wanted]


def _rows(load: Any, result: PGresult) -> Rows:
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise psycopg.errors.error_from_result(result, encoding="utf-8")
    load.set_pgresult(result, set_loaders=True)
    return cast(Rows, load.load_rows(0, result.ntuples, tuple))
