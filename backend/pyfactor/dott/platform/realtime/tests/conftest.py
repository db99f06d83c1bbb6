"""A realtime process for each file of tests, and one for each test that ends it."""

from collections.abc import Callable, Iterator

import pytest

from dott.platform.realtime.tests.support import Server
from tests.world import World


@pytest.fixture(scope="module")
def _shared_server(_world_in_database: World) -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def server(_shared_server: Server, world: World) -> Iterator[Server]:
    """A running realtime process, without sockets of earlier tests."""
    yield _shared_server
    _shared_server.close_sockets()


@pytest.fixture
def another_server(world: World) -> Iterator[Callable[..., Server]]:
    """`another_server(NAME="value")` starts a process with these settings, which ends with the test."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        started.append(Server(**environment))
        return started[-1]

    yield start
    for running in started:
        running.close()
