"""Messages before they reach a socket: their size, their seal, and what becomes of too many."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from dott.platform.realtime import envelope, publisher
from dott.platform.realtime.layer import NotifyLayer
from dott.platform.realtime.messages import MAX_CHANGES, RECHECK, RESYNC, Changed, changes_message

GROUP = f"tenant.{uuid4()}"


def changed(count: int, entity: str = "e" * 63) -> list[Changed]:
    return [Changed(entity, uuid4(), "restore", 2**63 - 1) for _ in range(count)]


def test_the_largest_message_fits_into_a_notify() -> None:
    largest = changes_message(changed(MAX_CHANGES), source="s" * 64)
    assert len(largest["changes"]) == MAX_CHANGES
    assert len(envelope.seal(GROUP, largest)) <= envelope.MAX_BYTES
    with pytest.raises(envelope.MessageTooLarge):
        envelope.seal(GROUP, {"type": "x" * envelope.MAX_BYTES})


def test_more_changes_than_fit_name_their_entities() -> None:
    message = changes_message([*changed(15, "crm.deal"), *changed(15, "crm.customer")], source="")
    assert message["changes"] == [
        {"entity": "crm.customer", "operation": "many"},
        {"entity": "crm.deal", "operation": "many"},
    ]
    assert changes_message([], source="") == RESYNC
    assert changes_message([each for n in range(21) for each in changed(1, f"e{n}")], source="") == RESYNC


def test_only_a_fresh_message_of_our_own_opens(settings: Any) -> None:
    sealed = envelope.seal(GROUP, RESYNC)
    assert envelope.unseal(sealed) == (GROUP, RESYNC)
    assert envelope.unseal(sealed[:-8] + "AAAAAAA=") is None
    assert envelope.unseal("") is None
    assert envelope.unseal("é") is None
    with time_machine.travel(timezone.now() + timedelta(seconds=envelope.MAX_AGE_SECONDS + 1)):
        assert envelope.unseal(sealed) is None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert envelope.unseal(sealed) == (GROUP, RESYNC)
    settings.SECRET_KEY_FALLBACKS = []
    assert envelope.unseal(sealed) is None


def test_an_inbox_that_is_full_becomes_one_resync() -> None:
    async def scenario() -> list[Any]:
        layer = NotifyLayer(capacity=3)
        slow, other = await layer.new_channel(), await layer.new_channel()
        await layer.group_add(GROUP, slow)
        await layer.group_add("tenant.other", other)
        for number in range(5):
            layer.deliver(GROUP, {"type": "changes", "changes": [number]})
        layer.deliver_to_all(RESYNC)
        received = [await layer.receive(slow) for _ in range(2)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(layer.receive(slow), 0.05)
        received.append(await layer.receive(other))
        await layer.group_discard(GROUP, slow)
        layer.forget(slow)
        layer.deliver(GROUP, RESYNC)
        return received

    assert asyncio.run(scenario()) == [RESYNC, {"type": "changes", "changes": [4]}, RESYNC]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[publisher.Publisher]:
    """A publisher whose database is away."""
    monkeypatch.setattr(
        publisher, "connection_parameters", lambda: {"host": "/nonexistent", "connect_timeout": 1}
    )
    silent = publisher.Publisher()
    yield silent
    silent.close()


def test_without_a_database_nothing_piles_up(silent: publisher.Publisher) -> None:
    for number in range(10 * publisher.MAX_WAITING):
        silent.publish(GROUP, {"type": "changes", "changes": [number]})
        silent.publish("user.1", RECHECK)
    waiting = dict(silent._waiting)
    assert len(waiting.get(GROUP, [])) <= publisher.MAX_WAITING
    assert waiting.get("user.1", [RECHECK]) == [RECHECK]


def test_the_first_word_goes_out_at_once_and_those_of_a_busy_moment_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: queue.Queue[int] = queue.Queue()
    paused = threading.Event()
    monkeypatch.setattr(publisher.psycopg, "connect", lambda **_: Mock())
    monkeypatch.setattr(publisher, "_send", lambda _, batch: sent.put(len(batch[GROUP])))
    # The pause between two commits, as long as the test says.
    monkeypatch.setattr(publisher, "time", Mock(sleep=lambda _: paused.wait(5)))
    made = publisher.Publisher()
    made.publish(GROUP, {"type": "changes", "changes": [0]})
    assert sent.get(timeout=5) == 1
    for number in range(10):
        made.publish(GROUP, {"type": "changes", "changes": [number]})
        # Time enough for a thread that does not pause.
        with pytest.raises(queue.Empty):
            sent.get(timeout=0.02)
    paused.set()
    assert sent.get(timeout=5) == 10
    made.close()
