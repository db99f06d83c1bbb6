"""What the engine says where it cannot run, and what it cleans up."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from engine.__main__ import SKIPPED, main
from engine.daemon import Docker
from leftovers import forget_the_dead


def test_where_no_engine_can_run_nothing_counts_as_passed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOTT_IMAGES_ENGINE", "own")
    monkeypatch.setenv("DOTT_IMAGES_CACHE", str(tmp_path))
    monkeypatch.delenv("DOTT_IMAGES_UNTIL", raising=False)  # of the run that this test is part of
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert main(["run", "true"]) == SKIPPED
    assert "skipped: a container engine needs root" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_cut_off_leaves_nothing_for_long(docker: Docker) -> None:
    """Of a process that is no more everything goes, of one that lives nothing."""
    highest = int(Path("/proc/sys/kernel/pid_max").read_text())
    project = {pid: f"dott-test-{pid}-{uuid.uuid4().hex[:6]}" for pid in (highest + 1, os.getpid())}
    for name in project.values():
        docker.run("volume", "create", "--label", f"com.docker.compose.project={name}", name)
    try:
        forget_the_dead(docker)
        left = docker.run("volume", "ls", "--quiet").split()
    finally:
        docker.run("volume", "rm", "--force", *project.values())

    assert project[highest + 1] not in left
    assert project[os.getpid()] in left


# The alarm of the deadline rings in the second test; the time itself is far away.
IN_TIME = """
import signal
import pytest

@pytest.fixture(scope="session")
def stack():
    yield
    print("put away")

def test_first(stack):
    assert {first}

def test_second(stack):
    signal.raise_signal(signal.SIGALRM)

def test_third():
    print("third")
"""


@pytest.mark.parametrize(("first", "code"), [(True, SKIPPED), (False, 1)])
def test_when_the_time_is_up_what_failed_counts(tmp_path: Path, *, first: bool, code: int) -> None:
    """What was not reached does not, and what was started is put away."""
    (tmp_path / "test_in_time.py").write_text(IN_TIME.format(first=first))
    env = os.environ | {
        "DOTT_IMAGES_UNTIL": str(time.time() + 3600),
        "PYTHONPATH": str(Path(__file__).parent),
    }

    argv = [sys.executable, "-m", "pytest", "-s", "-p", "conftest", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(argv, env=env, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == code, done.stdout
    assert "time was up after 1 of 3 tests" in done.stdout + done.stderr
    assert "put away" in done.stdout
    assert "third" not in done.stdout
