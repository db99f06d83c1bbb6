"""One version beside the next: it serves while and after the schema becomes that one's, also started anew."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.daemon import Docker
from person import Person
from stack import DEPLOY, Stack

ROOT = DEPLOY.parent
BACKEND = "backend/pyfactor"
TENANCY = f"{BACKEND}/dott/platform/tenancy"
ROLES = ("api", "worker", "realtime")
# Since there are marks, a version starts on what a later one has migrated (docs/adr/0008-images.md).
MARKS = f"{TENANCY}/reviewed.py"
NOT_THERE = "the commit before the newest migration is not in this clone; git fetch --unshallow"

# What a next version may bring that this one has not reviewed: a function with its owner's rights for the
# worker and one for the API, a table without tenants, an index that does not begin with the tenant.
NEXT_FUNCTIONS = """
SET ROLE dott_definer;
CREATE OR REPLACE FUNCTION app.of_the_next_version() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT count(*) FROM public.jobs_job';
REVOKE ALL ON FUNCTION app.of_the_next_version() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.of_the_next_version() TO dott_app, dott_worker;
RESET ROLE;
"""
NEXT_MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("crm", "{after}")]
    operations = [
        migrations.RunSQL(
            "CREATE TABLE crm_of_the_next_version (id int);"
            "GRANT SELECT ON crm_of_the_next_version TO dott_worker;"
            "CREATE INDEX of_the_next_version ON jobs_job (kind)"
        )
    ]
"""
NEXT_LISTS = """
FUNCTIONS[APP].append("app.of_the_next_version")
FUNCTIONS[WORKER].append("app.of_the_next_version")
TABLES[WORKER].append("crm_of_the_next_version")
INDEXES.append("of_the_next_version")
"""
# By hand and not by a migration: nobody marked it.
PLANTED = (
    "SET ROLE dott_definer;"
    "CREATE FUNCTION app.planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
    " SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM public.jobs_job';"
    "GRANT EXECUTE ON FUNCTION app.planted() TO dott_worker"
)


class Before(NamedTuple):
    """A commit, and the migrations that came after it as `app.name`."""

    commit: str
    new: set[str]


def git(*argv: str) -> str:
    done = subprocess.run(["git", *argv], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{NOT_THERE}\n{done.stderr}"
    return done.stdout.strip()


def is_in(commit: str, path: str) -> bool:
    return subprocess.run(["git", "cat-file", "-e", f"{commit}:{path}"], cwd=ROOT).returncode == 0


def can_migrate(commit: str) -> bool:
    """Whether no app has two migrations of one number: within a series of commits it may, a version never."""
    names = git("ls-tree", "-r", "--name-only", commit, "--", BACKEND).splitlines()
    paths = [path for path in map(Path, names) if path.parts[-2] == "migrations" and path.name[0] == "0"]
    numbers = [(path.parent, path.name[:4]) for path in paths]
    return len(numbers) == len(set(numbers))


def unpack(commit: str, folder: Path) -> Path:
    """The backend of a commit, below a folder."""
    archive = subprocess.run(["git", "archive", commit, BACKEND], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x"], input=archive.stdout, cwd=folder, check=True)
    return folder / BACKEND


@pytest.fixture(scope="module")
def before() -> Before:
    """The last version before the newest migration; the first commit with marks, if that is later."""
    migrations = f"{BACKEND}/dott/**/migrations/0*.py"
    commits = git("log", "--diff-filter=A", "--format=%H", "--", migrations).splitlines()
    commit = next(f"{one}^" for one in commits if can_migrate(f"{one}^"))
    if not is_in(commit, MARKS):
        commit = git("log", "-1", "--diff-filter=A", "--format=%H", "--", MARKS)
    added = git("diff", "--diff-filter=A", "--name-only", commit, "HEAD", "--", migrations)
    paths = [Path(line) for line in added.splitlines()]
    return Before(commit, {f"{path.parts[-3]}.{path.stem}" for path in paths})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sources"
    made.mkdir()
    return made


@pytest.fixture
def old_stack(
    docker: Docker, image_names: dict[str, str], before: Before, folder: Path, tmp_path: Path
) -> Iterator[Stack]:
    """Everything up, with the backend of the version before, built by the Dockerfile of then."""
    docker.build(unpack(before.commit, folder), "--tag", "dott-api:before", "--label", "version=before")
    yield from up(docker, tmp_path, image_names | {"DOTT_API_IMAGE": "dott-api:before"})


@pytest.fixture
def this_stack(docker: Docker, image_names: dict[str, str], tmp_path: Path) -> Iterator[Stack]:
    yield from up(docker, tmp_path, image_names)


@pytest.fixture
def next_image(docker: Docker, folder: Path) -> str:
    """This version with what a next one might bring."""
    backend = unpack("HEAD", folder)
    crm = sorted((backend / "dott/modules/crm/migrations").glob("0*.py"))[-1]
    (crm.parent / "9999_of_the_next_version.py").write_text(NEXT_MIGRATION.format(after=crm.stem))
    for path, text in (("sql/functions.sql", NEXT_FUNCTIONS), ("reviewed.py", NEXT_LISTS)):
        with (folder / TENANCY / path).open("a") as source:
            source.write(text)
    docker.build(backend, "--tag", "dott-api:next")
    return "dott-api:next"


def up(docker: Docker, folder: Path, images: dict[str, str]) -> Iterator[Stack]:
    started = Stack(docker, folder, images, "upgrade")
    started.prepare()
    try:
        started.up()
        yield started
    finally:
        started.down()


def applied(stack: Stack) -> set[str]:
    return set(stack.psql("SELECT app || '.' || name FROM django_migrations").split())


def restarted(stack: Stack) -> dict[str, str]:
    """Start every role anew on the present schema; the image of each, once all are healthy."""
    stack.compose("restart", *ROLES)
    for name in ROLES:
        stack.until(lambda name=name: stack.inspect(name)["State"]["Health"]["Status"] == "healthy")
    stack.until(lambda: stack.health("ready") == 200)
    return {name: stack.inspect(name)["Image"] for name in ROLES}


class Visitor:
    """Somebody who lists and adds customers all the time, and notes each answer that is not in order."""

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


def migrate_under_visitors(stack: Stack, person: Person, image: str) -> None:
    """The schema becomes that of another image while the present one serves, and nobody notices."""
    stack.configure(DOTT_API_IMAGE=image)
    with Visitor(person) as visitor:
        stack.compose("run", "--rm", "-T", "--pull", "never", "migrate")
        stack.until(lambda: visitor.visits >= 3)
    assert visitor.refusals == []
    assert {name: stack.inspect(name)["RestartCount"] for name in ROLES} == dict.fromkeys(ROLES, 0)


def test_the_version_before_serves_on_this_schema(
    old_stack: Stack, before: Before, image_names: dict[str, str]
) -> None:
    stack = old_stack
    person = Person(stack).sign_up()
    person.add_customer("Before the upgrade")
    assert applied(stack) & before.new == set()
    old = {name: stack.inspect(name)["Image"] for name in ROLES}

    migrate_under_visitors(stack, person, image_names["DOTT_API_IMAGE"])
    assert before.new <= applied(stack)
    # Not only what runs goes on: the old version also starts against the new schema, as after a crash.
    assert restarted(stack) == old
    person.add_customer("By the old version on the new schema")

    stack.up()
    assert not set(old.values()) & {stack.inspect(name)["Image"] for name in ROLES}
    assert {"Before the upgrade", "By the old version on the new schema"} <= set(person.customers())


def test_this_version_serves_on_the_schema_of_the_next(this_stack: Stack, next_image: str) -> None:
    """What the next version reviewed is not known here, and accepted; what nobody reviewed is not."""
    stack = this_stack
    person = Person(stack).sign_up()
    ours = {name: stack.inspect(name)["Image"] for name in ROLES}

    migrate_under_visitors(stack, person, next_image)
    assert "crm.9999_of_the_next_version" in applied(stack)
    assert restarted(stack) == ours
    person.add_customer("By this version on the next schema")
    assert "By this version on the next schema" in person.customers()

    stack.psql(PLANTED)
    stack.compose("restart", "worker")
    stack.until(lambda: "app.planted()" in stack.compose("logs", "worker"))
    assert "of_the_next_version" not in stack.compose("logs", "worker")
