"""The secrets file."""

import stat
from pathlib import Path

import pytest

from launcher import credentials
from launcher.errors import LauncherError


def test_secrets_are_random_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    first = credentials.load(tmp_path / "env")
    other = credentials.load(tmp_path / "other")

    assert set(first) == set(credentials.GENERATED)
    assert all(first[name] != other[name] for name in first)
    assert all(len(value) >= 20 for value in first.values())
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


def test_they_stay_the_same_and_missing_ones_are_added(tmp_path: Path) -> None:
    path = tmp_path / "env"
    credentials.write(path, {"DOTT_APP_PASSWORD": "kept", "OTHER": "mine"})

    loaded = credentials.load(path)

    assert loaded["DOTT_APP_PASSWORD"] == "kept"
    assert loaded["OTHER"] == "mine"
    assert loaded == credentials.load(path)


def test_a_file_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "env"
    credentials.load(path)
    path.chmod(0o640)

    with pytest.raises(LauncherError) as caught:
        credentials.load(path)

    assert caught.value.mend == f"chmod 600 {path}"
