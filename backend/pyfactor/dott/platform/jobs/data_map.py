"""What background work holds of anybody (privacy/held.py). The queue itself knows ids of jobs and nothing
else."""

from dott.platform.privacy.held import FOREVER, OPERATION, holds

holds(
    "jobs.job",
    why=OPERATION,
    kept=FOREVER,
    text="args error_detail",
    none="kind state attempts phase done total error_code queued_at run_after started_at finished_at",
)
for _model in ("procrastinatejob", "procrastinateworker", "procrastinateevent", "procrastinateperiodicdefer"):
    holds(f"procrastinate.{_model}", why=OPERATION, kept=FOREVER, none="*")
