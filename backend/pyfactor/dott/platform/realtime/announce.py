"""The two things other rooms announce. Both are said after the caller's commit, or not at all."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from django.db import transaction

from dott.platform.realtime.messages import RECHECK, Changed, changes_message, tenant_group, user_group
from dott.platform.realtime.publisher import publisher
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import AUTH


def records_changed(changes: Sequence[Changed], *, source: str = "") -> None:
    """Tell whoever is on a page of the active tenant. source: the id of the request that did it.

    The tenant is the one that the database has signed for this transaction; no caller can name another.
    """
    context = current()
    publish = partial(publisher.publish, tenant_group(context.tenant_id), changes_message(changes, source))
    # robust: what was committed stays answered as such, whatever becomes of the news of it.
    transaction.on_commit(publish, using=context.alias, robust=True)


def access_may_have_ended(user_ids: Iterable[UUID]) -> None:
    """Have these people's open pages prove their session and membership again, at once."""
    for user_id in set(user_ids):
        publish = partial(publisher.publish, user_group(user_id), RECHECK)
        transaction.on_commit(publish, using=AUTH, robust=True)
