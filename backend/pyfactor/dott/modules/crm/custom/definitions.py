"""Which fields a business has added to one kind of record."""

import json
from functools import lru_cache
from typing import NamedTuple

from dott.modules.crm.models.custom_fields import CustomEntity

_SQL = """
SELECT coalesce(jsonb_agg(jsonb_build_array(key, label, type, options, is_required, is_archived)
                          ORDER BY position, id), '[]')::text
  FROM crm_custom_field WHERE tenant_id = %s AND entity = '{}'"""


class Option(NamedTuple):
    """A choice of a select. Records hold its id."""

    id: str
    label: str
    is_archived: bool


class Definition(NamedTuple):
    """A field. type: a value of CustomType."""

    key: str
    label: str
    type: str
    options: tuple[Option, ...]
    is_required: bool
    is_archived: bool

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of all options in their order, archived ones too."""
        return tuple(option.id for option in self.options)


Definitions = tuple[Definition, ...]


def definitions_sql(entity: str) -> str:
    """Asks for the definitions of one kind of record, as one text; %s is the tenant."""
    return _SQL.format(CustomEntity(entity).value)


@lru_cache(maxsize=2_000)
def parse_definitions(text: str) -> Definitions:
    """The definitions in such a text, in their order."""
    return tuple(
        Definition(key, label, type_, tuple(_option(one) for one in options), is_required, is_archived)
        for key, label, type_, options, is_required, is_archived in json.loads(text)
    )


def _option(data: dict[str, object]) -> Option:
    return Option(str(data["id"]), str(data["label"]), bool(data.get("is_archived")))
