"""The Python environment in `.venv`, installed from the hash-locked requirements."""

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from launcher import stamps, system_pip
from launcher.errors import LauncherError
from launcher.locks import FileLock
from launcher.paths import Paths
from launcher.supervisor import Supervisor

UV_REQUIREMENTS = Path(__file__).with_name("uv-requirements.txt")
NO_VENV = "apt install python3-venv   (or the package of your system that brings `python3 -m venv`)"


def ensure(paths: Paths, supervisor: Supervisor, *, dev: bool = False) -> bool:
    """Create or update the environment; returns whether anything was installed.

    dev: also the tools of requirements-dev.lock. Raises LauncherError.
    """
    with FileLock(paths.run / "python.lock"):
        stale = [name for name in locks(dev=dev) if not is_fresh(paths, name)]
        if not stale:
            return False
        installer = Installer(paths, supervisor)
        installer.make_environment()
        for name in stale:
            installer.install(paths.backend / name)
            stamps.write(stamp_of(paths, name), wanted(paths, name))
    return True


def locks(*, dev: bool) -> list[str]:
    """What an image holds, what a machine needs beside it, and with `dev` the tools."""
    return ["requirements.lock", "requirements-local.lock", *(["requirements-dev.lock"] if dev else [])]


def is_fresh(paths: Paths, lock: str) -> bool:
    return stamps.is_fresh(stamp_of(paths, lock), wanted(paths, lock)) and runs(paths.python)


def stamp_of(paths: Paths, lock: str) -> Path:
    return paths.venv / f"dott-{lock}.stamp"


def wanted(paths: Paths, lock: str) -> str:
    try:
        text = (paths.backend / lock).read_text()
    except FileNotFoundError as error:
        raise LauncherError(f"The checkout is incomplete: {error.filename} is missing.") from None
    return stamps.fingerprint(text, f"{sys.platform} {sys.version_info[:2]}", str(paths.venv))


def runs(python: Path) -> bool:
    """Whether an interpreter starts and is of the launcher's own version."""
    try:
        done = subprocess.run(
            [str(python), "-I", "-S", "-c", "import sys; print(sys.version_info[:2])"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == str(tuple(sys.version_info[:2]))


class Installer:
    """The chain of ways to an environment: uv, venv with pip, venv with the pip of the system's packages."""

    def __init__(self, paths: Paths, supervisor: Supervisor) -> None:
        self.paths = paths
        self.supervisor = supervisor
        self.log = paths.logs / "python-env.log"
        self.log.write_bytes(b"")

    def make_environment(self) -> None:
        if not runs(self.paths.python):
            shutil.rmtree(self.paths.venv, ignore_errors=True)
            if not any(self._run(argv) for argv in self._ways_to_make()):
                raise LauncherError(f"No Python environment could be made (see {self.log}).", NO_VENV)

    def _ways_to_make(self) -> Iterator[list[str]]:
        venv = str(self.paths.venv)
        if uv := shutil.which("uv"):
            yield [uv, "venv", "--clear", "--python", sys.executable, venv]
        yield [sys.executable, "-m", "venv", "--clear", venv]
        yield [sys.executable, "-m", "venv", "--clear", "--without-pip", venv]

    def install(self, lock: Path) -> None:
        """Install exactly what the lock names; every file is checked against its hash."""
        chosen = ["--require-hashes", "--no-deps", "-r", str(lock)]
        into = ["--python", str(self.paths.python)]
        uv = self._uv()
        if uv and self._run([uv, "pip", "install", *into, "--compile-bytecode", *chosen]):
            return
        # pip honours every setting of the machine (mirror, certificates), uv only some.
        if any(self._run([*pip, "install", *chosen]) for pip in self._pips()):
            return
        raise LauncherError(
            f"The packages of {lock.name} could not be installed. The end of {self.log}:\n"
            + self.log.read_text(errors="replace")[-1500:],
            "check the network, or pip's index setting, and run the command again",
        )

    def _uv(self) -> str | None:
        """uv from PATH, or the pinned one inside the environment, installed if need be."""
        inside = self.paths.venv / "bin" / "uv"
        if found := shutil.which("uv") or (str(inside) if inside.exists() else None):
            return found
        if any(
            self._run([*pip, "install", "--require-hashes", "-r", str(UV_REQUIREMENTS)])
            for pip in self._pips()
        ):
            return str(inside)
        return None

    def _pips(self) -> Iterator[list[str]]:
        """Ways to call pip on the environment: its own, the launcher's, that of the system's packages."""
        python = str(self.paths.python)
        found = False
        for pip in ([python, "-m", "pip"], [sys.executable, "-m", "pip", "--python", python]):
            if self._run([*pip, "--version"]):
                found = True
                yield pip
        if not found and system_pip.is_possible():
            tools = self.paths.tools
            if pip_of_system := system_pip.find(tools) or system_pip.fetch(tools, self._run):
                yield [python, str(pip_of_system)]

    def _run(self, argv: Sequence[str], folder: Path | None = None) -> bool:
        with self.log.open("a") as log:
            log.write(f"$ {' '.join(argv)}\n")
        code = self.supervisor.run(argv, cwd=folder or self.paths.root, log=self.log, env=self._environment())
        self.supervisor.raise_if_stopping()
        return code == 0

    def _environment(self) -> dict[str, str]:
        """The caller's environment, with pip's index and certificates told to uv as well."""
        env = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONHOME")}
        for setting, name in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
            value = env.get(f"PIP_{setting.upper().replace('-', '_')}") or self._pip_settings().get(setting)
            if value:
                env.setdefault(name, value)
        return env

    def _pip_settings(self) -> dict[str, str]:
        unpacked = system_pip.find(self.paths.tools)
        return pip_settings((str(unpacked),) if unpacked else ("-m", "pip"))


@functools.cache
def pip_settings(pip: tuple[str, ...]) -> dict[str, str]:
    """The global settings of pip's configuration files, by name; empty without pip."""
    argv = [sys.executable, *pip, "config", "list"]
    done = subprocess.run(argv, capture_output=True, text=True)
    found = re.findall(r"^global\.([\w-]+)='(.*)'$", done.stdout, re.MULTILINE)
    return dict(found)
