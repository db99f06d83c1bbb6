"""What opening the board costs as it fills: 100, 10,000 and 100,000 deals in one pipeline.

    ./dott bench board [--rounds N]

One client, one request after another. Each figure is the median over interleaved rounds; the growth is the
ratio to the board of 100. Goal: ten thousand open about as fast as a hundred. A column's next page and a move
between two cards are measured beside it.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import Stack, opened

from harness import contenders, dataset
from harness.identity import Identity
from harness.load import Request
from harness.probe import HEALTH, Client

PATH = "/api/crm/deals/"
DEALS = (100, 10_000, 100_000)
REQUESTS = 10
GROWTH_LIMIT = 1.5
KINDS = ("board", "next page", "move")
Times = dict[str, list[list[float]]]  # kind → board → milliseconds


class Boards:
    """The requests of each kind to each business's board."""

    def __init__(self, client: Client, secret_key: str) -> None:
        self.client = client
        self.identity = Identity(secret_key)

    def ask(self, business: int, rest: str, body: object = None) -> Request:
        """rest: what follows the address of deals. With a body it is a POST."""
        headers = self.identity.headers(business)
        if body is None:
            return Request("GET", PATH + rest, headers)
        return Request("POST", PATH + rest, (*headers, ("If-Match", "*")), json.dumps(body))

    def read(self, request: Request) -> Any:
        """The answer's JSON. Raises LauncherError unless it is 200."""
        status, _, body = self.client.send(request)
        if status != 200:
            raise LauncherError(f"{request.path}: {status} {body[:300]!r}")
        return json.loads(body)

    def requests(self, business: int) -> dict[str, list[Request]]:
        """By kind. A move takes a card to and fro between its neighbours."""
        column = self.read(self.ask(business, "board/"))["columns"][0]
        first, second, third = (card["id"] for card in column["cards"][:3])
        stage = column["stage"]["id"]
        places = ({"after": second, "before": third}, {"before": second})
        moves = [self.ask(business, f"{first}/move/", {"stage": stage, **place}) for place in places]
        page = f"?stage={stage}&ordering=rank&limit=20"
        # A hundred deals have no second page; their list is the same question.
        following = column["next"] or PATH + page
        return {
            "board": [self.ask(business, "board/")],
            "next page": [self.ask(business, following.removeprefix(PATH))],
            "move": moves,
        }


def measure(boards: Boards, rounds: int) -> Times:
    """Interleaved: every board in every round."""
    asked = [boards.requests(number) for number in range(1, len(DEALS) + 1)]
    times: Times = {kind: [[] for _ in DEALS] for kind in KINDS}
    for turn in range(rounds + 1):
        for kind in KINDS:
            for number, of_board in enumerate(asked):
                for request in of_board[kind] * (REQUESTS // len(of_board[kind])):
                    started = time.perf_counter()
                    boards.read(request)
                    took = time.perf_counter() - started
                    if turn:  # the first one warms up
                        times[kind][number].append(took * 1000)
    return times


def table(times: Times) -> str:
    """Markdown."""
    lines = ["| ms | " + " | ".join(f"{rows:,}" for rows in DEALS) + " | 10,000 to 100 | 100,000 to 100 |"]
    lines.append("|---" * (len(DEALS) + 3) + "|")
    for kind, of_board in times.items():
        small, *larger = [statistics.median(one) for one in of_board]
        shown = " | ".join(f"{value:.1f}" for value in (small, *larger))
        ratios = " | ".join(f"{value / small:.2f}" for value in larger)
        lines.append(f"| {kind} | {shown} | {ratios} |")
    of_board = [statistics.median(one) for one in times["board"]]
    kept = of_board[1] / of_board[0] <= GROWTH_LIMIT
    lines.append("")
    lines.append(
        f"Goal: ten thousand deals open at most {GROWTH_LIMIT:g} times as slowly as a hundred: "
        f"{'kept' if kept else 'missed'}."
    )
    return "\n".join(lines) + "\n"


def run(stack: Stack, *, rounds: int) -> None:
    stack.start_database()
    data = dataset.Dataset(stack, dataset.GROWTH_SMALL)
    data.prepare()
    sizes = ", ".join(f"({n}, {rows})" for n, rows in enumerate(DEALS, 1))
    with stack.console.step(f"Deals: {sum(DEALS):,}"):
        data.run_sql(
            "deals.sql",
            before=f"CREATE TEMP TABLE deals AS SELECT * FROM (VALUES {sizes}) AS deals (n, rows);",
        )
    port = contenders.free_port()
    service = stack.start_api(port, data.environment())
    contenders.wait_for(service, port, HEALTH)
    boards = Boards(Client(port), stack.secrets["DJANGO_SECRET_KEY"])
    with stack.console.step("Measuring"):
        times = measure(boards, rounds)
    name = f"board-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.json"
    (stack.paths.state / name).write_text(json.dumps({"deals": DEALS, "ms": times}))
    sys.stdout.write(table(times))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dott bench board")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    console = Console(sys.stderr)
    try:
        with opened(Paths.find(), console) as stack:
            run(stack, rounds=chosen.rounds)
    except LauncherError as error:
        console.error(str(error), error.mend)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
