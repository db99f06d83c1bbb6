"""What is compiled is built where that is possible, and nothing fails where it is not."""

import shutil
import sys
from pathlib import Path

import pytest

from launcher import compiled
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.supervisor import Supervisor
from launcher.tests.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Paths:
    """A checkout of the compiled part alone, nothing built."""
    found = Paths(tmp_path / "a checkout", tmp_path / "state")
    ours = Paths(ROOT, ROOT)
    left = shutil.ignore_patterns("*.so", "__pycache__")
    shutil.copytree(compiled.folder(ours), compiled.folder(found), ignore=left)
    shutil.copytree(ours.backend / "image", found.backend / "image", ignore=left)
    found.make_state()
    found.python.parent.mkdir(parents=True)
    found.python.symlink_to(sys.executable)
    return found


def test_it_is_built_once_for_each_version(checkout: Paths) -> None:
    assert compiled.is_due(checkout)
    compiled.build(checkout, Supervisor())
    assert (compiled.is_due(checkout), compiled.told(checkout)) == (False, "built")
    source = compiled.folder(checkout) / "rows.c"
    source.write_text(f"{source.read_text()}/* another */\n")
    assert compiled.is_due(checkout)


def test_an_incomplete_checkout_is_named(checkout: Paths) -> None:
    (compiled.folder(checkout) / "rows.c").unlink()
    compiled.build(checkout, Supervisor())
    assert compiled.is_due(checkout)
    (compiled.folder(checkout) / "source.py").unlink()
    with pytest.raises(LauncherError, match=r"incomplete: .*source.py"):
        compiled.told(checkout)


def test_a_compiler_that_fails_is_no_failure(checkout: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "false")
    compiled.build(checkout, Supervisor())
    assert compiled.is_due(checkout)
    assert "returned non-zero" in (checkout.logs / "compiled.log").read_text()


def test_without_a_compiler_nothing_is_due(checkout: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout.state))
    assert not compiled.is_due(checkout)
    assert "apt-get install gcc libc6-dev" in compiled.told(checkout)
