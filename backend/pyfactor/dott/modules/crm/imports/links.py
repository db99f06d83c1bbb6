"""Which customers and contacts the cells of a batch name: a few round trips for two thousand rows.

A business may have a million of them, so they are asked for as they come and never held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, TextField
from django.db.models.functions import Cast

from dott.modules.crm.models import Contact, Customer, CustomerContact
from dott.modules.crm.models.keys import KEY_MAX_LENGTH
from dott.platform.tenancy.search import search_key

from .parsed import Issue, LinkCell, Parsed

_NUMBER = re.compile(r"(?:c-?)?0*(?P<number>[1-9][0-9]{0,17})", re.IGNORECASE)
# Strongest first; a weaker one is asked where the stronger ones found nobody.
_WAYS = ("customer_number", "customer_external_id", "customer")
_SAID = {
    "customer_number": "There is no customer with the number {text!r}.",
    "customer_external_id": "There is no customer with the external id {text!r}.",
    "customer": "There is no customer called {text!r}.",
}


class Found(NamedTuple):
    """The record of a key, and how many there are."""

    id: str
    matches: int


class Links:
    """Resolves the links that are left in parsed rows. text_field: where an unknown contact is kept."""

    def __init__(self, text_field: str) -> None:
        self._text_field = text_field

    def resolve(self, rows: Sequence[Parsed]) -> None:
        """Give each row its customer and contact, or an error that names the column."""
        rows = [row for row in rows if row.links]
        known = {way: self._customers(way, rows) for way in _WAYS}
        for row in rows:
            _take_customer(row, known)
        self._take_contacts([row for row in rows if "contact" in row.links])

    def _customers(self, way: str, rows: Iterable[Parsed]) -> dict[str, Found]:
        keys = {_KEYS[way](row.links[way].text) for row in rows if way in row.links} - {""}
        if not keys:
            return {}
        column = _COLUMNS[way]
        values = [int(key) for key in keys] if column == "number" else sorted(keys)
        return _grouped(Customer.objects.filter(deleted_at=None, **{f"{column}__in": values}), column)

    def _take_contacts(self, rows: Sequence[Parsed]) -> None:
        """Among the customer's own people first; somebody unknown is kept as a line and a warning."""
        if not rows:
            return
        texts = [row.links["contact"].text for row in rows]
        keys = sorted({_name_key(text) for text in texts if "@" not in text})
        mails = sorted({text.lower() for text in texts if "@" in text})
        people = Contact.objects.filter(deleted_at=None)
        found = _grouped(people.filter(name_key__in=keys), "name_key") if keys else {}
        found |= _grouped(people.filter(email_key__in=mails), "email_key") if mails else {}
        own = _own_people(rows, keys)
        for row in rows:
            cell = row.links.pop("contact")
            key = cell.text.lower() if "@" in cell.text else _name_key(cell.text)
            match = own.get((str(row.values.get("customer")), key)) or found.get(key)
            if match and match.matches == 1:
                row.values["contact"] = match.id
            else:
                self._keep(row, cell, is_known=match is not None)

    def _keep(self, row: Parsed, cell: LinkCell, *, is_known: bool) -> None:
        row.keep(self._text_field, f"Contact: {cell.text}")
        why = "Several contacts are called so" if is_known else f"There is no contact {cell.text!r}"
        detail = f"{why}; the name is kept in the {self._text_field}."
        row.warnings.append(Issue(cell.column, "contact", "unknown_contact", detail))


def _take_customer(row: Parsed, known: dict[str, dict[str, Found]]) -> None:
    cells = [cell for way in _WAYS if (cell := row.links.pop(way, None))]
    for cell in cells:
        match = known[cell.field].get(_KEYS[cell.field](cell.text))
        if match and match.matches == 1:
            row.values["customer"] = match.id
            return
        if match:
            several = f"Several customers are called {cell.text!r}. Name one by its number or external id."
            row.refuse(cell, "ambiguous_customer", several)
            return
    if cells:
        first = cells[0]
        row.refuse(first, "unknown_customer", _SAID[first.field].format(text=first.text))


def _own_people(rows: Iterable[Parsed], keys: Sequence[str]) -> dict[tuple[str, str], Found]:
    """(customer, name key) → the contact of that name who stands for the customer."""
    customers = {UUID(str(row.values["customer"])) for row in rows if "customer" in row.values}
    if not customers or not keys:
        return {}
    places = CustomerContact.objects.filter(
        customer_id__in=customers, contact__name_key__in=keys, contact__deleted_at=None
    )
    grouped = places.values_list("customer_id", "contact__name_key").annotate(
        first=Min(Cast("contact_id", TextField())), count=Count("id")
    )
    return {(str(customer), key): Found(first, count) for customer, key, first, count in grouped}


def _grouped(records: Any, column: str) -> dict[str, Found]:
    grouped = (
        records.order_by().values_list(column).annotate(first=Min(Cast("id", TextField())), count=Count("id"))
    )
    return {str(key): Found(first, count) for key, first, count in grouped}


def _name_key(text: str) -> str:
    return search_key(text)[:KEY_MAX_LENGTH]


def _number_key(text: str) -> str:
    match = _NUMBER.fullmatch(text.strip())
    return match["number"] if match else ""


_KEYS: dict[str, Callable[[str], str]] = {
    "customer_number": _number_key,
    "customer_external_id": str,
    "customer": _name_key,
}
_COLUMNS = {"customer_number": "number", "customer_external_id": "external_id", "customer": "name_key"}
