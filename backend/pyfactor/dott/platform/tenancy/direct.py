"""SQL inside a transaction of Django's, without its cursor: several statements in one round trip, each parsed
and planned once for each connection.

For what every request runs. A cursor binds values into the text of a statement, so PostgreSQL parses and
plans it anew each time; of a change that was half of the database's share.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from django.db import DatabaseError, connections

from dott.platform.tenancy.wire import Rows, Statement, dumped, forget, loaded, send

_PLACE = re.compile("%[s%]")
_NAME = re.compile(r"%\((\w+)\)s")
# A table was altered under a plan that is kept; a plan that a pooler has thrown away.
_OUT_OF_DATE = (psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidSqlStatementName)


class NotCommitted(DatabaseError):
    """What was to be done in COMMIT's round trip failed, so COMMIT was not done."""


class Query(NamedTuple):
    """SQL as a cursor takes it, with %s, and Python values. PostgreSQL takes each for what stands around it,
    as it does with a text in quotes; where nothing does, the SQL says its type.

    is_prepared: not for SQL that is one member's own.
    """

    sql: str
    params: Sequence[Any] = ()
    is_prepared: bool = True


def named(sql: str, values: Mapping[str, Any]) -> Query:
    """A query whose places have names: %(name)s."""
    made, names = _unnamed(sql)
    return Query(made, [values[name] for name in names])


@lru_cache(maxsize=100)
def _unnamed(sql: str) -> tuple[str, list[str]]:
    return _NAME.sub("%s", sql), _NAME.findall(sql)


_ahead: ContextVar[list[tuple[Query, Rows]] | None] = ContextVar("dott_read_ahead", default=None)


def execute(alias: str, *queries: Query) -> list[Rows]:
    """The rows of each query, as Django's cursor gives them, in one round trip.

    Inside a transaction. Raises Django's errors, as a cursor does, of the first query that fails.
    """
    if len(queries) == 1 and (known := _ahead.get()):
        for place, (query, rows) in enumerate(known):
            if query == queries[0]:
                del known[place]
                return [rows]
    connection = connections[alias]
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    for query in queries:
        show(connection, query)
    wire = connection.connection
    with connection.wrap_database_errors:
        results = send(wire, [statement(query, wire) for query in queries], writes=True)
        try:
            return [loaded(wire, result) for result in results]
        except _OUT_OF_DATE:
            forget(wire)
            raise


@contextmanager
def read_ahead(queries: Sequence[Query], found: Sequence[Rows]) -> Iterator[None]:
    """Inside, the first execution of each of these queries by itself is answered with the rows that came with
    the transaction's beginning. Any other query, so one for another tenant, goes its way."""
    token = _ahead.set([*zip(queries, found, strict=False)])
    try:
        yield
    finally:
        _ahead.reset(token)


def leave_to_commit(alias: str, query: Query) -> None:
    """Have the query run right before COMMIT, in its round trip. Nobody sees what it answers; when it fails,
    the end of the transaction raises NotCommitted.

    Inside a transaction of transactions.py, as the last thing that is done there.
    """
    connection: Any = connections[alias]
    connection.left_to_commit = query


def commit_with(connection: Any, query: Query) -> None:
    """The query and COMMIT in one round trip. Raises NotCommitted, and psycopg.Error where it is COMMIT that
    fails."""
    show(connection, query)
    wire = connection.connection
    last = statement(query, wire)
    done, committed = send(wire, [last, Statement("COMMIT", is_prepared=False)], writes=True)
    try:
        loaded(wire, done)
    except psycopg.Error as error:
        if isinstance(error, _OUT_OF_DATE):
            forget(wire)
        raise NotCommitted(str(error)) from error
    loaded(wire, committed)


def statement(query: Query, wire: "psycopg.Connection[Any]") -> Statement:
    """The query ready to be sent on a connection."""
    return Statement(numbered(query.sql), dumped(wire, query.params), query.is_prepared)


@lru_cache(maxsize=1000)
def numbered(sql: str) -> str:
    """SQL as a cursor takes it, with $1, $2, … in place of %s, and % where it says %%."""
    places = iter(range(1, sql.count("%") + 1))
    return _PLACE.sub(lambda found: f"${next(places)}" if found[0] == "%s" else "%", sql)


def show(connection: Any, query: Query) -> None:
    """Show a query that is about to be sent to whoever listens to Django's cursors."""

    def sent_later(*_given: Any) -> None:
        """Stands for the execution, which is of several at once."""

    run: Any = sent_later
    for wrapper in reversed(connection.execute_wrappers):
        run = _wrapped(wrapper, run)
    if connection.execute_wrappers:
        run(query.sql, query.params, False, {"connection": connection, "cursor": None})
    if connection.queries_logged:
        connection.queries_log.append({"sql": query.sql, "time": "0"})


def _wrapped(wrapper: Any, run: Any) -> Any:
    return lambda sql, params, many, context: wrapper(run, sql, params, many, context)
