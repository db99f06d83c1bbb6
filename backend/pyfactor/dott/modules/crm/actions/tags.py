"""Tags as such: removing one and making several into one, on every record at once.

All run inside the caller's transaction and tenant, and are one change set each.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F

from dott.modules.crm.actions.tagging import LINKS, retag, tagged_ids
from dott.modules.crm.models import Tag
from dott.platform.history.actor import Actor
from dott.platform.history.record import record
from dott.platform.history.tracked import deletion_of


def delete_tag(*, actor: Actor, tag: Tag) -> None:
    """Take a locked tag off every record, trashed ones included, and remove it."""
    _remove([tag], into=None, actor=actor, reason="")


def merge_tags(*, actor: Actor, survivor: Tag, losers: Sequence[Tag]) -> Tag:
    """Every record that carries a loser carries the survivor instead; the losers go. All are locked.

    Raises TooManyTags (409).
    """
    _remove(losers, into=survivor, actor=actor, reason=f"Merged into {survivor.name}")
    return survivor


def tag_uses() -> list[dict[str, Any]]:
    """For every tag that is used: {tag: id, customers: n, contacts: n, deals: n}, without the trash.

    One round trip for each kind of record.
    """
    uses: dict[UUID, dict[str, Any]] = {}
    for model, (links, reference) in LINKS.items():
        in_use = links._base_manager.filter(**{f"{reference}__deleted_at__isnull": True})
        for tag, count in in_use.order_by().values_list(F("tag_id")).annotate(Count("id")):
            row = uses.setdefault(tag, {"tag": tag, "customers": 0, "contacts": 0, "deals": 0})
            row[f"{model._meta.model_name}s"] = count
    return list(uses.values())


def _remove(tags: Sequence[Tag], *, into: Tag | None, actor: Actor, reason: str) -> None:
    change_set = record(
        changes=[deletion_of(tag) for tag in tags], reason=reason, actor_id=actor.membership_id
    )
    for model in LINKS:
        ids = tagged_ids(model, tags)
        add = [into.pk] if into is not None else []
        if ids:
            retag(model, ids, change_set_id=change_set, add=add, remove=[tag.pk for tag in tags])
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
