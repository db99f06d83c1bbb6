"""What background work holds of anybody (privacy/held.py). The queue itself knows ids of jobs and nothing
else."""

from dott.platform.privacy.held import FOREVER, OPERATION, holds

holds(
    "jobs.job",
    called="Background work",
    why=OPERATION,
    kept=FOREVER,
    text="args error_detail",
    none="kind state attempts phase done total error_code queued_at run_after started_at finished_at",
)
for _model, _called in (
    ("job", "what is to be done"),
    ("worker", "who works"),
    ("event", "what happened"),
    ("periodicdefer", "what comes again"),
):
    holds(
        f"procrastinate.procrastinate{_model}",
        called=f"The queue: {_called}",
        why=OPERATION,
        kept=FOREVER,
        none="*",
    )
