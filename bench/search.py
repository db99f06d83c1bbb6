"""The search over everything, in a business of 1,000,000 customers, 200,000 contacts, 100,000 deals and
300,000 activities: asked as people type, letter by letter.

    ./dott bench search [--quick] [--rounds N]

One client, one request after another. Beside each kind of text stands what the same text costs when
PostgreSQL looks for it with ILIKE in four columns of the customers alone, without policy and index: the
ratio says how many times faster the search is, with everything around it. Goal: p95 of all at most 50 ms.
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from urllib.parse import quote

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher.console import Console
from launcher.errors import LauncherError

from harness.dataset import SELLING, SELLING_SMALL
from harness.served import Served, Times, served

GOAL_MS = 50.0
# Kind → what somebody types in the end. Each is asked with 2, 3, … letters, as she gets there.
TYPED = {
    "name": ("müller", "smith", "banerjee bakery", "anna köhler", "kowalski"),
    "word": ("bakery", "logistics", "oven order", "machines leipzig", "send offer"),
    "e-mail": ("anna.kohler7@", "contact1234@firma"),
    "phone": ("+49 30 2215", "030 2000123"),
    "number": ("C-000042", "D-004711", "123456"),
}
# Asked as they stand: nothing matches until the typing error is forgiven.
MISTYPED = ("mulller", "schnieder", "smtih", "machines leipzgi", "banerjee bakrey")
NAIVE = """
SELECT id FROM crm_customer
 WHERE tenant_id = md5('business 1')::uuid AND deleted_at IS NULL
   AND (business_name ILIKE '%{0}%' OR last_name ILIKE '%{0}%' OR email ILIKE '%{0}%' OR phone LIKE '%{0}%')
 ORDER BY created_at DESC LIMIT 20
"""


def beginnings(text: str) -> list[str]:
    """The text as it grows, from two letters on."""
    return [text[:length] for length in range(2, len(text) + 1)]


def texts() -> dict[str, list[str]]:
    """Kind → everything that is asked."""
    asked = {kind: [one for text in ends for one in beginnings(text)] for kind, ends in TYPED.items()}
    return asked | {"typing error": list(MISTYPED)}


def measure(api: Served, rounds: int) -> dict[str, Times]:
    """Interleaved: every kind in every round."""
    times = {kind: Times() for kind in texts()}
    for turn in range(rounds + 1):
        for kind, asked in texts().items():
            paths = [f"/api/search/?q={quote(text)}" for text in asked]
            # The first round warms up.
            api.measure(paths, times[kind] if turn else Times())
    return times


def naive(api: Served) -> dict[str, float]:
    """Kind → median milliseconds of ILIKE for what is typed in the end."""
    ends = {**TYPED, "typing error": MISTYPED}
    return {
        kind: median(api.plain_sql_ms(NAIVE.format(text.replace("'", "''"))) for text in asked)
        for kind, asked in ends.items()
    }


def table(times: dict[str, Times], baseline: dict[str, float]) -> str:
    """Markdown."""
    lines = [
        "| text | p50 ms | p95 ms | CPU ms | ILIKE ms | ILIKE ÷ p50 |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {kind} | {one.median:.1f} | {one.p95:.1f} | {one.cpu_mean:.1f} | {baseline[kind]:.0f} |"
        f" {baseline[kind] / one.median:.0f} |"
        for kind, one in times.items()
    ]
    everything = Times([wall for one in times.values() for wall in one.wall_ms])
    kept = "kept" if everything.p95 <= GOAL_MS else "missed"
    lines += [
        "",
        f"All: p50 {everything.median:.1f} ms, p95 {everything.p95:.1f} ms; goal {GOAL_MS:g} ms: {kept}.",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dott bench search")
    parser.add_argument("--quick", action="store_true", help="20,000 customers only")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    try:
        with served(SELLING_SMALL if chosen.quick else SELLING) as api:
            times = measure(api, chosen.rounds)
            sys.stdout.write(table(times, naive(api)))
    except LauncherError as error:
        Console(sys.stderr).error(str(error), error.mend)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
