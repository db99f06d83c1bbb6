"""Setting up the fields of a business. All run inside the caller's transaction and tenant."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from dott.modules.crm.models import CustomField
from dott.platform.history.actor import Actor
from dott.platform.history.tracked import change_record, create_record

MAX_FIELDS = 100
MAX_OPTIONS = 200
SELECTS = ("select", "multi_select")


class TooManyFields(Exception):
    """A kind of record would have more than MAX_FIELDS in use (409)."""


class TooManyOptions(Exception):
    """A field would have more than MAX_OPTIONS, archived ones included (409)."""


def create_custom_field(*, actor: Actor, values: Mapping[str, Any]) -> CustomField:
    """Insert a field, at the end where no position is given. options: labels, ids are given here.

    Raises TooManyFields, TooManyOptions and IntegrityError (409) when its key or label is taken.
    """
    others = CustomField.objects.filter(entity=values["entity"])
    _check_room(values["entity"])
    field = CustomField(**{**values, "options": with_ids(values.get("options", ()), ())})
    if "position" not in values:
        last = others.order_by("-position").values_list("position", flat=True).first()
        field.position = 0 if last is None else min(last + 1, 32_767)
    return create_record(field, actor=actor)


def update_custom_field(*, actor: Actor, field: CustomField, values: Mapping[str, Any]) -> CustomField:
    """Change a locked field. An option that `options` leaves out is archived behind the others.

    Raises as create_custom_field.
    """
    if "options" in values:
        values = {**values, "options": with_ids(values["options"], field.options)}
    if field.is_archived and values.get("is_archived") is False:
        _check_room(field.entity)
    return change_record(field, values, actor=actor)


def with_ids(options: Sequence[Mapping[str, Any]], held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The options as they are kept: new ones get an id, left-out ones of `held` are archived."""
    kept = [
        {
            "id": option.get("id") or f"opt_{secrets.token_hex(5)}",
            "label": option["label"],
            "is_archived": bool(option.get("is_archived")),
        }
        for option in options
    ]
    ids = {option["id"] for option in kept}
    kept += [{**option, "is_archived": True} for option in held if option["id"] not in ids]
    if len(kept) > MAX_OPTIONS:
        raise TooManyOptions
    return kept


def _check_room(entity: str) -> None:
    if CustomField.objects.filter(entity=entity, is_archived=False).count() >= MAX_FIELDS:
        raise TooManyFields
