"""The log as a file: one line of JSON for each entry."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import OuterRef, QuerySet, Subquery

from dott.platform.history.models import ChainLink

# A year of a busy office; more is asked for in parts.
MAX_EXPORTED = 50_000


def lines(sets: QuerySet[Any]) -> Iterator[bytes]:
    """Of summarised sets (reading.py), in their order. position and digest are of its link: null until it is
    sealed."""
    link = ChainLink.objects.filter(change_set_id=OuterRef("pk"))
    sealed = sets.annotate(
        position=Subquery(link.values("position")[:1]), seal=Subquery(link.values("digest")[:1])
    )
    for one in sealed.iterator(chunk_size=1_000):
        entry = {
            "id": one.pk,
            "created_at": one.created_at,
            "actor": one.actor_id,
            "actor_name": one.actor.display_name if one.actor else "",
            "kind": one.kind,
            "event": one.event,
            "details": one.details,
            "reason": one.reason,
            "request_id": one.request_id,
            "undoes": one.undoes_id,
            "summary": one.summary,
            "position": one.position,
            "digest": bytes(one.seal).hex() if one.seal else None,
        }
        yield json.dumps(entry, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"
