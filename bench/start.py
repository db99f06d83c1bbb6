"""A warm start: from `./dott up` to a served page, beside the least that could be started.

    ./dott bench start [--runs N]

Everything is prepared once; then the whole is started and stopped several times, in turn with the baseline:
`./dott manage check`, which starts PostgreSQL and one Django, asks nothing, and stops both. Neither fetches
anything, so both run without a network. Times decide no exit code.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher import ports
from launcher.paths import Paths

GOAL_S = 5.0


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(prog="./dott bench start")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    runs = parser.parse_args().runs
    up()  # the first prepares everything and is not counted
    check()
    pairs = [(up(), seconds(check)) for _ in range(runs)]
    everything, least = (statistics.median(column) for column in zip(*pairs, strict=True))
    mark = "" if everything < GOAL_S else " ✗"
    print(f"| from the command to a served page | {everything:.1f} s{mark} |\n|---|---|")
    print(f"| PostgreSQL and one Django, started and stopped | {least:.1f} s |")
    print(f"| ratio | {everything / least:.1f} |")
    print(f"\nMedians of {runs} runs in turn. Goal: under {GOAL_S:.0f} s.")


def up() -> float:
    """Seconds until `./dott up` says that it serves; then it is stopped."""
    chosen = ["--web-port", str(ports.any_free()), "--api-port", str(ports.any_free())]
    started = time.monotonic()
    with subprocess.Popen(
        [dott(), "up", *chosen], stdout=subprocess.PIPE, text=True, env=environment()
    ) as child:
        assert child.stdout is not None
        try:
            served = next((time.monotonic() for line in child.stdout if "Ctrl-C stops it" in line), None)
        finally:
            child.terminate()
    if served is None:
        raise SystemExit(f"./dott up ended with {child.returncode} before it served a page.")
    return served - started


def check() -> None:
    """The baseline."""
    subprocess.run([dott(), "manage", "check"], check=True, stdout=subprocess.DEVNULL, env=environment())


def seconds(work: Callable[[], None]) -> float:
    """How long the work takes."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def dott() -> str:
    """The program that is measured."""
    return str(Paths.find().root / "dott")


def environment() -> dict[str, str]:
    """A state folder of its own, beside those of other benchmarks."""
    return dict(os.environ) | {"DOTT_STATE_DIR": str(Paths.find().state / "start")}


if __name__ == "__main__":
    main()
