"""The web half in Chromium, at full speed and with the processor four times slower.

    ./dott bench web [--runs N]        (or ./dott bench --web)

A business of 20,000 customers on a production build; medians of several runs, ✗ where a goal is missed. The
browser, both servers and PostgreSQL share the cores, and nothing draws but the processor. Times decide no
exit code: the scripts of each page do, to the byte, in `./dott test` (scripts/check-budgets.mjs).
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher import ports, up, web_env
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened

from harness.dataset import SMALL, Dataset
from harness.identity import Identity

BUSINESS = 1


@dataclass(frozen=True)
class Goal:
    """A figure and what it should be (frontend.md 6), at full speed and four times slower."""

    name: str
    unit: str
    most: tuple[float, float]
    is_least: bool = False

    def cell(self, value: float, at: int) -> str:
        """The figure; marked where it misses."""
        shown = f"{value:,.0f}" if self.unit else f"{value:.3f}"
        return f"{shown} {self.unit}{'' if self.holds(value, at) else ' ✗'}"

    def holds(self, value: float, at: int) -> bool:
        """Whether the figure is as it should be."""
        return value >= self.most[at] if self.is_least else value <= self.most[at]


def figures(found: dict[str, Any]) -> list[tuple[Goal, list[float]]]:
    """(goal, [at full speed, four times slower]) from what the browser was measured at."""
    both = [found["1"], found["4"]]
    rows = [
        (Goal(f"first open: {page}", "ms", (1200, 2500)), [one["paints"][page]["lcp"] for one in both])
        for page in both[0]["paints"]
    ]
    rows.append(
        (
            Goal("shift of layout, the worst page", "", (0.02, 0.02)),
            [max(page["cls"] for page in one["paints"].values()) for one in both],
        )
    )
    for key, name in (
        ("typed", "a letter in the search"),
        ("sorted", "another order"),
        ("dialog", "the form opens"),
    ):
        rows.append((Goal(name, "ms", (100, 250)), [one["interactions"][key] for one in both]))
    rows.append((Goal("to another page, warm", "ms", (120, 480)), [one["navigation"] for one in both]))
    rows.append(
        (
            Goal(f"scrolling {both[0]['scrolling']['rows']:,} rows", "fps", (55, 25), is_least=True),
            [one["scrolling"]["fps"] for one in both],
        )
    )
    return rows


def measure(stack: Stack, runs: int) -> dict[str, Any]:
    """Start Dott on the dataset and send the browser. Raises LauncherError."""
    data = Dataset(stack, SMALL)
    data.prepare()
    web = web_env.Web(stack.paths, stack.supervisor)
    up.prepare_web(web, stack.console, build=True)
    web_port, api_port, realtime_port = (ports.any_free() for _ in range(3))
    origin = f"http://localhost:{web_port}"
    stack.start_api(api_port, stack.environment(origin=origin) | data.addresses())
    stack.start_web(web.release, web_port, api_port, realtime_port)
    up.wait_for_pages(stack, web_port, api_port)
    headers = dict(Identity(stack.secrets["DJANGO_SECRET_KEY"]).headers(BUSINESS))
    pairs = (pair.split("=", 1) for pair in headers["Cookie"].split("; "))
    given = {
        "DOTT_E2E_URL": origin,
        "DOTT_BENCH_SLUG": f"business-{BUSINESS}",
        "DOTT_BENCH_COOKIES": json.dumps([{"name": name, "value": value} for name, value in pairs]),
        "DOTT_BENCH_RUNS": str(runs),
    }
    done = subprocess.run(
        [web_env.node(), "scripts/measure-web.mjs"],
        cwd=stack.paths.frontend, env=web_env.environment(given), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise LauncherError("The browser's measurement failed; its words are above.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dott bench web")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    console = Console(sys.stderr)
    try:
        with opened(Paths.find(), console) as stack:
            stack.start_database()
            rows = figures(measure(stack, chosen.runs))
    except LauncherError as error:
        console.error(str(error), error.mend)
        return 1
    sys.stdout.write("| | at full speed | goal | 4 × slower | goal |\n|---|---|---|---|---|\n")
    for goal, (fast, slow) in rows:
        than = "≥" if goal.is_least else "≤"
        sys.stdout.write(
            f"| {goal.name} | {goal.cell(fast, 0)} | {than} {goal.most[0]:g} | {goal.cell(slow, 1)} |"
            f" {than} {goal.most[1]:g} |\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
