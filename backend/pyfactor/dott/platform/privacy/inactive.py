"""Of whom nothing was heard for so long. They are listed, and nobody removes them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Model, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from dott.platform.privacy import held

SHOWN = 100
# What says that somebody was heard of, where a table has it.
_HEARD = ("last_activity_at", "next_activity_at", "updated_at")


def inactive(model: type[Model], kept_days: int) -> "QuerySet[Any]":
    """The records in use of whom nothing was heard for so many days, longest first, with `heard_at`."""
    names = [name for name in _HEARD if any(field.name == name for field in model._meta.concrete_fields)]
    heard = Greatest(*(Coalesce(name, "updated_at") for name in names), output_field=DateTimeField())
    records: QuerySet[Any] = model._base_manager.filter(deleted_at__isnull=True)
    heard_of: QuerySet[Any] = records.annotate(heard_at=heard).filter(heard_at__lt=since(kept_days))
    return heard_of.order_by("heard_at", "id")


def since(kept_days: int) -> datetime:
    """The instant so many days ago."""
    return timezone.now() - timedelta(days=kept_days)


def report(kept_days: int) -> list[dict[str, Any]]:
    """For each table of people: {"entity", "count", "records": the first of them}."""
    found = []
    for model in held.people():
        records = inactive(model, kept_days)
        found.append(
            {
                "entity": model._meta.label_lower,
                "count": records.count(),
                "records": [
                    {"id": one.pk, "name": str(one), "heard_at": one.heard_at} for one in records[:SHOWN]
                ],
            }
        )
    return found
