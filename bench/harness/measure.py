"""Interleaved rounds: in each, every contender has its turn on every endpoint, in drawn order."""

import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from harness import cpu, load
from harness.load import Slice


@dataclass
class Turn:
    """One contender's slice. Costs are CPU microseconds per request."""

    slice: Slice
    app_us: float
    database_us: float

    @property
    def cost_us(self) -> float:
        """Application and PostgreSQL together."""
        return self.app_us + self.database_us


@dataclass
class Row:
    """One contender on one endpoint, over all rounds. void: why its figures do not count, "" when they do."""

    contender: str
    turns: list[Turn] = field(default_factory=list)
    void: str = ""

    def median(self, value: Callable[[Turn], float]) -> float:
        """Over the rounds."""
        return statistics.median(value(turn) for turn in self.turns)


def ratio(row: Row, to: Row, value: Callable[[Turn], float]) -> tuple[float, float, float]:
    """(median, least, greatest) of the same-round ratios value(row) / value(to)."""
    found = [value(ours) / value(theirs) for ours, theirs in zip(row.turns, to.turns, strict=True)]
    return statistics.median(found), min(found), max(found)


@dataclass(frozen=True)
class Seat:
    """Something that can take a turn: returns its slice and its own CPU seconds."""

    name: str
    take: Callable[[int], tuple[Slice, float]]


def server(name: str, pid: int, port: int, requests: Path) -> Seat:
    """A seat for an HTTP server: the tree of `pid` is its application."""

    def take(seconds: int) -> tuple[Slice, float]:
        before = cpu.seconds(pid)
        seen = load.run(requests, port, seconds=seconds)
        return seen, cpu.seconds(pid) - before

    return Seat(name, take)


def rounds(seats: list[Seat], database_pid: int, *, count: int, seconds: int, warm_up: bool) -> list[Row]:
    """Give every seat a turn in every round. A row with one refused answer or broken connection is void."""
    rows = {seat.name: Row(seat.name) for seat in seats}
    if warm_up:
        for seat in seats:
            seat.take(1)
    for _ in range(count):
        for seat in random.sample(seats, len(seats)):
            before = cpu.seconds(database_pid)
            seen, app_s = seat.take(seconds)
            database_s = cpu.seconds(database_pid) - before
            row = rows[seat.name]
            if seen.refused or seen.socket_errors or not seen.requests:
                row.void = (
                    f"{seen.refused} refused, {seen.socket_errors} socket errors, {seen.requests} requests"
                )
            served = max(seen.requests, 1)
            row.turns.append(Turn(seen, app_s / served * 1e6, database_s / served * 1e6))
    return list(rows.values())
