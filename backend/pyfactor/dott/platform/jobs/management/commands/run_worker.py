"""The worker process: audits isolation, then runs jobs until SIGTERM."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from dott.platform.tenancy.audit import refuse_unless_isolated
from dott.platform.tenancy.router import WORKER


class Command(BaseCommand):
    """Serve the queue as role dott_worker."""

    help = "Run background jobs until stopped. Refuses to start when the isolation audit has a finding."

    def add_arguments(self, parser: CommandParser) -> None:
        """--concurrency: how many jobs run at once."""
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        """Block until SIGINT or SIGTERM; running jobs are finished first."""
        refuse_unless_isolated(WORKER)
        call_command("procrastinate", "worker", "--concurrency", str(options["concurrency"]))
