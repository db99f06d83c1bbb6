"""Statements on the wire: several in one round trip, parsed and planned once for each connection."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, cast, overload

import psycopg
from django.conf import settings
from psycopg import pq
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import fetch_many
from psycopg.generators import send as sent
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import wait

# Statements a connection keeps parsed and planned; others run unprepared. Fewer of writes: an UPDATE of a
# record with twenty indexes takes more of PostgreSQL's memory, and each choice of fields is another.
PREPARED_READS = 200
PREPARED_WRITES = 100
# How often a wait for the server looks up, so that a signal ends it. (0 would not wait but spin.)
INTERRUPTIBLE_S = 0.1

Row = tuple[Any, ...]
Load = Callable[[bytes], Any]
Rows = list[Row]
_ANSWERS = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class Statement(NamedTuple):
    """SQL with $1, $2, … and their values as PostgreSQL reads them, None for NULL.

    is_prepared: parsed and planned once for all values. Not for conditions that few rows or most of a
    business may meet: PostgreSQL would take one plan for both, and sort a hundred thousand rows for a page.
    is_short: reads so few rows, once it is planned, that others may stand behind it (lanes.py).
    """

    sql: str
    params: Sequence[Buffer | None] = ()
    is_prepared: bool = True
    is_short: bool = True


class Prepared:
    """What one connection has prepared: SQL → name. Names are never used again."""

    def __init__(self, kind: bytes, most: int) -> None:
        self.kind, self.most = kind, most
        self.names: dict[str, bytes] = {}
        self.count = 0

    def name(self) -> bytes:
        """A new one."""
        self.count += 1
        return b"dott_%b_%d" % (self.kind, self.count)


class _Kept:
    """What is kept for one connection. Its statements of reads and of writes, of which neither crowds out the
    other; how it writes and reads values, for to find that out takes longer than to do it."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.read, self.write = Prepared(b"r", PREPARED_READS), Prepared(b"w", PREPARED_WRITES)
        self.dump, self.load = Transformer(connection), Transformer(connection)


# Where a connection keeps it: in itself, for a Transformer refers to it and would keep it in any other place.
_KEPT = "dott_kept"


class Posted(NamedTuple):
    """What was sent up to a synchronisation. results: how many come. made: of each of them that is a
    preparation's, the SQL and its name."""

    results: int
    made: dict[int, tuple[str, bytes]]


def post(pgconn: PGconn, prepared: Prepared, statements: Sequence[Statement]) -> Posted:
    """Put statements and a synchronisation on a connection in pipeline mode."""
    made: dict[int, tuple[str, bytes]] = {}
    count = 0
    for sql, params, is_prepared, _ in statements:
        name = prepared.names.get(sql)
        if name is None and is_prepared and settings.PREPARES_STATEMENTS and prepared.count < prepared.most:
            name = prepared.names[sql] = prepared.name()
            made[count] = sql, name
            pgconn.send_prepare(name, sql.encode())
            count += 1
        if name is None:
            pgconn.send_query_params(sql.encode(), params)
        else:
            pgconn.send_query_prepared(name, params)
        count += 1
    pgconn.pipeline_sync()
    return Posted(count, made)


def delivered(posted: Posted, prepared: Prepared, results: list[PGresult]) -> list[PGresult]:
    """The results of the statements; in place of a statement's, the error of its preparation."""
    if not posted.made:
        return results
    for place, (sql, name) in posted.made.items():
        # One that failed, or came behind one that did, is not there.
        if results[place].status != pq.ExecStatus.COMMAND_OK and prepared.names.get(sql) == name:
            del prepared.names[sql]
    return [
        results[place - 1]
        if place - 1 in posted.made and results[place - 1].status not in _ANSWERS
        else result
        for place, result in enumerate(results)
        if place not in posted.made
    ]


def send(
    connection: "psycopg.Connection[Any]", statements: Sequence[Statement], *, writes: bool = False
) -> list[PGresult]:
    """The result of each statement, in one round trip. Outside a transaction all of them are an implicit one;
    when one fails the rest is not run."""
    pgconn, kept = connection.pgconn, _kept_for(connection)
    prepared = kept.write if writes else kept.read
    pgconn.enter_pipeline_mode()
    posted = post(pgconn, prepared, statements)
    results = wait(_answered(pgconn, posted.results), pgconn.socket, interval=INTERRUPTIBLE_S)
    pgconn.exit_pipeline_mode()
    return delivered(posted, prepared, results)


def _answered(pgconn: PGconn, count: int) -> PQGen[list[PGresult]]:
    """The result of each command, when the synchronisation behind them has been answered too."""
    yield from sent(pgconn)
    results = []
    for _ in range(count):
        (result,) = yield from fetch_many(pgconn)
        results.append(result)
    yield from fetch_many(pgconn)
    return results


def forget(connection: "psycopg.Connection[Any]") -> None:
    """What was prepared for this connection's writes is prepared anew, for a table has become another."""
    _kept_for(connection).write.names.clear()


def dumped(connection: "psycopg.Connection[Any]", values: Sequence[Any]) -> Sequence[Buffer | None]:
    """Python's values as PostgreSQL's texts."""
    return _kept_for(connection).dump.dump_sequence(values, [PyFormat.TEXT] * len(values))


def loaded(connection: "psycopg.Connection[Any]", result: PGresult) -> Rows:
    """The rows of a result in Python's values. Raises psycopg.Error."""
    load = _kept_for(connection).load
    try:
        return rows_of(load, result)
    finally:
        load.set_pgresult(None)


def _kept_for(connection: "psycopg.Connection[Any]") -> _Kept:
    kept: _Kept | None = getattr(connection, _KEPT, None)
    if kept is None:
        kept = _Kept(connection)
        setattr(connection, _KEPT, kept)
    return kept


class LazyRows(Sequence[Row]):
    """What a statement gave, made into Python's values when it is asked for.

    load: a psycopg Transformer, for one thread. result: may be read by itself, its values are text.
    """

    def __init__(self, load: Any, result: PGresult) -> None:
        self.load, self.result = load, result

    def __len__(self) -> int:
        return self.result.ntuples

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Row | Rows:
        self.load.set_pgresult(self.result, set_loaders=True)
        if isinstance(place, slice):
            return cast(Rows, self.load.load_rows(0, len(self), tuple)[place])
        return cast(Row, self.load.load_row(range(len(self))[place], tuple))

    def __iter__(self) -> Iterator[Row]:
        return iter(self[:])

    def value(self, row: int, column: int) -> Any:
        """One value, without the others of its row."""
        value = self.result.get_value(row, column)
        return None if value is None else self.loader(column)(value)

    def loader(self, column: int) -> Load:
        """What PostgreSQL's text means in a column, other than NULL."""
        load: Load = self.load.get_loader(self.result.ftype(column), pq.Format.TEXT).load
        return load


def rows_of(load: Any, result: PGresult) -> Rows:
    """load: a psycopg Transformer. Raises psycopg.Error."""
    checked(result)
    return LazyRows(load, result)[:] if result.nfields else []


def checked(result: PGresult) -> None:
    """Raises psycopg.Error for an answer that is one."""
    if result.status not in _ANSWERS:
        raise psycopg.errors.error_from_result(result, encoding="utf-8")
