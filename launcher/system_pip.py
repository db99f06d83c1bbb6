"""pip out of the system's packages, unpacked beside our state instead of installed.

Debian's Python comes without pip and without ensurepip. Its apt fetches the package that holds pip's
wheel for anybody: with lists and a cache of one's own that needs no rights and changes nothing in the
system. apt checks what it fetches against the distribution's signature.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

PACKAGE = "python3-pip-whl"
PROGRAMS = ("apt-get", "dpkg-deb")

# Runs a command in a folder; whether it ended with 0.
Run = Callable[[Sequence[str], Path], bool]


def is_possible() -> bool:
    """Whether this system has the programs it takes."""
    return all(shutil.which(program) for program in PROGRAMS)


def find(tools: Path) -> Path | None:
    """What Python runs as pip: the package inside the unpacked wheel. None before `fetch`."""
    wheels = sorted((tools / "pip").glob("usr/share/python-wheels/pip-*.whl"))
    return wheels[-1] / "pip" if wheels else None


def fetch(tools: Path, run: Run) -> Path | None:
    """Download and unpack it below `tools`; None when that fails."""
    work = tools / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-q", "-o", f"Dir::State::lists={work / 'lists'}", "-o", f"Dir::Cache={work / 'cache'}"]
    try:
        if run([*apt, "update"], work) and run([*apt, "download", PACKAGE], work):
            package = next(work.glob(f"{PACKAGE}_*.deb"))
            run(["dpkg-deb", "-x", str(package), str(tools / "pip")], work)
    finally:
        shutil.rmtree(work)
    return find(tools)
