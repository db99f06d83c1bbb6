"""Other programs' exports: recognised by their headers, each column's field known beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .layout_shape import Claims, Layout
from .layouts_contacts import CONTACT_LAYOUTS
from .layouts_crm import CRM_LAYOUTS

LAYOUTS = (*CRM_LAYOUTS, *CONTACT_LAYOUTS)
NAMES = tuple(dict.fromkeys(layout.name for layout in LAYOUTS))


def recognise(headers: Sequence[str]) -> Layout | None:
    """The layout whose signature these headers hold, whatever their case; None for none."""
    present = {header.casefold() for header in headers}
    for layout in LAYOUTS:
        for signature in layout.signatures:
            if {header.casefold() for header in signature} <= present:
                return layout
    return None


def claims_of(layout: Layout, headers: Sequence[str], filled: Sequence[int]) -> dict[int, str | None]:
    """Column index → field, "notes", or None to leave it out. filled: cells with text, per column.

    Of alternatives the set with the most filled cells is used, the first of equals; the others are kept
    in the notes.
    """
    places = {header.casefold(): index for index, header in enumerate(headers)}
    claims = _placed(layout.claims, places)
    for group in layout.alternatives:
        sets = [found for claimed in group if (found := _placed(claimed, places))]
        if not sets:
            continue
        best = max(sets, key=lambda found: sum(filled[i] for i, field in found.items() if field))
        for found in sets:
            claims |= {index: "notes" for index in found if index not in best and filled[index]}
        claims |= best
    return claims


def _placed(claims: Claims, places: Mapping[str, int]) -> dict[int, str | None]:
    found = ((places.get(header.casefold()), field) for header, field in claims.items())
    return {index: field for index, field in found if index is not None}
