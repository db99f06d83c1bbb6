"""Where uploaded files lie: FILES_DIR/<tenant>/<uuid>, names that say nothing and cannot be guessed.

The tenant comes from the active context and never from a request, and the person's own file name is
data, not a path.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from dott.platform.tenancy.context import current_tenant_id

from .errors import ImportFileError
from .limits import MAX_FILE_BYTES


def path_of(file_key: UUID) -> Path:
    """The file's place in the active tenant's directory."""
    return Path(settings.FILES_DIR) / str(current_tenant_id()) / str(file_key)


def store(chunks: Iterable[bytes]) -> tuple[UUID, int]:
    """Write the upload and return its key and size.

    Raises ImportFileError `file_too_large`; then nothing is kept.
    """
    file_key = uuid4()
    path = path_of(file_key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size_bytes = 0
    try:
        with path.open("xb") as stream:
            for chunk in chunks:
                size_bytes += stream.write(chunk)
                refuse_too_large(size_bytes)
    except BaseException:
        discard(file_key)
        raise
    return file_key, size_bytes


def refuse_too_large(size_bytes: int) -> None:
    """Raises ImportFileError `file_too_large` (413)."""
    if size_bytes > MAX_FILE_BYTES:
        raise ImportFileError(
            "file_too_large",
            f"At most {MAX_FILE_BYTES // 1048576} MB can be imported at once.",
            status=413,
        )


def discard(file_key: UUID) -> None:
    """Remove the file if it is there."""
    path_of(file_key).unlink(missing_ok=True)
