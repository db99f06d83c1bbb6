"""What `./dott asvs` reads, and what it refuses."""

from pathlib import Path

import pytest

from launcher import asvs
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths

PYTHON = """
@pytest.mark.asvs("6.2.1", "6.2.9")
@pytest.mark.parametrize("length", [11, 129])
def test_length(length): ...

def test_unmarked(): ...

# ASVS 3.4.1
async def test_headers(): ...
"""
SCRIPT = """
// ASVS 3.7.2, 14.2.3
test("never to another site", async ({ page }) => {
"""


def repository(root: Path, floor: int, requirements: str = "6.2.1,1,Length,\n3.4.1,1,HSTS,\n") -> Paths:
    """A tree with a list, a number and one file of tests."""
    (root / "docs").mkdir()
    (root / asvs.REQUIREMENTS).write_text(f"id,level,requirement,deviation\n{requirements}", encoding="utf-8")
    (root / asvs.FLOOR).write_text(f"{floor}\n", encoding="utf-8")
    (root / "deploy/tests").mkdir(parents=True)
    (root / "deploy/tests/test_x.py").write_text("# ASVS 6.2.1\ndef test_a(): ...\n", encoding="utf-8")
    return Paths(root, root / ".dott")


def test_a_mark_belongs_to_the_next_test() -> None:
    assert list(asvs.in_text(PYTHON, "x.py")) == [
        ("6.2.1", "x.py::test_length"),
        ("6.2.9", "x.py::test_length"),
        ("3.4.1", "x.py::test_headers"),
    ]
    assert list(asvs.in_text(SCRIPT, "x.ts")) == [
        ("3.7.2", "x.ts::never to another site"),
        ("14.2.3", "x.ts::never to another site"),
    ]


def test_the_number_is_held(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asvs.run(repository(tmp_path, 1), Console(), is_check=True) == 0
    assert "ASVS: 2 in scope, 1 pass, 0 deviations, 1 untested" in capsys.readouterr().out


def test_a_number_that_falls_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asvs.run(repository(tmp_path, 2), Console(), is_check=True) == 1
    assert "may only rise" in capsys.readouterr().out


def test_a_number_that_rose_is_to_be_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asvs.run(repository(tmp_path, 0), Console(), is_check=True) == 0
    assert "write 1 into it" in capsys.readouterr().out


def test_a_requirement_that_is_not_listed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asvs.run(repository(tmp_path, 0, "3.4.1,1,HSTS,\n"), Console(), is_check=True) == 1
    assert "names 6.2.1, which is not in" in capsys.readouterr().out


def test_a_deviation_never_counts_as_covered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asvs.run(repository(tmp_path, 0, "6.2.1,1,Length,D9: not yet\n"), Console(), is_check=True) == 0
    assert "0 pass, 1 deviations, 0 untested" in capsys.readouterr().out


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(LauncherError, match="twice"):
        asvs.listed(repository(tmp_path, 0, "6.2.1,1,Length,\n6.2.1,1,Length,\n").root)
