"""Which column is which field: by its header first, by what its cells look like second."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from .countries import country_code
from .errors import ImportFileError
from .headers import words
from .kinds import CUSTOMERS, Kind
from .layout_shape import Layout
from .layouts import claims_of
from .limits import SAMPLE_CHARS_SHOWN, SAMPLES_SHOWN
from .mending import told_columns

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"(?=(?:\D*\d){6})\+?[\d\s()./-]{6,25}")
NO_PHONE = re.compile(r"\b(fax|telefax|id|no|nr|number|date|amount|total|price|code)\b")
WEBSITE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


class Column(NamedTuple):
    """One column of the file and where it goes.

    samples: different values from the top of the file; preview: what each would become, None if nothing.
    field: one of the kind's (its text, such as "notes", keeps the cell as a labelled line), or None to
    leave it out.
    confidence: 1 the header says so, 0.6 the cells look like it, 0 nothing matched.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which is not used
    header: str
    samples: list[str]
    field: str | None
    confidence: float
    preview: list[str | None] = []

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


def match_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    layout: Layout | None = None,
    own: Mapping[str, str] | None = None,
    kind: Kind = CUSTOMERS,
) -> list[Column]:
    """Propose a field for every column. rows: well-formed rows from the top of the file. own: header words
    → the business's own field; a word that means a built-in field goes on meaning that.

    layout: the known one that the headers belong to; its word goes before the headers' own.

    No field is given twice except the kind's text. A column that matches nothing is kept there when
    it holds anything, so that no datum is lost by default, and left out when it is empty.
    """
    cells = [[row[i].strip() for row in rows if row[i].strip()] for i in range(len(headers))]
    wishes = [_wish(kind, header, found, own or {}) for header, found in zip(headers, cells, strict=True)]
    left_out: set[int] = set()
    if set(headers) >= kind.own_export:
        for index, header in enumerate(headers):
            if header in kind.own_export_fields:
                wishes[index] = (kind.own_export_fields[header], 1.0)
        left_out = {index for index, (field, sure) in enumerate(wishes) if field is None and sure}
    if kind is CUSTOMERS:
        _settle_names(headers, wishes)
    claims = claims_of(layout, headers, list(map(len, cells))) if layout else {}
    for index, claim in claims.items():
        wishes[index] = (claim, 1.0)
    left_out |= {index for index, claim in claims.items() if claim is None}
    for index in told_columns(headers):
        wishes[index] = (None, 1.0)
        left_out.add(index)
    taken: dict[str, int] = {}
    # Strongest claim first, the leftmost of equals.
    for index in sorted(range(len(headers)), key=lambda i: (i not in claims, -wishes[i][1], i)):
        field = wishes[index][0]
        if field and field != kind.text:
            taken.setdefault(field, index)
    columns = []
    for index, header in enumerate(headers):
        field, confidence = wishes[index]
        if field is None or (field != kind.text and taken[field] != index):
            is_kept = bool(cells[index]) and index not in left_out
            field, confidence = (kind.text if is_kept else None), 0.0
        samples = list(dict.fromkeys(cells[index]))[:SAMPLES_SHOWN]
        columns.append(Column(index, header, [s[:SAMPLE_CHARS_SHOWN] for s in samples], field, confidence))
    return columns


def remapped(
    columns: Sequence[Column],
    wanted: Mapping[int, str | None],
    own: Collection[str] = (),
    kind: Kind = CUSTOMERS,
) -> list[Column]:
    """The columns with the person's choices: column index → field or None. own: the business's own fields.

    Raises ImportFileError: unknown_column, unknown_field, field_mapped_twice.
    """
    unknown = set(wanted) - {column.index for column in columns}
    if unknown:
        raise ImportFileError("unknown_column", f"The file has no column {min(unknown)}.")
    owners: dict[str, str] = {}
    result = []
    for column in columns:
        field = wanted.get(column.index, column.field)
        if field is not None and field not in kind.fields and field not in own and column.index in wanted:
            raise unknown_field(kind, field)
        if field and field != kind.text:
            other = owners.setdefault(field, column.header)
            if other != column.header:
                raise ImportFileError(
                    "field_mapped_twice", f"{other!r} and {column.header!r} both go to {field}."
                )
        is_chosen = column.index in wanted and field != column.field
        result.append(column._replace(field=field, confidence=1.0 if is_chosen else column.confidence))
    return result


def unknown_field(kind: Kind, field: str) -> ImportFileError:
    """The refusal of a target that is none."""
    return ImportFileError(
        "unknown_field", f"{kind.noun.capitalize()}s have no field {field!r} to import into."
    )


def _wish(kind: Kind, header: str, cells: Sequence[str], own: Mapping[str, str]) -> tuple[str | None, float]:
    name = words(header)
    field = kind.synonyms.get(name)
    if field is None and name in own:
        return own[name], 1.0
    if field:
        # "Contact" may head a column of addresses: the cells have the last word.
        is_other = field not in ("email", kind.text) and "email" in kind.fields
        if is_other and _mostly(cells, EMAIL.fullmatch):
            return "email", 0.6
        return field, 0.8 if name == "name" and kind is CUSTOMERS else 1.0
    for field, test in CONTENT_TESTS:
        if field in kind.fields and _mostly(cells, test) and not (field == "phone" and NO_PHONE.search(name)):
            return field, 0.6
    return None, 0.0


def _is_phone(cell: str) -> bool:
    return bool(PHONE.fullmatch(cell)) and not cell.replace(".", "").replace("-", "").isdigit()


def _is_country_name(cell: str) -> bool:
    return len(cell) > 2 and country_code(cell) is not None


def _mostly(cells: Sequence[str], test: Callable[[str], Any]) -> bool:
    return bool(cells) and sum(map(bool, map(test, cells))) >= 0.8 * len(cells)


def _settle_names(headers: Sequence[str], wishes: list[tuple[str | None, float]]) -> None:
    """Words that depend on their neighbours.

    "Name" beside a company column or a first name is a person's; "Nom" or "Nombre" without the other
    half is a whole name.
    """
    fields = [field for field, _ in wishes]
    for index, header in enumerate(headers):
        name = words(header)
        if name == "name":
            others = fields[:index] + fields[index + 1 :]
            if "first_name" in others:
                wishes[index] = ("last_name" if "last_name" not in others else "contact_name", 0.8)
            elif "business_name" in others:
                wishes[index] = ("contact_name", 0.8)
        elif (name in ("nom", "nombre", "nome")) and not {"first_name", "last_name"} <= set(fields):
            wishes[index] = ("contact_name" if "business_name" in fields else "business_name", 0.8)


CONTENT_TESTS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("email", EMAIL.fullmatch),
    ("website", WEBSITE.fullmatch),
    ("billing_country", _is_country_name),
    ("phone", _is_phone),
)
