"""A receiver of messages: a real HTTP server on this machine, and the world to send from."""

from collections.abc import Iterator
from typing import Any

import pytest

from dott.platform.egress.tests.receiver import Receiver


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with Receiver() as running:
        settings.EGRESS_EXCEPTIONS = frozenset({running.address})
        yield running
