"""What the samples of each column would become, shown while the columns are being mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .fields import OWN, OWN_PREFIX
from .kinds import Kind
from .limits import SAMPLE_CHARS_SHOWN
from .mapping import Column
from .parsed import Parsed
from .values import RowParser


def with_previews(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], parser: RowParser, kind: Kind
) -> list[Column]:
    """The columns with `preview` filled in. rows: those that the samples were taken from.

    A sample is read in the row where it first stands, because a phone number depends on the country
    beside it.
    """
    parsed: dict[int, Parsed] = {}
    result = []
    for column in columns:
        preview: list[str | None] = []
        for sample in column.samples:
            place = next(
                (i for i, row in enumerate(rows) if row[column.index].strip()[:SAMPLE_CHARS_SHOWN] == sample),
                None,
            )
            if place is None or column.field in (None, kind.text):
                preview.append(sample)
            else:
                row = parsed.setdefault(place, parser.parse(rows[place]))
                preview.append(_shown(kind, column, row, sample))
        result.append(column._replace(preview=preview))
    return result


def _shown(kind: Kind, column: Column, row: Parsed, sample: str) -> str | None:
    if any(error.column == column.index for error in row.errors):
        return None
    values = row.values
    if column.field == "contact_name":
        parts = [values.get(name) for name in ("salutation", "first_name", "last_name")]
        return " | ".join(str(part) for part in parts if part)
    if str(column.field).startswith(OWN_PREFIX):
        # A choice's id would tell nobody anything.
        return sample if OWN in values else None
    return _text_of(kind, column, values, sample)


def _text_of(kind: Kind, column: Column, values: Mapping[str, Any], sample: str) -> str | None:
    field = kind.fields[str(column.field)]
    if field.kind in ("owner", "link"):
        # Another record's id would tell nobody anything either.
        return sample
    value = values.get(field.name)
    if value is None and column.field == "phone":
        value = values.get("phone_raw")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else None
