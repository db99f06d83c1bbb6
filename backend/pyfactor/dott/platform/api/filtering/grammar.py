"""Compound filters as JSON → a tree of conditions on declared fields. Nothing here asks the database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from dott.platform.api.filtering.fields import OPERATORS, FilterField
from dott.platform.api.filtering.refusal import Place, Refused
from dott.platform.api.filtering.values import Value, read_value

MAX_LENGTH = 8_000
MAX_DEPTH = 4
MAX_CONDITIONS = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition. value: as `values.read_value` gives it for the field's kind and the operator."""

    field: FilterField
    op: str
    value: Value
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """All (`and`) or any (`or`) of at least one."""

    connector: Literal["and", "or"]
    children: tuple["Group | Leaf", ...]


def parse_json(text: str) -> Any:
    """The value of the query parameter. Raises Refused for what is no JSON, or too long."""
    if len(text) > MAX_LENGTH:
        raise Refused((), "too_long", f"A filter has at most {MAX_LENGTH:,} characters.")
    try:
        return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused((), "invalid_json", "This is not JSON.") from None


def parse(data: Any, find: Callable[[str], FilterField | None]) -> Group | Leaf:
    """The tree of parsed JSON. find: the field of a name, None where there is none.

    Raises Refused with the place of the first thing that is wrong.
    """
    return _Parser(find).node(data, (), MAX_DEPTH)


class _Parser:
    def __init__(self, find: Callable[[str], FilterField | None]) -> None:
        self.find = find
        self.conditions = 0

    def node(self, data: Any, place: Place, depth: int) -> Group | Leaf:
        if not isinstance(data, dict):
            raise Refused(place, "not_an_object", "A condition or a group is an object.")
        if "field" in data:
            return self.leaf(data, place)
        if len(data) != 1 or next(iter(data)) not in ("and", "or"):
            raise Refused(
                place,
                "unknown_shape",
                "A group has one key, “and” or “or”; a condition has a field.",
            )
        ((connector, children),) = data.items()
        here = (*place, connector)
        if depth == 0:
            raise Refused(place, "too_deep", f"Groups can be {MAX_DEPTH} deep.")
        if not isinstance(children, list) or not children:
            raise Refused(here, "empty_group", "A group is a list of at least one condition.")
        return Group(
            "and" if connector == "and" else "or",
            tuple(self.node(child, (*here, index), depth - 1) for index, child in enumerate(children)),
        )

    def leaf(self, data: dict[str, Any], place: Place) -> Leaf:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            raise Refused(place, "too_many_conditions", f"A filter has at most {MAX_CONDITIONS} conditions.")
        for key in data:
            if key not in ("field", "op", "value"):
                raise Refused((*place, key), "unknown_key", "A condition has field, op and value.")
        field = self.find(data["field"]) if isinstance(data["field"], str) else None
        if field is None:
            raise Refused((*place, "field"), "unknown_field", "There is no such field to filter by.")
        op = data.get("op")
        if not isinstance(op, str) or op not in OPERATORS[field.kind]:
            offered = ", ".join(sorted(OPERATORS[field.kind]))
            raise Refused((*place, "op"), "unknown_operator", f"“{field.name}” can be compared by {offered}.")
        if op in ("empty", "not_empty"):
            if "value" in data:
                raise Refused((*place, "value"), "no_value", f"“{op}” takes no value.")
            return Leaf(field, op, None, place)
        if "value" not in data:
            raise Refused(place, "missing_value", f"“{op}” takes a value.")
        return Leaf(field, op, read_value(field, op, data["value"], (*place, "value")), place)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key is given twice.")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON.")
