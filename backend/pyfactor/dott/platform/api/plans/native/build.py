"""Builds rows.c, to lie beside it: `python build.py`. Needs a C compiler ($CC, else cc), and nothing else."""

import hashlib
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(__file__).with_name("rows.c")
BUILT = SOURCE.with_suffix(".so")
FLAGS = (
    "-std=c11", "-O3", "-Wall", "-Wextra", "-Wconversion", "-fPIC", "-shared",
    "-fstack-protector-strong", "-D_FORTIFY_SOURCE=2", "-Wl,-z,relro,-z,now",
)  # fmt: skip


def fingerprint() -> str:
    """Of the source and of this file; what is built holds it."""
    return hashlib.sha256(SOURCE.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_built(built: Path = BUILT) -> bool:
    """Whether it is there, and from these sources."""
    return built.exists() and fingerprint().encode() in built.read_bytes()


def build(into: Path = BUILT, more: Sequence[str] = ()) -> None:
    """Replace what is there in one step. more: flags besides. Raises OSError and CalledProcessError."""
    partial = into.with_name(f"{into.name}.{os.getpid()}")
    compiler = shlex.split(os.environ.get("CC", "cc"))
    source = f'-DDOTT_SOURCE="{fingerprint()}"'
    subprocess.run([*compiler, *FLAGS, *more, source, str(SOURCE), "-o", str(partial)], check=True)  # noqa: S603 - ours
    partial.replace(into)


if __name__ == "__main__":
    try:
        build()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
