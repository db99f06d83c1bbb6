"""Counts what a request costs where it matters: round trips on the wire, not statements in Python.

libpq itself traces every protocol message that a connection sends (F) and receives (B); a round trip
is a run of the first followed by a run of the second. BEGIN, COMMIT, the entry into the tenant and
anything a driver does unasked are all in it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connections
from psycopg.pq import Trace

ALIASES = ("default", "auth")


@dataclass
class Cost:
    """Round trips per alias, and the protocol's messages for a failure to show."""

    trips: dict[str, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Over all connections."""
        return sum(self.trips.values())

    def __str__(self) -> str:
        return f"{self.trips}\n" + "\n".join(self.messages)


@contextmanager
def counted_round_trips() -> Iterator[Cost]:
    """Count what the block sends over the connections that are open in this thread."""
    cost = Cost()
    with ExitStack() as open_traces:
        for alias in ALIASES:
            open_traces.enter_context(_traced(alias, cost))
        yield cost


@contextmanager
def _traced(alias: str, cost: Cost) -> Iterator[None]:
    connections[alias].ensure_connection()
    pgconn = connections[alias].connection.pgconn
    with tempfile.TemporaryFile() as trace:
        pgconn.trace(trace.fileno())
        pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield
        finally:
            pgconn.untrace()
            trace.seek(0)
            lines = trace.read().decode("utf-8", "replace").splitlines()
            cost.trips[alias] = _trips(lines)
            cost.messages += [f"{alias}: {line[:200]}" for line in lines if line.startswith("F")]


def _trips(lines: list[str]) -> int:
    directions = [line[0] for line in lines if line[:1] in ("F", "B")]
    return sum(direction == "B" for direction, _ in groupby(directions))
