"""Programs that only the tests need and that come from the system's packages."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from launcher.errors import LauncherError
from launcher.process import tail
from launcher.supervisor import Supervisor


@dataclass(frozen=True)
class Program:
    """One program: the names it goes by, its Debian packages, and what for. parts: of `./dott test`."""

    names: tuple[str, ...]
    package: str
    purpose: str
    parts: frozenset[str]

    def find(self) -> str | None:
        """Its path, or None. Debian keeps servers where only root's PATH looks."""
        path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
        return next((found for name in self.names if (found := shutil.which(name, path=path))), None)

    def required(self) -> str:
        """Its path. Raises LauncherError with the command that installs it."""
        found = self.find()
        if found is None:
            raise LauncherError(
                f"{self.names[0].title()} is missing; only `./dott test` needs it, for {self.purpose}.",
                f"apt-get install {self.package}",
            )
        return found


CHROMIUM = Program(
    ("chromium", "chromium-browser", "google-chrome"),
    "chromium",
    "the end-to-end tests",
    frozenset({"e2e", "images", "tour", "attacks"}),
)
PGBOUNCER = Program(
    ("pgbouncer",), "pgbouncer", "isolation through a connection pooler", frozenset({"backend"})
)
# Dott builds what it compiles where it can; that this writes what Python writes is for the tests to say.
COMPILER = Program(("cc",), "gcc libc6-dev", "what is compiled", frozenset({"backend", "launcher"}))
PROGRAMS = (CHROMIUM, PGBOUNCER, COMPILER)


def missing(parts: Iterable[str]) -> list[Program]:
    """Those that the parts of a test run need and this machine has not."""
    wanted = set(parts)
    return [program for program in PROGRAMS if program.parts & wanted and program.find() is None]


def can_install() -> bool:
    """Whether we may install packages ourselves: root on a Debian-like system."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(programs: Iterable[Program], supervisor: Supervisor, log: Path) -> None:
    """Install from the system's packages. Raises LauncherError when apt-get refuses."""
    packages = [name for program in programs for name in program.package.split()]
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for argv in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-yq", "--no-install-recommends", *packages],
    ):
        code = supervisor.run(argv, cwd=Path("/"), log=log, env=env)
        supervisor.raise_if_stopping()
        if code != 0:
            raise LauncherError(
                f"apt-get ended with {code}.\n{tail(log)}", f"apt-get install {' '.join(packages)}"
            )
