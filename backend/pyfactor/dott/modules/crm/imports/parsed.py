"""A row that has been read: its values, what is wrong with it, and what it refers to."""

from __future__ import annotations

from typing import Any, NamedTuple

Value = str | bool | int | dict[str, Any]
RAGGED = {
    "too_many_cells": "The row has {given} cells but the header has {width}.",
    "too_few_cells": "The row has only {given} cells but the header has {width}.",
    "broken_quotes": "A quotation mark in this row is not closed or stands inside a cell.",
    "broken_card": "A line of this card cannot be read; it stands in “Other details”.",
    "unclosed_card": "This card has no END:VCARD, so what follows may be missing.",
    "unknown_version": "This card says a version that is none of 2.1, 3.0 and 4.0.",
}


class Issue(NamedTuple):
    """column: index in the file or None. field: the customer's. code: stable. detail: a sentence."""

    column: int | None
    field: str | None
    code: str
    detail: str


class LinkCell(NamedTuple):
    """A cell that names another record. column: index in the file, None when a person typed it."""

    column: int | None
    field: str
    text: str


class Parsed(NamedTuple):
    """values hold only what the row gives: an empty cell says nothing about the record.

    links: cells whose record is not found yet, by field (links.py).

    Rules over several fields (a business needs a name) are judged after matching, on the customer as
    it would become. phone_raw is "" beside a valid phone, so that an update clears an older unusable number.
    """

    values: dict[str, Value]
    errors: list[Issue]
    warnings: list[Issue]
    links: dict[str, LinkCell]

    def refuse(self, cell: LinkCell, code: str, detail: str) -> None:
        """The cell names nothing that can be used."""
        self.errors.append(Issue(cell.column, cell.field, code, detail))

    def keep(self, text_field: str, line: str) -> None:
        """Add a line to the long text, so that nothing is lost."""
        before = self.values.get(text_field)
        self.values[text_field] = f"{before}\n{line}" if before else line
