"""An engine with our images on it, for every test that asks for one."""

import json
import os
import re
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

HALVES = {"dott-api": "backend/pyfactor", "dott-frontend": "frontend/pyfactor_next"}


@pytest.fixture(scope="session")
def docker() -> Iterator[Docker]:
    """A running engine with the base images. Where none can run the whole run ends as skipped."""
    try:
        with daemon.running(machine.cache()) as running:
            if daemon.of_machine() is None:
                standins.ensure(running, machine.cache())
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


def forget_the_dead(docker: Docker) -> None:
    """Remove what runs that were cut off left in our engine; their names end in their process id."""
    for kind, listed in (("container", "ps --all"), ("network", "network ls"), ("volume", "volume ls")):
        template = '{{.Label "com.docker.compose.project"}} {{.%s}}' % ("Name" if kind != "container" else "ID")
        for line in docker.run(*listed.split(), "--format", template).splitlines():
            project, _, name = line.strip().rpartition(" ")
            pid = re.fullmatch(r"dott-test-(\d+)(?:-\w+)?", project)
            if pid and not Path(f"/proc/{pid[1]}").exists():
                force = ["--force"] if kind != "network" else []
                docker.run(kind, "rm", *force, name)


def pytest_report_header() -> str:
    return f"engine: {os.environ.get('DOCKER_HOST') or 'the machine’s own Docker, or ours'}"
