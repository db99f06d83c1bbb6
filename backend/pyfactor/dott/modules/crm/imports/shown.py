"""Rows as people read them: names instead of ids, and no field that only follows from another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Model

from dott.modules.crm.custom.cells import shown_values
from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.custom.resource import definitions_of
from dott.modules.crm.models import Contact, Customer, ImportRow, LostReason, Pipeline, Stage
from dott.platform.identity.models import Membership

from .fields import OWN
from .kinds import KINDS, Kind

# Field that holds an id → where its name is found.
_NAMED: dict[str, tuple[type[Model], str]] = {
    "owner": (Membership, "display_name"),
    "customer": (Customer, "display_name"),
    "contact": (Contact, "display_name"),
    "pipeline": (Pipeline, "name"),
    "stage": (Stage, "name"),
    "lost_reason": (LostReason, "name"),
}


class Shown:
    """Of rows of one import. Asks only for what occurs in them: one round trip for each kind of name."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        self._rows = rows
        self._kind: Kind = KINDS[rows[0].import_job.entity if rows else "customer"]

    def values(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Values by field, or by custom.<key>, each a scalar."""
        own = self._own if OWN in held else {}
        shown = shown_values({name: value for name, value in held.items() if self._is_shown(name)}, own)
        return {name: self._named(name, value) for name, value in shown.items()}

    def _is_shown(self, name: str) -> bool:
        return name == OWN or name in self._kind.fields

    def _named(self, name: str, value: Any) -> Any:
        if value is None or not self._holds_id(name):
            # Numbers are said as text: the answer knows texts, yes and no.
            return str(value) if type(value) is int else value
        return self._names[name].get(str(value), value)

    def _holds_id(self, name: str) -> bool:
        return name in _NAMED and self._kind.fields[name].kind in ("link", "owner")

    @cached_property
    def _own(self) -> dict[str, Definition]:
        return {one.key: one for one in definitions_of(self._kind.name)}

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        wanted: dict[str, set[str]] = {name: set() for name in _NAMED if name in self._kind.fields}
        for name, value in self._held():
            wanted.get(name, set()).add(str(value))
        found = {}
        for name, ids in wanted.items():
            model, label = _NAMED[name]
            records = model._default_manager.filter(pk__in=ids).values_list("pk", label) if ids else ()
            found[name] = {str(pk): text for pk, text in records}
        return found

    def _held(self) -> Iterator[tuple[str, Any]]:
        for row in self._rows:
            for values in (row.values, row.before, row.after):
                yield from ((name, value) for name, value in values.items() if value and name in _NAMED)
