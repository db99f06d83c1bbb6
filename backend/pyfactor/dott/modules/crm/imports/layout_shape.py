"""What is known of another program's export, and the short ways to write it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Claims = dict[str, str | None]


class Layout(NamedTuple):
    """One program's export.

    signatures: sets of headers, any of which identifies it. claims: header → field, "notes", or None to
    leave the column out. alternatives: groups of which only one set of columns can be used: of each group
    the set with the most filled cells, the first of equals; the others are kept in the notes. keys: match
    keys to start with, where the strongest alone would be wrong. entity: the kind of record that the fields
    are of.
    """

    name: str
    signatures: tuple[frozenset[str], ...]
    claims: Claims
    alternatives: tuple[tuple[Claims, ...], ...] = ()
    keys: tuple[str, ...] = ()
    entity: str = "customer"


def headers(text: str) -> frozenset[str]:
    """'A|B' over several lines → {'A', 'B'}."""
    return frozenset(_listed(text))


def _listed(text: str) -> list[str]:
    return [header.strip() for header in text.replace("\n", "|").split("|") if header.strip()]


def all_to(text: str, field: str | None) -> Claims:
    """All of 'A|B' to one field."""
    return dict.fromkeys(_listed(text), field)


def parts(place: str, prefix: str, headers: Mapping[str, str]) -> Claims:
    """The parts of the address `place` (billing or shipping), by what their headers end in."""
    return {prefix + header: f"{place}_{part}" for part, header in headers.items()}
