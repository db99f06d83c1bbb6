"""`./dott doctor`: every precondition, and for each that fails the way to mend it."""

import importlib.util
import os
import shlex
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from launcher import (
    account,
    compiled,
    footprint,
    ports,
    postgres_binaries,
    python_env,
    system_pip,
    up,
    web_env,
)
from launcher.console import Console
from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.stack import is_external
from launcher.test_programs import CHROMIUM, PGBOUNCER, Program

# Environment 0.3, web packages and build 0.9, pnpm store 0.5, database and room to work.
NEEDED_BYTES = 3 * 1024**3


def run(paths: Paths, console: Console) -> int:
    """Print one line per precondition; 0 when all hold, 1 otherwise."""
    failures = 0
    for title, check in CHECKS:
        try:
            note = check(paths)
        except (LauncherError, PermissionError) as error:
            failures += 1
            failure = error if isinstance(error, LauncherError) else no_permission(error, paths)
            console.failed(title, note=str(failure))
            for line in failure.mend.splitlines():
                console.say(f"    Mend: {line}")
        else:
            console.done(title, note=note)
    console.say()
    console.say("Everything is in place." if not failures else f"{failures} to mend.")
    return 1 if failures else 0


def no_permission(error: PermissionError, paths: Paths) -> LauncherError:
    """What to say when files here belong to someone else."""
    return LauncherError(
        f"No permission: {error.filename or error}",
        f"run ./dott as the user who owns {paths.state}, or take it over: "
        f"sudo chown -R {os.geteuid()} {shlex.quote(str(paths.state))}",
    )


def checkout(paths: Paths) -> str:
    for needed in (
        paths.backend / "requirements.lock",
        paths.frontend / "pnpm-lock.yaml",
        paths.bootstrap_sql,
    ):
        if not needed.exists():
            raise LauncherError(f"{needed} is missing.", "clone the repository again")
    return str(paths.root)


def state_folder(paths: Paths) -> str:
    target = nearest_existing(paths.state)
    if not os.access(target, os.W_OK | os.X_OK):
        raise LauncherError(
            f"{target} cannot be written.",
            "run ./dott as its owner, or set DOTT_STATE_DIR to a folder of yours",
        )
    return str(paths.state)


def nearest_existing(path: Path) -> Path:
    return path if path.exists() else nearest_existing(path.parent)


def disk_space(paths: Paths) -> str:
    free = shutil.disk_usage(nearest_existing(paths.state)).free
    if free < NEEDED_BYTES and not paths.venv.exists():
        raise LauncherError(
            f"Only {free / 1024**3:.1f} GiB are free.",
            f"free {NEEDED_BYTES / 1024**3:.0f} GiB for the first start",
        )
    return f"{free / 1024**3:.0f} GiB free"


def secrets_file(paths: Paths) -> str:
    if not paths.secrets.exists():
        return "made at the first start"
    if stat.S_IMODE(paths.secrets.stat().st_mode) & 0o077:
        raise LauncherError(f"Others can read {paths.secrets}.", f"chmod 600 {paths.secrets}")
    return "0600"


def python_environment(paths: Paths) -> str:
    if paths.venv.exists() and all(python_env.is_fresh(paths, lock) for lock in python_env.locks(dev=False)):
        return "installed"
    ways = [
        name
        for name, there in (
            ("uv", shutil.which("uv") is not None),
            ("venv", importlib.util.find_spec("ensurepip") is not None),
            ("venv and pip", importlib.util.find_spec("pip") is not None),
            ("venv and the pip of the system's packages", system_pip.is_possible()),
        )
        if there
    ]
    if not ways:
        raise LauncherError("This Python cannot make an environment with packages.", python_env.NO_VENV)
    return f"made at the next start, by {ways[0]}"


def database(paths: Paths) -> str:
    if is_external():
        return "DATABASE_URL"
    if not python_env.runs(paths.python) and not os.environ.get("DOTT_PG_BIN"):
        return "comes with the Python environment"
    found = postgres_binaries.find(paths.venv)
    return f"PostgreSQL {found.version} ({found.source})"


def database_account(_: Paths) -> str:
    if is_external():
        return "not needed"
    if os.geteuid() != 0:
        return account.of_uid(os.geteuid()).name
    known = account.existing_system_account()
    if known is None and account.useradd() is None:
        raise LauncherError(
            "PostgreSQL refuses to run as root, and there is no `useradd` to make a user for it.",
            "run ./dott as an ordinary user",
        )
    return known.name if known else "dott, made at the first start"


def temporary_folder(_: Paths) -> str:
    folder = Path(tempfile.gettempdir())
    if not os.access(folder, os.W_OK):
        raise LauncherError(f"{folder} cannot be written.", "set TMPDIR to a folder of yours")
    return str(folder)


def web_programs(_: Paths) -> str:
    found = web_env.node()
    if shutil.which("npm") is None:
        raise LauncherError("npm is not installed.", web_env.NODE_MEND)
    return found


def web_build(paths: Paths) -> str:
    return "built" if (web_env.release_folder(paths) / "server.js").exists() else "made at the next start"


def port(wanted: ports.NamedPort) -> Callable[[Paths], str]:
    def check(paths: Paths) -> str:
        if url := up.running(paths).get("url"):
            return f"Dott runs at {url}"
        return f"{ports.choose(wanted, None, lambda _: None)} is free"

    return check


def memory(paths: Paths) -> str:
    pid = up.running(paths).get("pid")
    if not isinstance(pid, int):
        return "shown while Dott runs"
    held, processes = footprint.of_tree(pid)
    return f"{held / footprint.MIB:.0f} MiB in {processes} processes"


def test_program(program: Program) -> Callable[[Paths], str]:
    """A note and never a failure: Dott itself runs without these."""

    def check(_: Paths) -> str:
        return program.find() or f"not installed; ./dott test needs it: apt-get install {program.package}"

    return check


CHECKS: tuple[tuple[str, Callable[[Paths], str]], ...] = (
    ("Checkout", checkout),
    ("State folder", state_folder),
    ("Disk space", disk_space),
    ("Secrets file", secrets_file),
    ("Python environment", python_environment),
    ("Compiled parts", compiled.told),
    ("Database", database),
    ("Database account", database_account),
    ("Temporary folder", temporary_folder),
    ("Node and npm", web_programs),
    ("Web build", web_build),
    ("Web port", port(ports.WEB)),
    ("API port", port(ports.API)),
    ("Memory in use", memory),
    ("Chromium (tests only)", test_program(CHROMIUM)),
    ("PgBouncer (tests only)", test_program(PGBOUNCER)),
)
