"""Stamps: a step whose inputs have the same hash as last time is not done again.

A stamp lies inside what the step made, so deleting the result deletes the stamp.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def fingerprint(*texts: str) -> str:
    """A hash of texts and of where one ends and the next begins."""
    whole = hashlib.sha256()
    for text in texts:
        whole.update(hashlib.sha256(text.encode()).digest())
    return whole.hexdigest()


def of_files(root: Path, files: Iterable[Path]) -> str:
    """A hash of the names below root and the contents of files."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(os.fsencode(path.relative_to(root)) + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def walk(root: Path, skip: frozenset[str]) -> Iterator[Path]:
    """Every regular file below root, without the folders named in skip."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in skip]
        for name in names:
            path = Path(folder, name)
            if path.is_file():
                yield path


def is_fresh(stamp: Path, wanted: str) -> bool:
    try:
        return stamp.read_text() == wanted
    except (FileNotFoundError, NotADirectoryError):
        return False


def write(stamp: Path, value: str) -> None:
    partial = stamp.with_name(f"{stamp.name}.tmp-{os.getpid()}")
    partial.write_text(value)
    partial.rename(stamp)
