"""The dashboard of a business of 1,000,000 customers, 100,000 deals and 300,000 activities.

    ./dott bench dashboard [--quick] [--rounds N]

One client, one request after another. Beside it stands what PostgreSQL alone takes to add up the same deals,
tasks and customers, without policy: the ratio says what everything around it costs. Goal: 300 ms at the most.
"""

import argparse
import sys
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).resolve().parent.parent))

from launcher.console import Console
from launcher.errors import LauncherError

from harness.dataset import SELLING, SELLING_SMALL
from harness.served import Served, Times, served

GOAL_MS = 300.0
REQUESTS = 10
PATH = "/api/crm/dashboard/"
SUMS = (
    """
    SELECT stage_id, currency, count(*), sum(amount) FROM crm_deal
     WHERE tenant_id = md5('business 1')::uuid AND deleted_at IS NULL AND category = 'open'
     GROUP BY stage_id, currency""",
    """
    SELECT date_trunc('month', closed_at), category, currency, count(*), sum(amount) FROM crm_deal
     WHERE tenant_id = md5('business 1')::uuid AND deleted_at IS NULL AND category <> 'open'
       AND closed_at > now() - interval '1 year'
     GROUP BY 1, 2, 3""",
    """
    SELECT date_trunc('week', created_at), count(*) FROM crm_customer
     WHERE tenant_id = md5('business 1')::uuid AND deleted_at IS NULL
       AND created_at > now() - interval '12 weeks'
     GROUP BY 1""",
    """
    SELECT due_on < current_date, count(*) FROM crm_activity
     WHERE tenant_id = md5('business 1')::uuid AND deleted_at IS NULL AND status = 'open'
     GROUP BY 1""",
)


def measure(api: Served, rounds: int) -> tuple[Times, float]:
    """(the dashboard, median milliseconds of the sums alone), interleaved."""
    times, sums = Times(), []
    for turn in range(rounds + 1):
        # The first round warms up.
        api.measure([PATH] * REQUESTS, times if turn else Times())
        sums.append(sum(api.plain_sql_ms(one) for one in SUMS))
    return times, median(sums[1:])


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dott bench dashboard")
    parser.add_argument("--quick", action="store_true", help="2,000 deals only")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    try:
        with served(SELLING_SMALL if chosen.quick else SELLING) as api:
            times, sums = measure(api, chosen.rounds)
    except LauncherError as error:
        Console(sys.stderr).error(str(error), error.mend)
        return 1
    kept = "kept" if times.p95 <= GOAL_MS else "missed"
    sys.stdout.write(
        "| p50 ms | p95 ms | CPU ms | the sums alone, ms | p50 ÷ sums |\n|---|---|---|---|---|\n"
        f"| {times.median:.1f} | {times.p95:.1f} | {times.cpu_mean:.1f} | {sums:.1f} |"
        f" {times.median / sums:.2f} |\n\nGoal: p95 at most {GOAL_MS:g} ms: {kept}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
