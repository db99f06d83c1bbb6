"""What the backend compiles for this machine. Dott runs without it, slower."""

import platform
import shutil
import sys
from pathlib import Path

from launcher import stamps
from launcher.paths import Paths
from launcher.supervisor import Supervisor
from launcher.test_programs import COMPILER


def folder(paths: Paths) -> Path:
    return paths.backend / "dott" / "platform" / "api" / "plans" / "native"


def is_due(paths: Paths) -> bool:
    """Whether it would be another than there is, and can be made here."""
    return shutil.which("cc") is not None and not is_fresh(paths)


def is_fresh(paths: Paths) -> bool:
    return (folder(paths) / "rows.so").exists() and stamps.is_fresh(_stamp(paths), _wanted(paths))


def build(paths: Paths, supervisor: Supervisor) -> None:
    """Try; what went wrong is in the log, and tried again at the next start."""
    argv = [str(paths.python), "-I", str(folder(paths) / "build.py")]
    if supervisor.run(argv, cwd=paths.root, log=paths.logs / "compiled.log") == 0:
        stamps.write(_stamp(paths), _wanted(paths))


def told(paths: Paths) -> str:
    """For ./dott doctor."""
    if is_fresh(paths):
        return "built"
    if is_due(paths):
        return f"built at the next start; {paths.logs / 'compiled.log'} says if that failed"
    return f"no C compiler: lists take a third more of the API's time. apt-get install {COMPILER.package}"


def _wanted(paths: Paths) -> str:
    parts = [(folder(paths) / name).read_text() for name in ("rows.c", "build.py")]
    return stamps.fingerprint(*parts, sys.platform, platform.machine(), str(paths.root))


def _stamp(paths: Paths) -> Path:
    return paths.stamps / "compiled"
