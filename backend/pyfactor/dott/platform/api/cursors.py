"""Opaque positions in an ordered list, signed so that only positions we gave out are accepted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from dott.platform.api.errors import invalid_parameter
from dott.platform.api.ordering import Key


@dataclass(frozen=True, slots=True)
class Position:
    """A row's place: its values under the order's keys. `backwards`: read towards the start from here."""

    values: tuple[Any, ...]
    backwards: bool


def encode(row: Any, keys: Sequence[Key], *, backwards: bool, scope: str) -> str:
    """The cursor of a row, or of whatever has the keys' columns as attributes. scope: tenant, path, filters
    and order; the cursor opens under no other."""
    values = [getattr(row, key.column) for key in keys]
    payload = json.dumps([values, backwards], cls=_ExactEncoder, separators=(",", ":"))
    packed = signing.b64_encode(payload.encode()).decode()
    return _signer(scope).sign(packed)


def decode(cursor: str, keys: Sequence[Key], model: type[Model], *, scope: str) -> Position:
    """The position in a cursor. Raises the 400 problem `invalid_cursor` for any text not made by
    `encode` with the same scope."""
    try:
        packed = _signer(scope).unsign(cursor)
        values, backwards = json.loads(signing.b64_decode(packed.encode()))
        typed = tuple(
            None if value is None else key.field(model).to_python(value)
            for key, value in zip(keys, values, strict=True)
        )
    except (signing.BadSignature, ValueError, ValidationError):
        raise invalid_parameter(
            "cursor",
            "invalid_cursor",
            "This page link belongs to another list or is damaged. Start from the first page.",
        ) from None
    return Position(typed, backwards)


def _signer(scope: str) -> signing.Signer:
    return signing.Signer(salt=f"dott.api.cursor:{scope}", sep=".")


def beyond(position: Position, keys: Sequence[Key]) -> Q:
    """The rows strictly after the position in the order of `keys`."""
    condition: Q | None = None
    for key, value in reversed(list(zip(keys, position.values, strict=True))):
        further = _further(key, value)
        if condition is None:
            condition = further
        else:
            tie = key.compared("isnull", True) if value is None else key.compared("exact", value)
            # Redundant, and the point: a plain range condition on the leading key that an index can serve.
            condition = _at_or_further(key, value) & (further | (tie & condition))
    return condition if condition is not None else Q()


def _further(key: Key, value: Any) -> Q:
    """Rows whose column lies after the value. NULL counts as larger than every value."""
    if key.descending:
        return key.compared("isnull", False) if value is None else key.compared("lt", value)
    if value is None:
        return Q(pk__in=())
    larger = key.compared("gt", value)
    return larger | key.compared("isnull", True) if key.nullable else larger


def _at_or_further(key: Key, value: Any) -> Q:
    if value is None or key.nullable:
        return Q()
    return key.compared("lte" if key.descending else "gte", value)


class _ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds, which would repeat or skip rows."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
