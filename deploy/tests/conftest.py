"""An engine with our images on it, for every test that asks for one."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DEPLOY = Path(__file__).parents[1]
sys.path[:0] = [str(DEPLOY), str(DEPLOY / "tests")]

from engine import daemon, machine, standins  # noqa: E402  (needs the line above)
from engine.__main__ import SKIPPED  # noqa: E402
from engine.daemon import Docker  # noqa: E402
from halves import HALVES  # noqa: E402
from leftovers import forget_the_dead  # noqa: E402
from proxy import Running, running  # noqa: E402


class Deadline:
    """Ends the run when DOTT_IMAGES_UNTIL has come: as failed if a test has failed, else as skipped."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session
        self.done = 0

    def pytest_runtest_logfinish(self) -> None:
        self.done += 1

    def end(self) -> None:
        failed, all_tests = self.session.testsfailed, self.session.testscollected
        told = f"the time was up after {self.done} of {all_tests} tests, {failed} failed"
        pytest.exit(told if failed else f"skipped: {told}", returncode=1 if failed else SKIPPED)


def pytest_sessionstart(session: pytest.Session) -> None:
    deadline = Deadline(session)
    session.config.pluginmanager.register(deadline)
    machine.when_time_is_up(deadline.end)


def pytest_sessionfinish() -> None:
    machine.time_is_never_up()


@pytest.fixture(scope="session")
def docker() -> Iterator[Docker]:
    """A running engine with the base images. Where none can run the whole run ends as skipped."""
    try:
        with daemon.running(machine.cache()) as running:
            if daemon.of_machine() is None:
                standins.ensure(running, machine.cache())
                daemon.try_out(running, "debian:trixie-slim")
                forget_the_dead(running)
            yield running
    except machine.CannotRunError as reason:
        pytest.exit(f"skipped: {reason}", returncode=SKIPPED)


@pytest.fixture(scope="session")
def images(docker: Docker) -> dict[str, dict[str, Any]]:
    """Both halves built from the checkout; by name, what the engine says of them."""
    for name, folder in HALVES.items():
        docker.build(DEPLOY.parent / folder, "--tag", name)
    return {name: json.loads(docker.run("image", "inspect", name))[0] for name in HALVES}


def pytest_report_header() -> str:
    return f"engine: {os.environ.get('DOCKER_HOST') or 'the machine’s own Docker, or ours'}"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The proxy alone, as compose.yaml configures it, before two servers of ours."""
    with running(tmp_path_factory.mktemp("caddy")) as started:
        yield started
