"""What the engine says where it cannot run, and what it cleans up."""

import os
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
