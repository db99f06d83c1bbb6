"""Sends messages on a side connection, in a thread of its own.

Not in the transaction that makes them: a COMMIT with a NOTIFY waits for every other one in the cluster,
and then for the disk. Here nobody waits for it, several share one commit, and that one may be lost.
"""

import atexit
import threading
import time

import psycopg
import structlog
from psycopg import sql

from dott.platform.realtime.address import connection_parameters
from dott.platform.realtime.envelope import CHANNEL, seal
from dott.platform.realtime.messages import RECHECK, RESYNC, Message
from dott.platform.tenancy.wire import Statement, loaded, send

# Of one group; a group that falls behind hears "anything may have changed" instead.
MAX_WAITING = 200
IDLE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
LAST_WORDS_SECONDS = 2.0
# Between one commit and the next. The first word goes out at once; those of a busy moment go together, for a
# commit with a NOTIFY, and a thread woken for it, are a tenth of what a busy process does.
GATHERING_SECONDS = 0.05

Waiting = dict[str, list[Message]]

log = structlog.get_logger(__name__)


class Publisher:
    """One per process. The thread and its connection exist only while there is something to say."""

    def __init__(self) -> None:
        self._waiting: Waiting = {}
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closing = False

    def publish(self, group: str, message: Message) -> None:
        """Have the message sent soon, and return at once. It may be lost; its receivers then resync."""
        with self._condition:
            _add(self._waiting, group, message)
            # A thread does not survive a fork, nor its own long idleness.
            if self._thread is None or not self._thread.is_alive():
                self._is_closing = False
                self._thread = threading.Thread(target=self._run, name="realtime-publisher", daemon=True)
                self._thread.start()
            self._condition.notify()

    def close(self) -> None:
        """Say what is waiting, for at most two seconds, and give the connection back."""
        with self._condition:
            self._is_closing = True
            self._condition.notify()
            thread = self._thread
        if thread is not None:
            thread.join(LAST_WORDS_SECONDS)

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        connection: psycopg.Connection | None = None
        try:
            while batch := self._next_batch():
                try:
                    connection = connection or psycopg.connect(**connection_parameters())
                    _send(connection, batch)
                except psycopg.Error:
                    log.warning("realtime message not sent", groups=len(batch), exc_info=True)
                    if connection is not None:
                        connection.close()
                    connection = None
                    if not self._wait_after_failure(batch, pause):
                        return
                    pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                else:
                    pause = FIRST_PAUSE_SECONDS
                    time.sleep(GATHERING_SECONDS)
        finally:
            if connection is not None:
                connection.close()

    def _next_batch(self) -> Waiting:
        """All that waits, by group; empty when the thread should end."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._is_closing, IDLE_SECONDS)
            batch, self._waiting = self._waiting, {}
            if not batch:
                # Under the lock: the next publish() finds the thread gone and starts another.
                self._thread = None
            return batch

    def _wait_after_failure(self, batch: Waiting, pause: float) -> bool:
        """Put the batch back, before what came meanwhile; False when the process ends instead."""
        with self._condition:
            if self._is_closing:
                return False
            newer, self._waiting = self._waiting, {}
            for waiting in (batch, newer):
                for group, messages in waiting.items():
                    for message in messages:
                        _add(self._waiting, group, message)
        time.sleep(pause)
        return True


def _add(waiting: Waiting, group: str, message: Message) -> None:
    messages = waiting.setdefault(group, [])
    if message in (RESYNC, RECHECK) and message in messages:
        return
    messages.append(message)
    if len(messages) > MAX_WAITING:
        messages[:] = [RESYNC]


# The messages are not the only copy of anything: no reason to wait for the disk.
_FIRST = (
    Statement("BEGIN", is_prepared=False),
    Statement("SET LOCAL synchronous_commit = off", is_prepared=False),
)
_LAST = Statement("COMMIT", is_prepared=False)


def _send(connection: psycopg.Connection, batch: Waiting) -> None:
    """All in one round trip: one after the other they cost a writing process as much as its answer did."""
    payloads = [seal(group, message) for group, messages in batch.items() for message in messages]
    notes = [Statement(_note(payload).as_string(connection), is_prepared=False) for payload in payloads]
    for result in send(connection, [*_FIRST, *notes, _LAST]):
        loaded(connection, result)


def _note(payload: str) -> sql.Composed:
    return sql.SQL("NOTIFY {}, {}").format(sql.Identifier(CHANNEL), sql.Literal(payload))


publisher = Publisher()
atexit.register(publisher.close)
