"""Where a cluster lives: account, data folder, socket folder, programs."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher import account as accounts
from launcher import postgres_binaries
from launcher.account import Account
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.postgres_binaries import Binaries

SHARED_STATE = Path("/var/lib/dott")
PORT = 5432  # only names the socket file; nothing listens on TCP
# sockaddr_un holds 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Placement:
    account: Account
    binaries: Binaries
    data: Path
    sockets: Path
    log: Path


def place(paths: Paths) -> Placement:
    """Decide where the cluster of this state folder lives, and make the folders.

    State the database account cannot reach (root's closed home) is not opened for it:
    the data then go to /var/lib/dott/<hash of the state path>.
    """
    found = postgres_binaries.find(paths.venv)
    base = paths.state
    account = accounts.for_database(base / "pg" / str(found.major))
    if account.switch and not account.can_enter(base):
        base = SHARED_STATE / digest(paths.state)
        base.mkdir(parents=True, exist_ok=True)
        for folder in (SHARED_STATE, base):
            folder.chmod(0o711)  # whatever root's umask is
        account = accounts.for_database(base / "pg" / str(found.major))
    binaries = postgres_binaries.reachable(found, account, base)
    clusters = base / "pg"
    clusters.mkdir(mode=0o700, exist_ok=True)
    account.give(clusters)
    data = clusters / str(binaries.major)
    return Placement(account, binaries, data, socket_folder(base, account), postgres_log(paths))


def postgres_log(paths: Paths) -> Path:
    return paths.logs / "postgres.log"


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def socket_folder(base: Path, account: Account) -> Path:
    """A 0700 folder of the account, short enough for a socket path."""
    folder = base / "sock"
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH:
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        usable = not account.switch and runtime and os.access(runtime, os.W_OK)
        parent = Path(runtime if usable else tempfile.gettempdir())
        folder = parent / f"dott-{account.uid}-{digest(base)}"
    try:
        folder.mkdir(mode=0o700)
        account.give(folder)
    except FileExistsError:
        # The temp folder is everybody's: a stranger may have made this name first.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
            raise LauncherError(
                f"The socket folder {folder} belongs to someone else.", f"remove {folder}"
            ) from None
        folder.chmod(0o700)
    return folder
