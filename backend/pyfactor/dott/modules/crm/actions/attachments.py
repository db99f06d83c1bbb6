"""Files come, and are counted against what a business may keep."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Sum

from dott.modules.crm.actions.discard_files import schedule_discarding
from dott.modules.crm.models import Attachment
from dott.platform.files import store as files
from dott.platform.files.kinds import kind_of
from dott.platform.history.actor import Actor
from dott.platform.history.tracked import create_record
from dott.platform.tenancy.context import current, seeing_everything

MAX_BYTES = 25 * 1024 * 1024
# Whoever adds up and adds does so alone in the business until the end of the transaction.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class QuotaExceeded(Exception):
    """The business has no room for the file (409). free_bytes: what is left."""

    def __init__(self, free_bytes: int) -> None:
        super().__init__("There is no room left for this file.")
        self.free_bytes = free_bytes


class EmptyFile(Exception):
    """The file has no content (400)."""


def attach_file(
    *, actor: Actor, file_name: str, chunks: Iterable[bytes], owner: Mapping[str, Any]
) -> Attachment:
    """Store a file at a record. owner: the field's name → the record, exactly one.

    Raises FileTooLarge (413), EmptyFile (400) and QuotaExceeded (409); then neither a file nor a row is left.
    """
    stored = files.store(chunks, max_bytes=MAX_BYTES)
    try:
        _take_room(stored.size_bytes)
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


def used_bytes() -> int:
    """What the business's attachments take, those in the trash included. One query."""
    with seeing_everything():
        return Attachment.objects.aggregate(total=Sum("size_bytes"))["total"] or 0


def _take_room(size_bytes: int) -> None:
    """Raises EmptyFile and QuotaExceeded. A second upload waits here for the first one's end."""
    if size_bytes == 0:
        raise EmptyFile
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_LOCK, [f"attachments of {context.tenant_id}"])
    free = settings.FILES_QUOTA_BYTES - used_bytes()
    if size_bytes > free:
        raise QuotaExceeded(max(free, 0))
