"""The web half: Node, pnpm, packages, and the production build."""

import json
import os
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from launcher import stamps
from launcher.errors import LauncherError
from launcher.locks import FileLock
from launcher.paths import Paths
from launcher.supervisor import Supervisor

OLDEST_NODE = (20, 9)
# 12 is a native program and runs beside Node 20; 11 needs Node 22.
PNPM = "12.21.0"
# What the registry's metadata say of its packages. npm holds the archives to the metadata; here the metadata
# are held to these.
PNPM_INTEGRITY = {
    "pnpm": "sha512-Zv2CeO4ok1zpUXktNDZ/869cQyonVkRYIwKVM4NbjaUpu+C+UTCv1W7QcT+4eJ5Hutgtk71a4v5UsVVi1idu8A==",
    "@pnpm/exe.linux-x64": (
        "sha512-8eufCjHXspKbNS/kh8q4Q0gqJoOuvC4Q5pgos6XS8By/nAMtP+jf8F1Cw9er840kfAX+PJ/ts+A9qnLE91rvXQ=="
    ),
    "@pnpm/exe.linux-arm64": (
        "sha512-4Oj/iF2TDCe2lcH0n4TupPR5sSdrNLclJB6xBElLMPCUOAvBhdf2rRlSaO5M4erJ6g4Fyy7YTXTpcmfFsKyxEA=="
    ),
}
NODE_MEND = (
    "install Node 20.9 or later (nodejs.org, or a version manager) so that `node` and `npm` are on PATH"
)
# Not part of the build: a change here must not cost one.
NOT_BUILT = frozenset({"node_modules", ".next", "e2e", "test-results", "playwright-report", "coverage"})


def node() -> str:
    """The path of a Node that is new enough. Raises LauncherError."""
    found = shutil.which("node")
    if found is None:
        raise LauncherError("Node is not installed.", NODE_MEND)
    done = subprocess.run([found, "--version"], capture_output=True, text=True)
    version = re.match(r"v(\d+)\.(\d+)", done.stdout)
    if version is None or tuple(map(int, version.groups())) < OLDEST_NODE:
        raise LauncherError(f"Node {done.stdout.strip() or 'at ' + found} is too old.", NODE_MEND)
    return found


# What both halves go by.
SHARED_SETTINGS = frozenset({"DOTT_SESSION_COOKIE_NAME"})


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The caller's environment without Dott's secrets, which the web half never sees."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in SHARED_SETTINGS
        or (not name.startswith(("DATABASE_", "DJANGO_", "DOTT_")) and name != "NODE_ENV")
    }
    return kept | {"NEXT_TELEMETRY_DISABLED": "1"} | (extra or {})


def refuse_unpinned(folder: Path) -> None:
    """Remove an installed pnpm of which any package has another hash than the pinned one.

    Raises LauncherError that names the package.
    """
    installed = json.loads((folder / "node_modules" / ".package-lock.json").read_text())["packages"]
    for place, package in installed.items():
        name = place.removeprefix("node_modules/")
        if package.get("integrity") != PNPM_INTEGRITY.get(name, "unknown"):
            shutil.rmtree(folder)
            raise LauncherError(
                f"The registry's {name} {package.get('version')} is not the one that Dott was tested with.",
                "compare its hash with PNPM_INTEGRITY in launcher/web_env.py before you trust this registry",
            )


def release_folder(paths: Paths) -> Path:
    """Where the server built from the sources as they are now is kept."""
    files = (p for p in stamps.walk(paths.frontend, NOT_BUILT) if p.suffix != ".tsbuildinfo")
    digest = stamps.of_files(paths.frontend, (p for p in files if p.name != "next-env.d.ts"))
    return paths.state / "web" / digest[:16]


class Web:
    """Prepares the frontend of one checkout. Its methods may run in a second thread."""

    def __init__(self, paths: Paths, supervisor: Supervisor) -> None:
        self.paths = paths
        self.supervisor = supervisor
        self.log = paths.logs / "web-build.log"

    def pnpm(self) -> str:
        """The pinned pnpm, installed through npm into the state folder when missing."""
        program = self._pnpm_program()
        if program is None:
            node()
            npm = shutil.which("npm")
            if npm is None:
                raise LauncherError("npm is not installed.", NODE_MEND)
            folder = self._pnpm_folder()
            folder.mkdir(parents=True, exist_ok=True)
            # Its install script only copies the native program we call ourselves.
            argv = [npm, "install", "--prefix", str(folder), "--no-save", "--ignore-scripts"]
            self._check([*argv, "--no-audit", "--no-fund", f"pnpm@{PNPM}"], folder)
            refuse_unpinned(folder)
            program = self._pnpm_program()
            if program is None:
                raise LauncherError(f"pnpm {PNPM} has no program for this system (see {self.log}).")
        return program

    def _pnpm_folder(self) -> Path:
        return self.paths.tools / f"pnpm-{PNPM}"

    def _pnpm_program(self) -> str | None:
        found = sorted(self._pnpm_folder().glob("node_modules/@pnpm/exe.*/pnpm"))
        return str(found[0]) if found else None

    def is_installed(self) -> bool:
        return stamps.is_fresh(self._packages_stamp(), self._packages_hash())

    def install(self) -> None:
        """Install the packages of the frozen lock."""
        argv = [self.pnpm(), "install", "--frozen-lockfile", "--prefer-offline"]
        self._check(argv, self.paths.frontend)
        stamps.write(self._packages_stamp(), self._packages_hash())

    def _packages_stamp(self) -> Path:
        return self.paths.frontend / "node_modules" / ".dott-stamp"

    def _packages_hash(self) -> str:
        front = self.paths.frontend
        names = ("pnpm-lock.yaml", "package.json", "pnpm-workspace.yaml")
        return stamps.of_files(front, [front / name for name in names])

    @cached_property
    def release(self) -> Path:
        """Where the built server of the present sources is, or will be."""
        return release_folder(self.paths)

    def is_built(self) -> bool:
        return (self.release / "server.js").exists()

    def build(self) -> None:
        """Build for production and keep the result by source hash.

        The server runs from the copy, so another build in the checkout (a test run, a
        `pnpm dev`) never changes files under a running server.
        """
        front, release = self.paths.frontend, self.release
        with FileLock(front / "node_modules" / ".dott-build.lock"):
            self._check([self.pnpm(), "run", "build"], front)
            partial = release.with_name(f"{release.name}.tmp-{os.getpid()}")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(front / ".next" / "standalone", partial, symlinks=True)
            partial.rename(release)
            self._forget_old(release.parent)

    @staticmethod
    def _forget_old(releases: Path, keep: int = 3) -> None:
        """Remove all but the newest; a server that still runs has one of the last few."""
        by_age = sorted(releases.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in by_age[keep:]:
            shutil.rmtree(old, ignore_errors=True)

    def _check(self, argv: list[str], cwd: Path) -> None:
        # CI=1 keeps pnpm and npm from asking questions.
        self.supervisor.check(argv, cwd=cwd, log=self.log, env=environment({"CI": "1"}))
