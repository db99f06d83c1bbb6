"""Other programs' exports: recognised by their headers, each column's field known beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .headers import words
from .kinds import CONTACTS, DEALS
from .layout_shape import Claims, Layout
from .layouts_contacts import CONTACT_LAYOUTS
from .layouts_crm import CRM_LAYOUTS
from .layouts_deals import DEAL_LAYOUTS
from .layouts_people import CRM_PEOPLE, PEOPLE_LAYOUTS

LAYOUTS = (*CRM_LAYOUTS, *CONTACT_LAYOUTS, *PEOPLE_LAYOUTS, *DEAL_LAYOUTS)
# What says that a table of one's own is one of deals, as header words.
_DEAL_NAMES = frozenset(
    {"deal", "deal name", "deal title", "opportunity", "opportunity name", "verkaufschance"}
)
NAMES = tuple(dict.fromkeys(layout.name for layout in LAYOUTS))


def entity_of(headers: Sequence[str]) -> str:
    """The kind of record that a table with these headers most likely holds.

    Address books, which know people by their companies, become customers unless somebody says otherwise.
    """
    present = set(headers)
    for kind in (CONTACTS, DEALS):
        if present >= kind.own_export:
            return kind.name
    for layout in (*DEAL_LAYOUTS, *CRM_PEOPLE):
        if _fits(layout, headers):
            return layout.entity
    return DEALS.name if {words(header) for header in headers} & _DEAL_NAMES else "customer"


def recognise(headers: Sequence[str], entity: str = "customer") -> Layout | None:
    """The layout whose signature these headers hold, whatever their case; None for none."""
    return next((each for each in LAYOUTS if each.entity == entity and _fits(each, headers)), None)


def _fits(layout: Layout, headers: Sequence[str]) -> bool:
    present = {header.casefold() for header in headers}
    return any({header.casefold() for header in signature} <= present for signature in layout.signatures)


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
