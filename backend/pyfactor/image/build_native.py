"""Compiles what FOLDER/source.py describes, to lie beside it; `python build_native.py FOLDER`.

Needs a C compiler ($CC, else cc). Not part of the product, which runs no commands.
"""

import os
import runpy
import shlex
import subprocess
import sys
from pathlib import Path


def main(folder: Path) -> None:
    described = runpy.run_path(str(folder / "source.py"))
    built: Path = described["BUILT"]
    # Replaced in one step: a process that has loaded the old one keeps it.
    partial = built.with_name(f"{built.name}.{os.getpid()}")
    compiler = [*shlex.split(os.environ.get("CC", "cc")), *described["FLAGS"]]
    source = f'-DDOTT_SOURCE="{described["fingerprint"]()}"'
    subprocess.run([*compiler, source, str(described["SOURCE"]), "-o", str(partial)], check=True)  # noqa: S603
    partial.replace(built)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
