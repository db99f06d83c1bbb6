"""Files come, and are counted against what a business may keep."""

from collections.abc import Iterable, Mapping
from typing import Any

from dott.modules.crm.actions.discard_files import schedule_discarding
from dott.modules.crm.actions.room import take_room
from dott.modules.crm.models import Attachment
from dott.platform.files import store as files
from dott.platform.files.archives import is_archive_with_link
from dott.platform.files.kinds import kind_of
from dott.platform.history.actor import Actor
from dott.platform.history.tracked import create_record

MAX_BYTES = 25 * 1024 * 1024


class EmptyFile(Exception):
    """The file has no content (400)."""


class LinkInArchive(Exception):
    """The file is an archive in which an entry is a symbolic link (400)."""


def attach_file(
    *, actor: Actor, file_name: str, chunks: Iterable[bytes], owner: Mapping[str, Any]
) -> Attachment:
    """Store a file at a record. owner: the field's name → the record, exactly one.

    Raises FileTooLarge (413), EmptyFile (400), LinkInArchive (400) and QuotaExceeded (409); then neither a
    file nor a row is left.
    """
    stored = files.store(chunks, max_bytes=MAX_BYTES)
    try:
        _require_acceptable(stored)
        take_room(stored.size_bytes, actor=actor)
        attachment = Attachment(
            name=files.plain_name(file_name),
            file_key=stored.key,
            mime=kind_of(files.path_of(stored.key)),
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            **owner,
        )
        create_record(attachment, actor=actor)
        schedule_discarding()
    except BaseException:
        files.discard(stored.key)
        raise
    return attachment


def _require_acceptable(stored: files.Stored) -> None:
    if stored.size_bytes == 0:
        raise EmptyFile
    if is_archive_with_link(files.path_of(stored.key)):
        raise LinkInArchive
