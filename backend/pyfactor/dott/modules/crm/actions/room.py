"""How much a business may keep in files, and one of its members: what nobody else can take from the others.

Attachments count until they are purged from the trash, and imports until their details are.
"""

from django.conf import settings
from django.db import connections
from django.db.models import Count, Q, Sum

from dott.modules.crm.models import Attachment, ImportJob
from dott.platform.history.actor import Actor
from dott.platform.tenancy.context import current, seeing_everything

# Of one member: so many files, and this share of the business's room.
MEMBER_MAX_FILES = 10_000
MEMBER_SHARE = 0.8
# Whoever adds up and adds does so alone in the business until the end of the transaction.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class QuotaExceeded(Exception):
    """There is no room for the file (409). free_bytes: what is left for this member."""

    def __init__(self, free_bytes: int) -> None:
        super().__init__(
            f"There is no room left for this file: {free_bytes // 1048576} MB are free. "
            "Remove files you no longer need."
        )
        self.free_bytes = free_bytes


def take_room(size_bytes: int, *, actor: Actor) -> None:
    """Raises QuotaExceeded. A second upload waits here for the first one's end."""
    context = current()
    with connections[context.alias].cursor() as cursor:
        cursor.execute(_LOCK, [f"files of {context.tenant_id}"])
    all_bytes, own_bytes, own_files = _used(actor)
    share = int(settings.FILES_QUOTA_BYTES * MEMBER_SHARE)
    free = min(settings.FILES_QUOTA_BYTES - all_bytes, share - own_bytes)
    if size_bytes > free or own_files >= MEMBER_MAX_FILES:
        raise QuotaExceeded(max(free, 0))


def _used(actor: Actor) -> tuple[int, int, int]:
    """Bytes of the business, bytes of the member, files of the member. Two queries."""
    own = Q(created_by=actor.membership_id)
    with seeing_everything():
        kept = [
            rows.aggregate(
                all=Sum("size_bytes", default=0),
                own=Sum("size_bytes", filter=own, default=0),
                files=Count("id", filter=own),
            )
            for rows in (Attachment.objects.all(), ImportJob.objects.filter(details_purged_at=None))
        ]
    return tuple(sum(each[name] for each in kept) for name in ("all", "own", "files"))
