"""The stack of compose.yaml, once for all tests of this folder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from person import Person  # noqa: E402  (needs the line above)
from stack import DEPLOY, Stack  # noqa: E402


@pytest.fixture(scope="session")
def image_names(request: pytest.FixtureRequest) -> dict[str, str]:
    """The images under test. The halves are built by the fixture `images`, unless their names are given."""
    names = {"DOTT_API_IMAGE": "dott-api", "DOTT_WEB_IMAGE": "dott-frontend"}
    given = {name: os.environ[name] for name in names if name in os.environ}
    if len(given) < len(names):
        request.getfixturevalue("images")
    docker = request.getfixturevalue("docker")
    sql = DEPLOY.parent / "backend/pyfactor/dott/platform/tenancy/sql"
    docker.build(DEPLOY / "postgres", "--tag", "dott-db", "--build-context", f"sql={sql}")
    docker.build(DEPLOY / "proxy", "--tag", "dott-proxy")
    return names | given


@pytest.fixture(scope="session")
def stack(
    request: pytest.FixtureRequest, image_names: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """Up from nothing, as the README says; gone afterwards with its volumes and networks."""
    started = Stack(request.getfixturevalue("docker"), tmp_path_factory.mktemp("deploy"), image_names)
    started.prepare()
    try:
        started.up()
        yield started
        assert left_behind(started) == []
    finally:
        started.down()


def left_behind(stack: Stack) -> list[str]:
    """Containers that ended and were not brought back."""
    names = stack.docker(
        "ps",
        "-a",
        "--filter",
        f"label=com.docker.compose.project={stack.name}",
        "--filter",
        "status=dead",
        "-q",
    )
    return names.split()


@pytest.fixture(scope="session")
def anna(stack: Stack) -> Person:
    """A person with a business of her own."""
    return Person(stack).sign_up()


def pytest_report_header() -> str:
    version = subprocess.run(["openssl", "version"], capture_output=True, text=True).stdout.strip()
    return f"clients use {version}"
