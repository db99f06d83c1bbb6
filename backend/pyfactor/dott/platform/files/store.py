"""Where uploaded files lie: FILES_DIR/<tenant>/<uuid>, names that say nothing and cannot be guessed.

The tenant comes from the active context and never from a request, and the person's own file name is
data, not a path.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from dott.platform.tenancy.context import current_tenant_id

FILE_NAME_MAX_LENGTH = 255


class FileTooLarge(Exception):
    """More bytes came than are taken (413)."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"A file may have at most {max_bytes // 1048576} MB.")
        self.max_bytes = max_bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that has been written. sha256: in hexadecimal."""

    key: UUID
    size_bytes: int
    sha256: str


def path_of(file_key: UUID) -> Path:
    """The file's place in the active tenant's directory."""
    return _directory() / str(file_key)


def store(chunks: Iterable[bytes], *, max_bytes: int) -> Stored:
    """Write an upload under a new key. Raises FileTooLarge; then nothing is kept."""
    file_key = uuid4()
    path = path_of(file_key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size_bytes, digest = 0, hashlib.sha256()
    try:
        with path.open("xb") as stream:
            for chunk in chunks:
                size_bytes += stream.write(chunk)
                refuse_too_large(size_bytes, max_bytes=max_bytes)
                digest.update(chunk)
    except BaseException:
        discard(file_key)
        raise
    return Stored(file_key, size_bytes, digest.hexdigest())


def refuse_too_large(size_bytes: int, *, max_bytes: int) -> None:
    """Raises FileTooLarge."""
    if size_bytes > max_bytes:
        raise FileTooLarge(max_bytes)


def discard(file_key: UUID) -> None:
    """Remove the file if it is there."""
    path_of(file_key).unlink(missing_ok=True)


def plain_name(given: str) -> str:
    """A file name as it is shown and offered for saving: no directories, no control characters."""
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip(". ")
    if len(shown) <= FILE_NAME_MAX_LENGTH:
        return shown or "file"
    stem, dot, suffix = shown.rpartition(".")
    kept = suffix if dot and len(suffix) <= 16 else ""
    return f"{(stem or shown)[: FILE_NAME_MAX_LENGTH - len(kept) - 1]}.{kept}".rstrip(".")


def _directory() -> Path:
    return Path(settings.FILES_DIR) / str(current_tenant_id())
