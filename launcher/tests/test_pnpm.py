"""The package manager is run only when every package of it has the pinned hash."""

import json
from pathlib import Path

import pytest

from launcher import web_env
from launcher.errors import LauncherError


def installed(folder: Path, **changed: str | None) -> Path:
    """A folder as npm leaves it; changed: hashes other than the pinned ones."""
    hashes = {name: web_env.PNPM_INTEGRITY[name] for name in ("pnpm", "@pnpm/exe.linux-x64")} | changed
    modules = folder / "node_modules"
    modules.mkdir(parents=True)
    packages = {f"node_modules/{n}": {"version": web_env.PNPM, "integrity": h} for n, h in hashes.items()}
    (modules / ".package-lock.json").write_text(json.dumps({"packages": packages}))
    return folder


def test_the_pinned_packages_are_kept(tmp_path: Path) -> None:
    folder = installed(tmp_path / "pnpm")
    web_env.refuse_unpinned(folder)
    assert folder.exists()


# ASVS 15.2.4
@pytest.mark.parametrize("name", ["pnpm", "@pnpm/exe.linux-x64", "a-stranger"])
@pytest.mark.parametrize("wrong", ["sha512-AAAA", None])
def test_a_wrong_or_missing_hash_is_refused_and_nothing_is_left(
    tmp_path: Path, name: str, wrong: str | None
) -> None:
    folder = installed(tmp_path / "pnpm", **{name: wrong})
    with pytest.raises(LauncherError, match=f"The registry's {name} "):
        web_env.refuse_unpinned(folder)
    assert not folder.exists()
