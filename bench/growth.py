"""What a request costs as its business grows (1,000, 10,000, 100,000 and 1,000,000 customers), and as others
join it (10, 1,000 and 10,000 businesses).

    ./dott bench growth [--quick] [--rounds N]

One client, one request after another, so that the time is the request's own and not a queue's. Each figure
is the median over interleaved rounds, and the growth the ratio to the smallest of a row. The search is also
asked as people type, and its p95 over HTTP in the largest stands beside the goal (20 ms, target 5 ms). Of an
export it is the time until its first byte has come; the rest is left.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened

from harness import contenders, dataset
from harness.endpoints import PATH, SEARCHES
from harness.identity import Identity
from harness.load import Request
from harness.probe import HEALTH, Client

# A deep page begins where this share of the customers is newer.
DEPTH = 0.9
REQUESTS, EXPORTS = 25, 2
# Parts of words that begin within one.
WITHIN = ("mith", "gisti", "nders", "rtlan", "akery")
GROWTH_LIMIT, GROWTH_TARGET = 1.5, 1.3
SEARCH_LIMIT_MS, SEARCH_TARGET_MS = 20.0, 5.0
EXPORT = "export, first byte"
EXPORT_LIMIT_MS = 200.0
KINDS = ("list", "deep page", "get", "capped count", "search", EXPORT)
MOST_MS = {"search": SEARCH_LIMIT_MS, EXPORT: EXPORT_LIMIT_MS}
Times = dict[str, list[list[float]]]  # kind → column → milliseconds


@dataclass(frozen=True)
class Column:
    """One place that the same is asked of; at most REQUESTS of each kind."""

    head: str
    client: Client
    requests: dict[str, list[Request]]


class Businesses:
    """The businesses of one dataset, and what is asked of them."""

    def __init__(self, data: dataset.Dataset, client: Client, secret_key: str) -> None:
        self.data = data
        self.client = client
        self.identity = Identity(secret_key)

    def column(self, head: str, numbers: Iterable[int]) -> Column:
        """Requests to these businesses by turns."""
        asked = {}
        for kind in KINDS:
            turns = zip(*(self.requests(kind, number) for number in numbers), strict=False)
            asked[kind] = [request for turn in turns for request in turn][:REQUESTS]
        return Column(head, self.client, asked)

    def requests(self, kind: str, business: int) -> list[Request]:
        """At most REQUESTS of them."""
        if kind == "get":
            return [self._ask(business, f"{id_}/") for id_ in self._ids(business)]
        if kind == "search":
            words = [word[:length] for word in SEARCHES for length in range(3, len(word) + 1)]
            asked = [*words[: REQUESTS - len(WITHIN)], *WITHIN]
            return [self._ask(business, f"?q={word}&limit=20") for word in asked]
        if kind == EXPORT:
            return [self._ask(business, "export/")] * EXPORTS
        query = "?stage=lead&limit=50"
        if kind == "deep page":
            query = self._deep(business)
        if kind == "capped count":
            query += "&count=capped"
        return [self._ask(business, query)]

    def _ask(self, business: int, rest: str) -> Request:
        return Request("GET", PATH + rest, self.identity.headers(business))

    def _ids(self, business: int) -> list[str]:
        return self.data.sql(
            f"SELECT id FROM crm_customer WHERE tenant_id = md5('business {business}')::uuid"
            f" AND deleted_at IS NULL ORDER BY md5(id::text) LIMIT {REQUESTS}"
        ).split()

    def _deep(self, business: int) -> str:
        """The address of a second page behind an instant far back, as the API links to it."""
        at = int(self.data.scale.rows[business - 1] * DEPTH)
        until = self.data.sql(
            'SELECT to_char(created_at, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\') FROM crm_customer'
            f" WHERE tenant_id = md5('business {business}')::uuid"
            f" ORDER BY created_at DESC OFFSET {at} LIMIT 1"
        )
        first = self._ask(business, f"?created_at__lt={until}&limit=50")
        link: str = json.loads(self.client.send(first)[2])["next"]
        return link.removeprefix(PATH)


def measure(columns: list[Column], rounds: int) -> Times:
    """Interleaved: every column in every round."""
    times: Times = {kind: [[] for _ in columns] for kind in KINDS}
    for turn in range(rounds + 1):
        for kind in KINDS:
            for number, column in enumerate(columns):
                requests = column.requests[kind]
                most = EXPORTS if kind == EXPORT else REQUESTS
                for request in (requests * (most // len(requests) or 1))[:most]:
                    took = _asked_ms(column.client, request, kind)
                    if turn:  # the first one warms up
                        times[kind][number].append(took)
    return times


def _asked_ms(client: Client, request: Request, kind: str) -> float:
    started = time.perf_counter()
    if kind == EXPORT:
        status, body = client.first_byte(request), b""
    else:
        status, _, body = client.send(request)
    took = time.perf_counter() - started
    if status != 200:
        raise LauncherError(f"{request.path}: {status} {body[:300]!r}")
    return took * 1000


def table(columns: list[Column], times: Times) -> str:
    """Markdown, with whether the goals are kept."""
    lines = ["| ms | " + " | ".join(column.head for column in columns) + " | growth | p95, last |"]
    lines.append("|---" * (len(columns) + 3) + "|")
    kept = True
    for kind, of_column in times.items():
        medians = [statistics.median(one) for one in of_column]
        growth = medians[-1] / medians[0]
        p95 = statistics.quantiles(of_column[-1], n=20)[-1]
        # What an export before has left PostgreSQL to do is in the next one's time.
        kept &= (growth <= GROWTH_LIMIT or kind == EXPORT) and p95 <= MOST_MS.get(kind, p95)
        shown = " | ".join(f"{value:.2f}" for value in medians)
        lines.append(f"| {kind} | {shown} | {growth:.2f} | {p95:.1f} |")
    lines.append("")
    lines.append(
        f"Goals: no growth above {GROWTH_LIMIT:g} (target {GROWTH_TARGET:g}); search p95 at most "
        f"{SEARCH_LIMIT_MS:g} ms (target {SEARCH_TARGET_MS:g} ms), of an export {EXPORT_LIMIT_MS:g} ms: "
        f"{'kept' if kept else 'missed'}."
    )
    return "\n".join(lines) + "\n"


def served(stack: Stack, scale: dataset.Scale) -> Businesses:
    """The dataset of a scale, and an API that serves it."""
    data = dataset.Dataset(stack, scale)
    data.prepare()
    port = contenders.free_port()
    service = stack.start_api(port, data.environment())
    contenders.wait_for(service, port, HEALTH)
    return Businesses(data, Client(port), stack.secrets["DJANGO_SECRET_KEY"])


def run(stack: Stack, *, quick: bool, rounds: int) -> None:
    scale = dataset.GROWTH_SMALL if quick else dataset.GROWTH
    crowds = dataset.CROWDS_SMALL if quick else dataset.CROWDS
    stack.start_database()
    own = served(stack, scale)
    rows = [own.column(f"{size:,} rows", [number]) for number, size in enumerate(scale.rows, 1)]
    crowd = [
        served(stack, one).column(f"{len(one.rows):,} businesses", dataset.ASKED_OF_CROWD) for one in crowds
    ]
    found = {}
    for name, columns in (("rows", rows), ("businesses", crowd)):
        with stack.console.step(f"Measuring: {name}"):
            found[name] = measure(columns, rounds)
        sys.stdout.write(table(columns, found[name]) + "\n")
    name = f"growth-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.json"
    (stack.paths.state / name).write_text(json.dumps(found))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dott bench growth")
    parser.add_argument("--quick", action="store_true", help="up to 50,000 customers and 200 businesses only")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    console = Console(sys.stderr)
    try:
        with opened(Paths.find(), console) as stack:
            run(stack, quick=chosen.quick, rounds=chosen.rounds)
    except LauncherError as error:
        console.error(str(error), error.mend)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
