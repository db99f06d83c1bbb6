"""One API process tree on one dataset, asked one request after another, with its time and CPU."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened

from harness import contenders, cpu
from harness.dataset import Dataset, Scale
from harness.identity import Identity
from harness.load import Request
from harness.probe import HEALTH, Client


@dataclass
class Times:
    """Milliseconds until each answer, and of CPU for each, API and PostgreSQL together."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Half of the requests took less."""
        return statistics.median(self.wall_ms)

    @property
    def p95(self) -> float:
        """One in twenty took longer."""
        return statistics.quantiles(self.wall_ms, n=20)[-1]

    @property
    def cpu_mean(self) -> float:
        """What one cost in the mean."""
        return statistics.fmean(self.cpu_ms)


class Served:
    """Dott's API with one dataset."""

    def __init__(self, stack: Stack, data: Dataset, client: Client, api_pid: int) -> None:
        self.data = data
        self.client = client
        self.identity = Identity(stack.secrets["DJANGO_SECRET_KEY"])
        self._roots = (api_pid, _postmaster(stack))

    def get(self, path: str, business: int = 1) -> Any:
        """The answer's JSON. Raises LauncherError unless it is 200."""
        status, _, body = self.client.send(Request("GET", path, self.identity.headers(business)))
        if status != 200:
            raise LauncherError(f"{path}: {status} {body[:300]!r}")
        return json.loads(body)

    def measure(self, paths: Sequence[str], into: Times, business: int = 1) -> None:
        """Ask each path. CPU is read once for all of them: its clock ticks in hundredths of a second."""
        before = self._cpu_s()
        for path in paths:
            started = time.perf_counter()
            self.get(path, business)
            into.wall_ms.append((time.perf_counter() - started) * 1000)
        into.cpu_ms.append((self._cpu_s() - before) * 1000 / len(paths))

    def plain_sql_ms(self, select: str) -> float:
        """How long PostgreSQL alone takes for a query: as superuser, so without any policy."""
        plan = self.data.sql(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {select}")
        return float(json.loads(plan)[0]["Execution Time"])

    def _cpu_s(self) -> float:
        return sum(cpu.seconds(root) for root in self._roots)


@contextmanager
def served(scale: Scale) -> Iterator[Served]:
    """Prepare the dataset, start the API on it, stop it at the end."""
    with opened(Paths.find(), Console()) as stack:
        stack.start_database()
        data = Dataset(stack, scale)
        data.prepare()
        port = contenders.free_port()
        service = stack.start_api(port, data.environment())
        contenders.wait_for(service, port, HEALTH)
        yield Served(stack, data, Client(port), service.child.pid)


def _postmaster(stack: Stack) -> int:
    pid = stack.cluster.pid if stack.cluster else None
    if pid is None:
        raise LauncherError("Measurements run on the embedded PostgreSQL: unset DATABASE_URL.")
    return pid
