"""One table: Markdown for people, JSON for programs; and what stands against each goal."""

import dataclasses
import statistics
import tomllib
from pathlib import Path
from typing import Any

from harness.measure import Row, Turn, ratio

FLOORS = Path(__file__).resolve().parent.parent / "floors.toml"
AGAIN = "dott_again"
Results = dict[str, dict[str, Row]]  # endpoint → contender → row


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One goal and what was measured: median, least and most; None when a row it needs is missing or void.

    at_limit: what would be measured if Dott cost nothing but its SQL, by pgbench, and its bytes, from a
    constant responder.
    """

    endpoint: str
    against: str
    gate: float
    floor: float
    target: float
    measured: tuple[float, float, float] | None
    at_limit: tuple[float, float, float] | None

    @property
    def holds(self) -> bool:
        """Whether the gate is kept; what was not measured keeps nothing."""
        return self.measured is not None and self.measured[0] >= self.gate


def verdicts(results: Results) -> list[Verdict]:
    """Every goal whose endpoint was measured."""
    goals = tomllib.loads(FLOORS.read_text())["goal"]
    return [_verdict(goal, results[goal["endpoint"]]) for goal in goals if goal["endpoint"] in results]


def _verdict(goal: dict[str, Any], rows: dict[str, Row]) -> Verdict:
    joint = _joint(rows)
    other = joint if goal["against"] == "joint" else rows.get(goal["against"])
    return Verdict(**goal, measured=_beside(other, rows["dott"]), at_limit=_beside(other, joint))


def _beside(other: Row | None, dott: Row | None) -> tuple[float, float, float] | None:
    if other is None or other.void or dott is None or dott.void:
        return None
    return ratio(other, dott, lambda turn: turn.cost_us)


def _joint(rows: dict[str, Row]) -> Row | None:
    """The database limit and the HTTP ceiling in one: both have to be paid by whoever answers over HTTP."""
    if "limit" not in rows or "constant" not in rows:
        return None
    pairs = zip(rows["limit"].turns, rows["constant"].turns, strict=True)
    turns = [
        Turn(database.slice, database.app_us + http.cost_us, database.database_us) for database, http in pairs
    ]
    return Row("joint", turns, rows["limit"].void or rows["constant"].void)


def markdown(results: Results, titles: dict[str, str], machine: str) -> str:
    """The tables."""
    parts = [machine, ""]
    for endpoint, rows in results.items():
        parts += [
            f"**{endpoint}**", "",
            "| | req/s | CPU µs/request: app + PostgreSQL | p50 / p99 ms "
            "| CPU cost ÷ Dott's (least–most) | Dott's req/s ÷ its |",
            "|---|---|---|---|---|---|",
            *(_line(row, rows["dott"], titles) for row in rows.values()),
            "",
        ]  # fmt: skip
    parts += ["**Goals** (CPU cost of the other ÷ CPU cost of Dott)", ""]
    parts += ["| endpoint | against | measured | at the limit | gate | floor | target |"]
    parts += ["|---|---|---|---|---|---|---|"]
    parts += [_goal(verdict, titles) for verdict in verdicts(results)]
    return "\n".join(parts) + "\n"


def _line(row: Row, dott: Row, titles: dict[str, str]) -> str:
    title = titles[row.contender]
    if row.void:
        return f"| {title} | void: {row.void} | | | | |"
    costs = f"{row.median(lambda turn: turn.app_us):,.0f} + {row.median(lambda turn: turn.database_us):,.0f}"
    rate = row.median(lambda turn: turn.slice.requests / turn.slice.seconds)
    waits = (
        f"{row.median(lambda turn: turn.slice.p50_ms):.1f} / {row.median(lambda turn: turn.slice.p99_ms):.0f}"
    )
    against = ""
    if row is not dott and not dott.void:
        cost, least, most = ratio(row, dott, lambda turn: turn.cost_us)
        slower, _, _ = ratio(dott, row, lambda turn: turn.slice.requests / turn.slice.seconds)
        against = f"{cost:.2f} ({least:.2f}–{most:.2f}) | {slower:.2f}"
    return f"| {title} | {rate:,.0f} | {costs} | {waits} | {against or '1 | 1'} |"


def _goal(verdict: Verdict, titles: dict[str, str]) -> str:
    title = titles.get(verdict.against, "database + HTTP limit").replace("*", "")
    measured = f"{verdict.measured[0]:.2f}" if verdict.measured else "void"
    measured += f" | {verdict.at_limit[0]:.2f}" if verdict.at_limit else " |"
    bounds = f"{verdict.gate:g} | {verdict.floor:g} | {verdict.target:g}"
    return f"| {verdict.endpoint} | {title} | {measured} | {bounds} |"


def as_json(results: Results, machine: str) -> dict[str, Any]:
    """Everything, round by round."""
    return {
        "machine": machine,
        "endpoints": {
            endpoint: {name: dataclasses.asdict(row) for name, row in rows.items()}
            for endpoint, rows in results.items()
        },
        "goals": [dataclasses.asdict(verdict) for verdict in verdicts(results)],
    }


def noise(results: Results) -> float:
    """How far apart the two turns of one and the same server were in a round: the median over everything."""
    apart = [
        abs(ours.cost_us / again.cost_us - 1)
        for rows in results.values()
        if AGAIN in rows
        for ours, again in zip(rows["dott"].turns, rows[AGAIN].turns, strict=True)
    ]
    return statistics.median(apart) if apart else 0.0
