"""What the backend compiles for this machine. Dott runs without it, slower."""

import runpy
import shutil
from pathlib import Path

from launcher.errors import LauncherError
from launcher.paths import Paths
from launcher.supervisor import Supervisor
from launcher.test_programs import COMPILER


def folder(paths: Paths) -> Path:
    return paths.backend / "dott" / "platform" / "api" / "plans" / "native"


def is_built(paths: Paths) -> bool:
    """Raises LauncherError where the sources are not all there."""
    try:
        return bool(runpy.run_path(str(folder(paths) / "source.py"))["is_built"]())
    except FileNotFoundError as error:
        raise LauncherError(f"The checkout is incomplete: {error.filename} is missing.") from None


def is_due(paths: Paths) -> bool:
    """Whether it is missing, or of another version, and can be made here."""
    return shutil.which("cc") is not None and not is_built(paths)


def build(paths: Paths, supervisor: Supervisor) -> None:
    """Try. What went wrong is in the log, and tried again at the next start."""
    argv = [str(paths.python), "-I", str(paths.backend / "image" / "build_native.py"), str(folder(paths))]
    supervisor.run(argv, cwd=paths.root, log=_log(paths))


def told(paths: Paths) -> str:
    """For `./dott doctor`. A note and never a failure."""
    if is_built(paths):
        return "built"
    if is_due(paths):
        return f"built at the next start; if that fails, {_log(paths)} says why"
    return f"no C compiler, so lists cost the API a third more: apt-get install {COMPILER.package}"


def _log(paths: Paths) -> Path:
    return paths.logs / "compiled.log"
