"""The operating-system account PostgreSQL runs under.

PostgreSQL refuses to run as root, so root lends it a system account; an ordinary user
is that account himself.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.errors import LauncherError


@dataclass(frozen=True)
class Account:
    """name, uid and gid of the account; `switch` is true when we must change to it."""

    name: str
    uid: int
    gid: int
    switch: bool

    def popen(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run a program under this account."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand a file or folder of ours to this account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def can_run(self, *argv: str) -> bool:
        """Whether this account can execute the program and it exits 0."""
        try:
            done = subprocess.run(
                argv, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, **self.popen()
            )
        except OSError:
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        return self.can_run("test", "-x", str(folder))


def of_uid(uid: int) -> Account:
    """The account of a user id. Raises LauncherError when the system does not know it."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise LauncherError(
            f"User id {uid} has no entry in the system's user list, and initdb needs one.",
            "run Dott as a named user, or set DATABASE_URL to a PostgreSQL of your own",
        ) from None
    return Account(entry.pw_name, uid, entry.pw_gid, switch=uid != os.geteuid())


def for_database(data: Path) -> Account:
    """The account that runs the cluster in `data`.

    An existing cluster keeps its owner, whoever started it first. A new one belongs to
    the current user, or, under root, to `postgres` or the system user `dott`.
    """
    if os.geteuid() != 0:
        return of_uid(os.geteuid())
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return of_uid(owner)
    return existing_system_account() or create_system_account("dott")


def existing_system_account() -> Account | None:
    for name in ("postgres", "dott"):
        try:
            return of_uid(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    return None


def useradd() -> str | None:
    return shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def create_system_account(name: str) -> Account:
    """Add a system user without home or shell. Needs root."""
    program = useradd()
    if program is None:
        raise LauncherError(
            "PostgreSQL refuses to run as root and `useradd` is missing.",
            "run ./dott as an ordinary user",
        )
    done = subprocess.run(
        [program, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", name],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise LauncherError(
            f"Could not create the system user {name}: {done.stderr.strip()}",
            "run ./dott as an ordinary user",
        )
    return of_uid(pwd.getpwnam(name).pw_uid)
