"""What records are called, also those that are gone."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import GeneratedField, Model

from dott.platform.history.entities import model_of, name_field
from dott.platform.history.generated import generated_values
from dott.platform.tenancy.fields import is_tenant_model

Key = tuple[str, UUID]


def record_names(records: Mapping[Key, Mapping[str, Any]]) -> dict[Key, str]:
    """The names of records by (entity, id). values: what history last knew of each, for those that are
    gone. At most two round trips for each entity; what has no name is left out."""
    by_entity: dict[str, dict[UUID, Mapping[str, Any]]] = {}
    for (entity, record_id), values in records.items():
        by_entity.setdefault(entity, {})[record_id] = values
    names: dict[Key, str] = {}
    for entity, listed in by_entity.items():
        model = model_of(entity)
        if model is not None:
            found = names_of(model, listed)
            gone = {one: values for one, values in listed.items() if one not in found and values}
            found |= _names_in(model, gone)
            names |= {(entity, one): name for one, name in found.items() if name}
    return names


def names_of(model: type[Model], ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of the records that are there. One round trip."""
    field = name_field(model)
    if field is None or not is_tenant_model(model):
        return {}
    rows = model._base_manager.filter(pk__in=set(ids)).values_list("pk", field.name)
    return {one: str(name) for one, name in rows}


def _names_in(model: type[Model], records: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, str]:
    field = name_field(model)
    if isinstance(field, GeneratedField):
        return {one: str(name) for one, (name,) in generated_values(model, records, [field]).items()}
    if field is None:
        return {}
    return {one: str(values[field.name]) for one, values in records.items() if values.get(field.name)}
