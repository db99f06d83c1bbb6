"""Sorting new entries of GIN indexes on a connection beside the transaction that makes them.

A GIN index puts what is written on a pending list, and whoever makes the list too long sorts it into the
index: a fifth of the work of a large import. Another process can do it on another core before the rows are
committed, since entries know nothing of transactions; and in larger portions, which is cheaper in all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.db import Error, connections

from dott.platform.tenancy.router import WORKER

log = structlog.get_logger(__name__)

# Portions are large enough to be cheap, and what a search has to read through stays at some 40 MB.
EVERY_S = 2.0
# Where the writer would begin to sort by itself, should nobody else do it.
OWN_LIMIT = "256MB"


@contextmanager
def sorted_beside(cursor: Any, table: str) -> Iterator[None]:
    """While the block writes thousands of rows to the table, sort what it leaves on the pending lists.

    cursor: the writer's, in its transaction. Where the side connection fails, the writer sorts for itself.
    """
    cursor.execute(f"SET LOCAL gin_pending_list_limit = '{OWN_LIMIT}'")
    is_written = threading.Event()
    beside = threading.Thread(target=_sort, args=(table, is_written), name="sort pending", daemon=True)
    beside.start()
    try:
        yield
    finally:
        is_written.set()
        beside.join()


def _sort(table: str, is_written: threading.Event) -> None:
    side = connections[WORKER].copy()
    try:
        with side.cursor() as cursor:
            is_last = False
            while not is_last:
                is_last = is_written.wait(EVERY_S)
                cursor.execute("SELECT app.sort_pending(%s::regclass)", [table])
    except Error:
        log.warning("pending_not_sorted", exc_info=True)
    finally:
        side.close()
