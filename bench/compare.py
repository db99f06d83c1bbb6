"""Dott beside its peers, on one PostgreSQL and one dataset, in interleaved rounds.

    ./dott bench [--quick] [--endpoints list,get] [--only dott,drf,fastify_pg] [--rounds N] [--seconds N]

Builds the dataset once (a million customers, some minutes), starts every contender, makes sure that all
answer alike, and prints one table; the figures of every round go to a JSON file. `--quick` takes a small
dataset and the nearest peers, ends within three minutes and fails when an endpoint misses a
gate of floors.toml twice.
How to read it: README.md in this folder.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened
from launcher.supervisor import Service

from harness import contenders, dataset, install, load, measure, probe, report
from harness.contenders import Contender, Starter
from harness.endpoints import Catalogue, Endpoint
from harness.identity import Identity
from harness.limit import Limit
from harness.measure import Seat

QUICK = ("dott", "drf", "fastify_pg", "django_empty", "constant")
# Endpoints that the contenders without answers, and the database alone, stand beside.
BESIDE = {"django_empty": {"get"}, "constant": {"list", "get", "count"}, "limit": {"list", "get", "count"}}
TITLES = {contender.name: contender.title for contender in contenders.ALL} | {
    report.AGAIN: "Dott again (noise)",
    "limit": "database limit (pgbench)",
}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dott bench", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument(
        "--quick", action="store_true", help="a small dataset, the nearest peers, gates checked"
    )
    parser.add_argument(
        "--endpoints", default="", metavar="A,B", help="some of list,get,count,304,search,create,patch"
    )
    parser.add_argument("--only", default="", metavar="A,B", help="some contenders; Dott is always there")
    parser.add_argument("--rounds", type=int, help="default 5, quick 3")
    parser.add_argument("--seconds", type=int, help="of each turn; default 2, quick 1")
    parser.add_argument(
        "--scale", choices=sorted(dataset.SCALES), help="another dataset than full (quick: small)"
    )
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (3 if chosen.quick else 5)
    chosen.seconds = chosen.seconds or (1 if chosen.quick else 2)
    chosen.scale = chosen.scale or ("small" if chosen.quick else "full")
    return chosen


class Comparison:
    """One run: the servers, the probes, the rounds."""

    def __init__(self, stack: Stack, data: dataset.Dataset, chosen: argparse.Namespace, folder: Path) -> None:
        self.stack = stack
        self.data = data
        self.chosen = chosen
        self.folder = folder
        self.identity = Identity(stack.secrets["DJANGO_SECRET_KEY"])
        self.catalogue = Catalogue(data, self.identity)
        self.limit = Limit(data, self.identity, folder)
        self.running: dict[str, tuple[Service, int]] = {}

    def contenders(self) -> list[Contender]:
        wanted = (
            set(self.chosen.only.split(","))
            if self.chosen.only
            else set(QUICK if self.chosen.quick else TITLES)
        )
        return [one for one in contenders.ALL if one.name in wanted | {"dott"}]

    def start(self) -> None:
        """Environments, the Django peers' sessions, then every server."""
        python = install.python(self.stack)
        install.node(self.stack)
        sessions = self.data.peer_environment() | {
            "DJANGO_SETTINGS_MODULE": "drf.settings",
            "PYTHONPATH": ".",
        }
        log = self.stack.paths.logs / "bench-sessions.log"
        self.stack.supervisor.check(
            [str(python), "drf/sessions.py"], cwd=contenders.PEERS, log=log, env=os.environ | sessions
        )
        starter = Starter(self.data, python, self.folder)
        # The constant responder answers with Dott's bytes, so it starts when Dott answers.
        chosen = self.contenders()
        self._start(starter, [one for one in chosen if one.name != "constant"])
        for name, body in zip(("list", "one"), probe.sizes(self.catalogue, self.client("dott")), strict=True):
            (self.folder / name).write_bytes(body)
        self._start(starter, [one for one in chosen if one.name == "constant"])

    def _start(self, starter: Starter, some: list[Contender]) -> None:
        for contender in some:
            port = contenders.free_port()
            self.running[contender.name] = (contender.start(starter, port), port)
        for contender in some:
            contenders.wait_for(*self.running[contender.name], probe.HEALTH)

    def client(self, name: str) -> probe.Client:
        return probe.Client(self.running[name][1])

    def endpoints(self) -> list[Endpoint]:
        wanted = self.chosen.endpoints.split(",") if self.chosen.endpoints else []
        return [one for one in self.catalogue.all() if not wanted or one.name in wanted]

    def measure(self, endpoint: Endpoint) -> dict[str, measure.Row]:
        """Compare the answers, then time them. Returns contender → row, Dott first."""
        answering = {one.name: self.client(one.name) for one in self.contenders() if one.answers}
        if endpoint.name == "304":
            for name, client in answering.items():
                probe.fetch_etags(self.catalogue, name, client)
        probe.compare(endpoint, answering)
        seats = [self._seat(endpoint, name) for name in self.running if self._belongs(endpoint, name)]
        seats.insert(1, Seat(report.AGAIN, self._seat(endpoint, "dott").take))
        if endpoint.name in BESIDE["limit"] and self._measures_limits():
            self.limit.prepare(endpoint)
            seats.append(Seat("limit", lambda seconds: self.limit.run(endpoint, seconds=seconds)))
        pid = self.data.cluster.pid
        if pid is None:
            raise LauncherError("PostgreSQL has ended.")
        rows = measure.rounds(
            seats, pid, count=self.chosen.rounds, seconds=self.chosen.seconds, warm_up=not self.chosen.quick
        )
        return {row.contender: row for row in rows}

    def _measures_limits(self) -> bool:
        return not self.chosen.only or "limit" in self.chosen.only.split(",")

    @staticmethod
    def _belongs(endpoint: Endpoint, name: str) -> bool:
        return name not in BESIDE or endpoint.name in BESIDE[name]

    def _seat(self, endpoint: Endpoint, name: str) -> Seat:
        service, port = self.running[name]
        # What does not answer is asked as Dott is.
        asked_as = name if name in self.catalogue.etags or endpoint.name != "304" else "dott"
        requests = load.write(endpoint.requests(asked_as), port, self.folder)
        return measure.server(name, service.child.pid, port, requests)


def machine(data: dataset.Dataset, chosen: argparse.Namespace) -> str:
    """What the figures were taken on."""
    rows, businesses = sum(data.scale.rows), len(data.scale.rows)
    return (
        f"{time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}, {os.cpu_count()} cores shared by load, "
        f"servers and PostgreSQL, load {contenders.load_average():.1f} at the start; loopback, no TLS; "
        f"{platform.python_implementation()} {platform.python_version()}, PostgreSQL "
        f"{data.cluster.placement.binaries.version}; {rows:,} customers in {businesses:,} businesses; "
        f"{load.CONNECTIONS} connections, {chosen.rounds} rounds of {chosen.seconds} s."
    )


def missed(results: report.Results, endpoint: str) -> list[report.Verdict]:
    """The gates that an endpoint did not keep."""
    return [one for one in report.verdicts(results) if one.endpoint == endpoint and not one.holds]


def run(stack: Stack, chosen: argparse.Namespace) -> int:
    load.program()
    stack.start_database()
    data = dataset.Dataset(stack, dataset.SCALES[chosen.scale])
    data.prepare()
    where = machine(data, chosen)
    results: report.Results = {}
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(stack, data, chosen, Path(folder))
        with stack.console.step("Contenders"):
            comparison.start()
        try:
            for endpoint in comparison.endpoints():
                with stack.console.step(f"Measuring {endpoint.name}"):
                    results[endpoint.name] = comparison.measure(endpoint)
                if chosen.quick and missed(results, endpoint.name):
                    with stack.console.step(f"Measuring {endpoint.name} again: below its gate"):
                        results[endpoint.name] = comparison.measure(endpoint)
        finally:
            data.refresh()
    where += f" Noise (the same server twice in a round): ±{report.noise(results):.0%}."
    file = stack.paths.state / f"compare-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.json"
    file.write_text(json.dumps(report.as_json(results, where), indent=1))
    sys.stdout.write(report.markdown(results, TITLES, where) + f"\nEvery round: {file}\n")
    below = [verdict for name in results for verdict in missed(results, name)]
    if chosen.quick and below:
        for verdict in below:
            stack.console.error(
                f"{verdict.endpoint} against {verdict.against}: {verdict.measured}, gate {verdict.gate}"
            )
        return 1
    return 0


def main() -> int:
    chosen = options()
    console = Console(sys.stderr)
    try:
        with opened(Paths.find(), console) as stack:
            return run(stack, chosen)
    except LauncherError as error:
        console.error(str(error), error.mend)
        return 1


if __name__ == "__main__":
    sys.exit(main())
