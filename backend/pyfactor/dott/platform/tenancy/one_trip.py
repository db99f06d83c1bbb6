"""A read in one round trip: the proof of who asks and the questions travel together.

BEGIN and COMMIT are left out: what libpq sends between two synchronisations is one implicit transaction,
so the context that app.enter() signs holds for the queries behind it and for nothing else.

The queries need the tenant as a constant before the proof has said which it is. So a process remembers who
a session was last time. A memory that is out of date finds nothing: the policy compares with the signed
tenant, whatever the query says. The answer to app.enter() then corrects the memory, and the read is repeated.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

import psycopg
from django.db import connections
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.pq.abc import PGresult
from psycopg.types.json import JsonbLoader
from psycopg.types.string import TextLoader

from dott.platform.tenancy.backend.base import DatabaseWrapper
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.transactions import MembershipRefused, SessionRefused
from dott.platform.tenancy.wire import LazyRows, Statement, checked, rows_of, send

REMEMBERED = 10_000
# Twice in a row somebody else than a moment ago: somebody switches businesses in a loop.
ATTEMPTS = 3

_ENTER = "SELECT tenant, member_user, membership, role, sees FROM app.enter($1, NULL)"


T = TypeVar("T")
Ask = Callable[[Context], Sequence[Statement]]
Reading = Generator[Sequence[Statement], list[PGresult], T]


class StillMoving(Exception):
    """The session's member or business changed with every attempt."""


def read(token_hash: bytes, ask: Ask) -> tuple[Context, list[LazyRows]]:
    """What `reading` returns, on a connection of the pool. Raises as it does, and PoolTimeout."""
    return on_own_connection(reading(token_hash, ask))


def on_own_connection(asking: Reading[T]) -> T:
    """What a generator returns that yields the statements of one round trip after the other and is sent
    their results: by a connection of the pool, which nobody else has in the meantime."""
    pool = cast(DatabaseWrapper, connections[APP]).pool
    connection = pool.getconn()
    try:
        statements = next(asking)
        while True:
            statements = asking.send(send(connection, statements))
    except StopIteration as end:
        return cast(T, end.value)
    except psycopg.Error:
        # What of it was prepared is uncertain now. The pool makes another.
        connection.close()
        raise
    finally:
        pool.putconn(connection)


def reading(token_hash: bytes, ask: Ask) -> Reading[tuple[Context, list[LazyRows]]]:
    """Who the session's owner is, and the rows of each statement that `ask` makes for her.

    A generator: what it yields is to be sent in one round trip, and it is sent the results.

    token_hash: sha256 of the session token. ask: is called again when the session turned out to be in
    another business or its member in another role, so it must only depend on the context it is given.
    UUIDs come as text, everything else as psycopg loads it. The rows are for this thread. Raises
    SessionRefused, MembershipRefused, StillMoving or psycopg.Error.
    """
    known, proof = _memory.get(token_hash), b"\\x" + token_hash.hex().encode()
    for _ in range(ATTEMPTS):
        statements = ask(known.context) if known else ()
        entered, *answers = yield [Statement(_ENTER, (proof,)), *statements]
        load = _of_thread.load
        (row,) = rows_of(load, entered)
        # Refused? Then the answers are errors, for want of a context.
        context = known.context if known and known.row == row else _context(*row)
        for answer in answers:
            checked(answer)
        rows = [LazyRows(load, answer) for answer in answers]
        if known and known.context is context:
            return context, rows
        known = _Known(row, context)
        _memory.put(token_hash, known)
    raise StillMoving


def remembered_tenant(token_hash: bytes) -> UUID | None:
    """The business that a session, or an API key, was in when last seen here, None if it was not. It proves
    nothing. token_hash: sha256 of the token or the key."""
    known = _memory.get(token_hash) or _keys.get(token_hash)
    return known.context.tenant_id if known else None


def remembered(token_hash: bytes) -> Context | None:
    """Who a session's owner was when last seen here. It proves nothing."""
    known = _memory.get(token_hash)
    return known.context if known else None


def remember(token_hash: bytes, context: Context) -> None:
    """Note whom a session has just let in."""
    known = _memory.get(token_hash)
    if known is None or known.context != context:
        seen = None if context.sees is None else [*map(str, context.sees)]
        ids = map(str, (context.tenant_id, context.user_id, context.membership_id))
        _memory.put(token_hash, _Known((*ids, context.role, seen), context))


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
    """psycopg's own loaders, except that a UUID stays the text that it is in JSON too. Of no connection: all
    of them speak UTF-8, and UTC."""

    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_loader("uuid", TextLoader)
    adapters.register_loader("jsonb", _ObjectLoader)
    connection = None


class _OfThread(threading.local):
    """A Transformer holds one result at a time, and the loaders that it has found."""

    def __init__(self) -> None:
        self.load = Transformer(cast(AdaptContext, _Adaptation()))


_of_thread = _OfThread()
