"""The database's limit: Dott's own statements, session check and signed context included, sent by pgbench.

One pipeline each (one round trip) and prepared, so neither a framework nor planning costs anything.
"""

import hashlib
import json
import os
import re
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from harness.dataset import Dataset
from harness.endpoints import Endpoint
from harness.identity import Identity
from harness.load import CONNECTIONS, Request, Slice

SCRIPT = Path(__file__).with_name("dott_sql.py")
# So many of an endpoint's requests become pgbench scripts, drawn evenly.
SCRIPTS = 16


class Limit:
    """pgbench as the application role, on scripts made from an endpoint's requests."""

    def __init__(self, dataset: Dataset, identity: Identity, folder: Path) -> None:
        self.dataset = dataset
        self.identity = identity
        self.folder = folder
        self.scripts: dict[str, list[Path]] = {}

    def prepare(self, endpoint: Endpoint) -> None:
        """Ask Dott for its statements and write them as pipelines."""
        requests = endpoint.requests("dott")
        chosen = requests[:: max(1, len(requests) // SCRIPTS)][:SCRIPTS]
        asked = [(_business(request), request.path) for request in chosen]
        paths = self.dataset.stack.paths
        done = subprocess.run(
            [str(paths.python), str(SCRIPT)],
            input=json.dumps(asked),
            env=self.dataset.environment() | {"PYTHONPATH": str(paths.backend)},
            capture_output=True,
            text=True,
            check=True,
        )
        scripts = []
        for number, ((business, _), selects) in enumerate(zip(asked, json.loads(done.stdout), strict=True)):
            path = self.folder / f"limit-{endpoint.name}-{number}.sql"
            path.write_text(self._pipeline(business, selects))
            scripts.append(path)
        self.scripts[endpoint.name] = scripts

    def _pipeline(self, business: int, selects: list[str]) -> str:
        proof = hashlib.sha256(self.identity.token(business).encode()).hexdigest()
        enter = f"SELECT tenant, member_user, membership, role FROM app.enter('\\x{proof}'::bytea, NULL);"
        return "\n".join(
            [
                "\\startpipeline",
                "BEGIN;",
                enter,
                *(f"{one};" for one in selects),
                "COMMIT;",
                "\\endpipeline",
                "",
            ]
        )

    def run(self, endpoint: Endpoint, *, seconds: int) -> tuple[Slice, float]:
        """(what happened, CPU seconds of pgbench itself)."""
        address = urlsplit(self.dataset.addresses()["DATABASE_URL"])
        query = parse_qs(address.query)
        argv = [
            self.dataset.cluster.placement.binaries.program("pgbench"), "--no-vacuum", "--protocol=prepared",
            f"--client={CONNECTIONS}", "--jobs=2", f"--time={seconds}",
            *(f"--file={path}" for path in self.scripts[endpoint.name]),
        ]  # fmt: skip
        environment = os.environ | {
            "PGHOST": query["host"][0],
            "PGPORT": query["port"][0],
            "PGUSER": address.username or "",
            "PGPASSWORD": unquote(address.password or ""),
            "PGDATABASE": address.path.lstrip("/"),
        }
        before, started = os.times(), time.monotonic()
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=True)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        return _slice(done.stdout, time.monotonic() - started), used


def _slice(report: str, elapsed_s: float) -> Slice:
    count = int(_number(r"number of transactions actually processed: (\d+)", report))
    failed = int(_number(r"number of failed transactions: (\d+)", report))
    rate = _number(r"tps = ([\d.]+)", report)
    latency = _number(r"latency average = ([\d.]+) ms", report)
    return Slice(count, count / rate if rate else elapsed_s, 0, failed, latency, latency, latency)


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"pgbench's report has no {pattern!r}")
    return float(found[1])


def _business(request: Request) -> int:
    found = re.search(r"of-business-(\d+)", dict(request.headers)["Cookie"])
    return int(found[1]) if found else 0
