"""Zip files of strangers."""

import stat
import zipfile
from pathlib import Path

# What zipfile raises for a file that only looks like an archive.
BROKEN_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)


def has_link(archive: zipfile.ZipFile) -> bool:
    """Whether an entry is a symbolic link: unpacked, it would lead out of its folder."""
    return any(stat.S_ISLNK(info.external_attr >> 16) for info in archive.infolist())


def is_archive_with_link(path: Path) -> bool:
    """Whether the file can be read as a zip, whatever it begins with, and an entry is a symbolic link."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return has_link(archive)
    except BROKEN_ARCHIVE:
        return False
