"""Packages of any Debian suite, fetched and unpacked beside the system and never installed into it."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine import machine

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# A mirror may lag behind and its index count as expired. Signatures are checked all the same.
LENIENT = ('Acquire::Check-Valid-Until "false"',)


class Suite:
    """One suite with package lists of its own below `folder`."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self._env = os.environ | {"APT_CONFIG": str(folder / "apt.conf"), "DEBIAN_FRONTEND": "noninteractive"}

    def update(self) -> None:
        """Fetch the suite's package list."""
        for part in ("state/lists/partial", "cache/archives/partial"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "state/status").touch()
        source = f"deb [signed-by={KEYRING}] {machine.mirror()} {self.name} main\n"
        (self.folder / "sources.list").write_text(source)
        settings = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::State": self.folder / "state",
            "Dir::State::status": self.folder / "state/status",
            "Dir::Cache": self.folder / "cache",
            "APT::Architecture": "amd64",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
        }
        lines = [*(f'{name} "{value}"' for name, value in settings.items()), *LENIENT]
        (self.folder / "apt.conf").write_text("".join(f"{line};\n" for line in lines))
        subprocess.run(["apt-get", "update", "-qq"], env=self._env, check=True)

    def unpack(self, packages: Iterable[str], root: Path) -> list[Path]:
        """Unpack packages into `root` in the given order; returns the fetched archives in that order."""
        archives = self.folder / "archives"
        archives.mkdir(exist_ok=True)
        root.mkdir(parents=True, exist_ok=True)
        names = list(packages)
        subprocess.run(["apt-get", "download", "-qq", *names], cwd=archives, env=self._env, check=True)
        found = [max(archives.glob(f"{name}_*.deb"), key=lambda path: path.stat().st_mtime) for name in names]
        for archive in found:
            subprocess.run(["dpkg-deb", "-x", str(archive), str(root)], check=True)
        return found


def bootstrap(suite: str, target: Path, files: Mapping[str, Path]) -> None:
    """Write the root file system of a minimal Debian to the tar file `target`.

    It leaves out what Debian's own "slim" images leave out. files: more files, by their path in it.
    """
    left_out = ("/usr/share/doc/*", "/usr/share/man/*", "/usr/share/info/*", "/usr/share/locale/*")
    argv = ["mmdebstrap", "--quiet", "--variant=minbase", f"--keyring={KEYRING}"]
    argv += [f"--aptopt={line}" for line in LENIENT]
    argv += [f"--dpkgopt=path-exclude={pattern}" for pattern in left_out]
    argv += ["--dpkgopt=path-include=/usr/share/doc/*/copyright"]
    argv += [f"--customize-hook=upload {source} {path}" for path, source in files.items()]
    subprocess.run([*argv, suite, str(target), machine.mirror()], check=True)
