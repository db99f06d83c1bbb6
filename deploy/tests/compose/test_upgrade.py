"""From the version before this one: it serves while and after the schema becomes this one's."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine.daemon import Docker
from person import Person
from stack import DEPLOY, Stack

ROOT = DEPLOY.parent
BACKEND = "backend/pyfactor"
ROLES = ("api", "worker", "realtime")
# Who of the version before does not start any more on the schema after a migration, and what it says. A process
# refuses to serve when its role may call a function that its audit does not know: so the audit must learn of one
# a release before a role may call it. This one was before there was a release.
REFUSED = {"crm.0004_planner_statistics": {"worker": "app.refresh_statistics"}}
NOT_THERE = "the commit before the newest migration is not in this clone; git fetch --unshallow"


def git(*argv: str) -> bytes:
    done = subprocess.run(["git", *argv], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, f"{NOT_THERE}\n{done.stderr.decode()}"
    return done.stdout


@pytest.fixture(scope="module")
def newest() -> tuple[str, list[str]]:
    """The commit before the newest migrations, and those as `app.name`."""
    added = ["log", "-1", "--diff-filter=A", "--name-only", "--format=%H", "--", f"{BACKEND}/dott/**/migrations/0*.py"]
    commit, _, *paths = git(*added).decode().split("\n")
    files = [Path(path) for path in paths if path]
    return f"{commit}^", [f"{path.parts[-3]}.{path.stem}" for path in files]


@pytest.fixture(scope="module")
def image_before(docker: Docker, newest: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The backend as it was, built by the Dockerfile of then."""
    folder = tmp_path_factory.mktemp("before")
    subprocess.run(["tar", "-x"], input=git("archive", newest[0], BACKEND), cwd=folder, check=True)
    docker.build(folder / BACKEND, "--tag", "dott-api:before")
    return "dott-api:before"


@pytest.fixture
def old_stack(docker: Docker, image_names: dict[str, str], image_before: str, tmp_path: Path) -> Iterator[Stack]:
    """Everything up, with the backend of the version before."""
    started = Stack(docker, tmp_path, image_names | {"DOTT_API_IMAGE": image_before}, "upgrade")
    started.prepare()
    try:
        started.up()
        yield started
    finally:
        started.down()


def applied(stack: Stack) -> set[str]:
    return set(stack.psql("SELECT app || '.' || name FROM django_migrations").split())


class Visitor:
    """Somebody who lists and adds customers all the time, and notes each answer that is not as it should be."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.visits = 0
        self.refusals: list[str] = []
        self._leaves = threading.Event()
        self._thread = threading.Thread(target=self._visit)

    def _visit(self) -> None:
        while not self._leaves.wait(0.5):
            try:
                self.person.add_customer(f"Visit {self.visits}")
                self.person.customers()
            except (AssertionError, OSError) as error:
                self.refusals.append(repr(error))
            self.visits += 1

    def __enter__(self) -> "Visitor":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._leaves.set()
        self._thread.join()


def test_the_version_before_serves_on_this_schema(
    old_stack: Stack, newest: tuple[str, list[str]], image_names: dict[str, str]
) -> None:
    stack = old_stack
    new = set(newest[1])
    person = Person(stack).sign_up()
    person.add_customer("Before the upgrade")
    assert applied(stack) & new == set()

    stack.configure(DOTT_API_IMAGE=image_names["DOTT_API_IMAGE"])
    with Visitor(person) as visitor:
        stack.compose("run", "--rm", "-T", "--pull", "never", "migrate")
        stack.until(lambda: visitor.visits >= 3)
    assert new <= applied(stack)
    assert visitor.refusals == []

    assert {name: stack.inspect(name)["RestartCount"] for name in ROLES} == dict.fromkeys(ROLES, 0)

    # Not only what runs goes on: the old version also starts against the new schema, as after a crash.
    old = {name: stack.inspect(name)["Image"] for name in ROLES}
    refused = {name: told for migration in new for name, told in REFUSED.get(migration, {}).items()}
    stack.compose("restart", *ROLES)
    for name in ROLES:
        if name in refused:
            stack.until(lambda told=refused[name], name=name: told in stack.compose("logs", name))
        else:
            stack.until(lambda name=name: stack.inspect(name)["State"]["Health"]["Status"] == "healthy")
    stack.until(lambda: stack.health("ready") == 200)
    assert {name: stack.inspect(name)["Image"] for name in ROLES} == old
    person.add_customer("By the old version on the new schema")

    stack.up()
    assert not set(old.values()) & {stack.inspect(name)["Image"] for name in ROLES}
    assert {"Before the upgrade", "By the old version on the new schema"} <= set(person.customers())
