"""What the chain of the log costs: writers, and the worker that seals.

    ./dott bench chain [--rounds N]

Needs the environment of the backend (DATABASE_URL and its kin); works in a database of its own, which is
dropped at the end. Prints ratios of CPU time, Python and PostgreSQL together, each the median of rounds in
which both sides take turns, with the smallest and the largest: a write with the part of its statement that
leaves a job to seal behind, to one without it; and sealing and verifying, to the writes that they are of.
"""

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path

# One connection of each role, so that its server process is the same one all along.
os.environ["DOTT_DB_POOL_MAX"] = "1"

# Sets Django up.
from imports import destroy_database, own_database

# isort: split
from conftest import browser
from django.db import connection, connections
from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history import chain
from dott.platform.history import record as recording
from dott.platform.history.bulk import change_many
from dott.platform.history.models import ChangeSet
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import APP, AUTH, WORKER
from tests.world import World

WRITES, MANY = 40, 1_000
CUSTOMERS = "/api/crm/customers/"
_WITH = recording._SQL
_WITHOUT = re.sub(r"\), sealing AS \(.*?\n\)\nSELECT", ")\nSELECT", _WITH, flags=re.DOTALL)
_TICKS = os.sysconf("SC_CLK_TCK")


class Bench:
    """One business, and what is written in it."""

    def __init__(self, world: World) -> None:
        self.proof = sha256(world["alice"].token.encode()).digest()
        self.client = browser(world["alice"].token)
        made = self.client.post(CUSTOMERS, {"kind": "business", "business_name": "Mill"})
        self.one, self.numbers = made.json()["id"], count()
        with transactions.session(self.proof):
            Customer.objects.bulk_create([CustomerFactory.build() for _ in range(MANY)])
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def cpu_s(self, work: Callable[[], object]) -> float:
        """CPU seconds of this process and of its server process for a piece of work."""
        before = self._so_far()
        work()
        return self._so_far() - before

    def _so_far(self) -> float:
        utime, stime = self.server.read_text().rpartition(")")[2].split()[11:13]
        return time.process_time() + (int(utime) + int(stime)) / _TICKS

    def one_by_one(self) -> None:
        """Changes of one record, each a request."""
        for _ in range(WRITES):
            body = {"notes": f"note {next(self.numbers)}"}
            answer = self.client.patch(f"{CUSTOMERS}{self.one}/", body, headers={"If-Match": "*"})
            assert answer.status_code == 200, answer.content

    def many_at_once(self) -> None:
        """One change of many records."""
        with transactions.session(self.proof):
            rows = list(Customer.objects.order_by("id")[:MANY])
            change_many([(row, {"notes": f"note {next(self.numbers)}"}) for row in rows], actor=current())

    def sealed(self) -> int:
        """Seal what waits; how many sets."""
        with transactions.session(self.proof):
            return chain.seal(everything=True)

    def verified(self) -> None:
        with transactions.session(self.proof):
            assert not chain.verify().findings

    def sets(self) -> int:
        with transactions.session(self.proof):
            return ChangeSet.objects.count()


def shown(name: str, ratios: list[float]) -> None:
    """One line: the median, and between what it lies."""
    print(f"{name:<52} {statistics.median(ratios):5.2f}   {min(ratios):.2f} to {max(ratios):.2f}")


def beside(bench: Bench, work: Callable[[], None], rounds: int) -> tuple[list[float], list[float]]:
    """Ratios of CPU time with and without the part that seals, and the CPU seconds with it."""
    ratios, seconds = [], []
    for number in range(rounds):
        taken = {}
        for sql in (_WITH, _WITHOUT) if number % 2 else (_WITHOUT, _WITH):
            recording._SQL = sql
            taken[sql] = bench.cpu_s(work)
        ratios.append(taken[_WITH] / taken[_WITHOUT])
        seconds.append(taken[_WITH])
    recording._SQL = _WITH
    return ratios, seconds


def measure(bench: Bench, rounds: int) -> None:
    """Everything, a line each."""
    bench.one_by_one()
    ones, one_s = beside(bench, bench.one_by_one, rounds)
    shown("a request that changes one record, with to without", ones)
    bench.many_at_once()
    manys, many_s = beside(bench, bench.many_at_once, rounds)
    shown(f"one change of {MANY:,} records, with to without", manys)
    bench.sealed()
    for name, work, written_s in (
        ("the requests", bench.one_by_one, one_s),
        ("the change of many", bench.many_at_once, many_s),
    ):
        sealing, verifying = [], []
        for _ in range(max(2, rounds // 2)):
            before_s = bench.cpu_s(bench.verified)
            work()
            sealing.append(bench.cpu_s(bench.sealed) / statistics.median(written_s))
            verifying.append((bench.cpu_s(bench.verified) - before_s) / statistics.median(written_s))
        shown(f"sealing to {name}", sealing)
        shown(f"verifying to {name}", verifying)
    print(f"({bench.sets():,} sets sealed and verified; no finding)")


def main() -> int:
    """Measure in a database of its own; 0 unless the chain has a finding."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=8)
    rounds = parser.parse_args().rounds
    assert "sealing" not in _WITHOUT
    world = own_database()
    try:
        measure(Bench(world), rounds)
    finally:
        for alias in (APP, AUTH, WORKER):
            connections[alias].close()
            connections[alias].close_pool()
        destroy_database()
    return 0


if __name__ == "__main__":
    sys.exit(main())
