"""Fixtures of the identity tests."""

import time
from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def early_in_the_period() -> Iterator[None]:
    """The clock a moment after a period began, and running: a code does not grow old in mid-test."""
    period = 30
    with time_machine.travel(int(time.time()) // period * period + 2, tick=True):
        yield
