"""The worker process: audits isolation, then runs jobs until SIGTERM."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from dott.platform.jobs.tasks import OUTGOING_QUEUE
from dott.platform.tenancy.audit import refuse_unless_isolated
from dott.platform.tenancy.router import WORKER


class Command(BaseCommand):
    """Serve the queue as role dott_worker."""

    help = "Run background jobs until stopped. Refuses to start when the isolation audit has a finding."

    def add_arguments(self, parser: CommandParser) -> None:
        """--concurrency: how many jobs run at once. --outgoing: how many more that wait for strangers."""
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--outgoing", type=int, default=8)

    def handle(self, *args: Any, **options: Any) -> None:
        """Block until SIGINT or SIGTERM; running jobs are finished first."""
        refuse_unless_isolated(WORKER)
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        with app.replace_connector(connector):
            asyncio.run(_serve(options["concurrency"], options["outgoing"]))


async def _serve(concurrency: int, outgoing: int) -> None:
    """Both lanes, until the first of them ends: by a signal, or because it failed."""
    # Jobs run in its threads. The loop's own has six on two cores, and strangers could hold them all.
    threads = ThreadPoolExecutor(max_workers=concurrency + outgoing + 4, thread_name_prefix="job")
    asyncio.get_running_loop().set_default_executor(threads)
    async with app.open_async():
        lanes = [
            asyncio.create_task(
                app.run_worker_async(name="worker", queues=["default"], concurrency=concurrency)
            ),
            asyncio.create_task(
                app.run_worker_async(
                    name="outgoing",
                    queues=[OUTGOING_QUEUE],
                    concurrency=outgoing,
                    # The other lane has them; a loop knows one handler of a signal.
                    install_signal_handlers=False,
                )
            ),
        ]
        ended, others = await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED)
        for lane in others:
            lane.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for lane in ended:
            lane.result()
