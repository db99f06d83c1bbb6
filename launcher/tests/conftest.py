"""Real clusters and processes in temporary folders; the checkout's environment is reused."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher import account, compiled, postgres_binaries, undertaker
from launcher.paths import Paths
from launcher.placement import place
from launcher.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
# Of the running suite only what a shell would give; a test's launcher finds the rest itself.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "DOTT_"))}


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder whose path has a space and an accent, reachable for other accounts."""
    parent = Path(tempfile.mkdtemp(prefix="dott café ", dir="/var/tmp"))
    parent.chmod(0o755)
    yield parent / "state"
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def paths(state: Path) -> Paths:
    found = Paths(ROOT, state)
    found.make_state()
    return found


@pytest.fixture
def cluster(paths: Paths) -> Iterator[Cluster]:
    """A cluster that is not started yet and is stopped at the end."""
    made = Cluster(place(paths), paths.run, durable=False)
    yield made
    made.stop()
    if made.pid is not None:
        os.kill(made.pid, signal.SIGQUIT)


@pytest.fixture
def dott(state: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `./dott …` on the state folder, output captured; all are killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **env: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, str(ROOT / "dott"), *arguments],
            env=CLEAN | {"DOTT_STATE_DIR": str(state)} | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(child)
        return child

    yield run
    for child in started:
        if child.poll() is None:
            child.kill()
        child.communicate()


@pytest.fixture
def ordinary_user() -> pwd.struct_passwd:
    """An account without rights, to run as. Root is needed to become it."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    return pwd.getpwnam("nobody")


@pytest.fixture
def open_checkout() -> Iterator[Path]:
    """What the launcher reads of the checkout, copied to where every account reaches it.

    The checkout itself may lie in a closed home folder, as root's is.
    """
    copy = Path(tempfile.mkdtemp(prefix="dott open ", dir="/var/tmp"))
    shutil.copy(ROOT / "dott", copy)
    shutil.copytree(
        ROOT / "launcher", copy / "launcher", ignore=shutil.ignore_patterns("tests", "__pycache__")
    )
    found, there = Paths(ROOT, ROOT), Paths(copy, copy)
    shutil.copytree(found.bootstrap_sql, there.bootstrap_sql)
    unbuilt = shutil.ignore_patterns("*.so", "__pycache__")
    shutil.copytree(compiled.folder(found), compiled.folder(there), ignore=unbuilt)
    there.frontend.mkdir(parents=True)
    for needed in (*found.backend.glob("*.lock"), found.frontend / "pnpm-lock.yaml"):
        shutil.copy(needed, copy / needed.relative_to(ROOT))
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield copy
    shutil.rmtree(copy)


@pytest.fixture
def open_postgres(open_checkout: Path, ordinary_user: pwd.struct_passwd) -> Path:
    """The folder of PostgreSQL's programs, where the ordinary user can run them."""
    found = postgres_binaries.find(Paths.find().venv)
    return postgres_binaries.reachable(found, account.of_uid(ordinary_user.pw_uid), open_checkout).folder


def wait_for(condition: Callable[[], bool], within_s: float = 30.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def wait_for_line(child: subprocess.Popen[str], text: str) -> str:
    """Read the child's output up to the line with the text; returns all that was read."""
    assert child.stdout is not None
    read = ""
    for line in iter(child.stdout.readline, ""):
        read += str(line)
        if text in line:
            return read
    raise AssertionError(f"{text!r} never came:\n{read}")


def alive(pid: int) -> bool:
    return any(pid == other for other, _, _ in undertaker.processes())


def usable(python: str, user: pwd.struct_passwd) -> bool:
    """Whether the user can run this interpreter and it is new enough."""
    return account.of_uid(user.pw_uid).can_run(
        python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"
    )
