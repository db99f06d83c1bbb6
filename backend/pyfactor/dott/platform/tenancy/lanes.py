"""Connections that an event loop shares among many reads at once.

Each read is one synchronisation of the pipeline, so one implicit transaction, whose context is signed for it
and gone after it (one_trip.py): reads stand behind each other on a connection, and never inside each other.
Whoever comes behind a slow one waits for it. So only what is quick by its kind belongs here: statements that
PostgreSQL planned once and that follow an index.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any

import psycopg
from django.db import Error, connections
from psycopg import pq
from psycopg.pq.abc import PGresult

from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import PREPARED_READS, Posted, Prepared, Statement, delivered, post

# Of each process. More of them cost more than they gain: each is another process of PostgreSQL.
LANES = 2
CONNECT_WITHIN_S = 5
# What has not answered for so long never will: a statement of a request ends after 5 s by itself.
STALLED_S = 10.0
# How soon another connection is tried for after one that could not be made.
PAUSE_S = 1.0

Connection = psycopg.Connection[Any]


def connect() -> Connection:
    """A connection of the application's role, set up as Django's and none of its pool. Raises Error."""
    wrapper: Any = connections.create_connection(APP)
    options = {name: value for name, value in wrapper.settings_dict["OPTIONS"].items() if name != "pool"}
    options["connect_timeout"] = CONNECT_WITHIN_S
    wrapper.settings_dict = {**wrapper.settings_dict, "OPTIONS": options}
    wrapper.connect()
    made: Connection = wrapper.connection
    return made


class Lane:
    """One connection. Used by its loop's thread alone."""

    def __init__(self, connection: Connection, loop: asyncio.AbstractEventLoop) -> None:
        self.connection, self.loop = connection, loop
        self.pgconn = connection.pgconn
        self.pgconn.nonblocking = 1
        self.pgconn.enter_pipeline_mode()
        self.socket = self.pgconn.socket
        self.is_open, self.is_retired = True, False
        self._prepared = Prepared(b"l", PREPARED_READS)
        self._waiting: deque[tuple[Posted, asyncio.Future[list[PGresult]]]] = deque()
        self._results: list[PGresult] = []
        self._is_full = False
        # Since when the first of those on it waits.
        self._since = 0.0
        loop.add_reader(self.socket, self._read)
        self._watch = loop.call_later(STALLED_S / 4, self._look)

    @property
    def load(self) -> int:
        """How many reads are on it."""
        return len(self._waiting)

    async def send(self, statements: Sequence[Statement]) -> list[PGresult]:
        """The result of each statement. Raises psycopg.OperationalError for a lost or silent connection."""
        future: asyncio.Future[list[PGresult]] = self.loop.create_future()
        if not self._waiting:
            self._since = self.loop.time()
        try:
            self._waiting.append((post(self.pgconn, self._prepared, statements), future))
            self._flush()
        except psycopg.Error as error:
            self._end(error)
            raise
        return await future

    def retire(self) -> None:
        """Close when what is on it is answered."""
        self.is_retired = True
        if not self._waiting:
            self.close()

    def close(self) -> None:
        """Whoever still waits gets psycopg.OperationalError."""
        self._end(psycopg.OperationalError("the lane was closed"))

    def _flush(self) -> None:
        """What the socket does not take now, it takes when it can."""
        is_full = self.pgconn.flush() == 1
        if is_full and not self._is_full:
            self.loop.add_writer(self.socket, self._write)
        elif self._is_full and not is_full:
            self.loop.remove_writer(self.socket)
        self._is_full = is_full

    def _write(self) -> None:
        try:
            self._flush()
        except psycopg.Error as error:
            self._end(error)

    def _read(self) -> None:
        pgconn = self.pgconn
        try:
            pgconn.consume_input()
            while self._waiting and not pgconn.is_busy():
                result = pgconn.get_result()
                if result is None:  # the end of one command
                    continue
                if result.status == pq.ExecStatus.PIPELINE_SYNC:
                    self._deliver()
                else:
                    self._results.append(result)
        except psycopg.Error as error:
            self._end(error)

    def _deliver(self) -> None:
        posted, future = self._waiting.popleft()
        results, self._results = self._results, []
        self._since = self.loop.time()
        if not future.done():  # whoever asked has gone
            future.set_result(delivered(posted, self._prepared, results))
        if self.is_retired and not self._waiting:
            self.close()

    def _look(self) -> None:
        if self._waiting and self.loop.time() - self._since > STALLED_S:
            self._end(psycopg.OperationalError("the server does not answer"))
        else:
            self._watch = self.loop.call_later(STALLED_S / 4, self._look)

    def _end(self, error: psycopg.Error) -> None:
        if not self.is_open:
            return
        self.is_open = False
        self._watch.cancel()
        self.loop.remove_reader(self.socket)
        self.loop.remove_writer(self.socket)
        while self._waiting:
            _, future = self._waiting.popleft()
            if not future.done():
                future.set_exception(psycopg.OperationalError(str(error)))
        self.connection.close()


class Lanes:
    """The lanes of one loop, opened when they are first asked for and again when they are lost.

    threads: where connections are made, for that takes a while. most: at once. connect: makes one.
    """

    def __init__(
        self, threads: Executor, most: int = LANES, connect: Callable[[], Connection] = connect
    ) -> None:
        self.threads, self.most, self.connect = threads, most, connect
        self._open: list[Lane] = []
        self._opening: asyncio.Task[None] | None = None
        self._not_before = 0.0

    def least(self) -> Lane | None:
        """The one with the fewest reads on it; None while there is none."""
        self._open = [lane for lane in self._open if lane.is_open and not lane.is_retired]
        if len(self._open) < self.most and not self._opening and time.monotonic() >= self._not_before:
            self._opening = asyncio.get_running_loop().create_task(self._make())
        return min(self._open, key=lambda lane: lane.load, default=None)

    def close(self) -> None:
        """End all of them."""
        while self._open:
            self._open.pop().close()

    async def _make(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            connection = await loop.run_in_executor(self.threads, self.connect)
            self._open.append(Lane(connection, loop))
        except (Error, psycopg.Error):  # until there is a lane, threads read
            self._not_before = time.monotonic() + PAUSE_S
        finally:
            self._opening = None
