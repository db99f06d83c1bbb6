"""A vCard as a row: always the same columns, and whatever has none is kept in the last one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from .vcard import Card, Property, read_cards, split, unescaped

OTHER = "Other details"
# In the order of the columns: what it is called and the field it goes to.
FIELDS_OF_CARDS: dict[str, str | None] = {
    "Name prefix": "salutation",
    "First name": "first_name",
    "Last name": "last_name",
    "Formatted name": "contact_name",
    "Organisation": "business_name",
    "Department": "notes",
    "Job title": "notes",
    "E-mail": "email",
    "Other e-mails": "notes",
    "Phone": "phone",
    "Other phones": "notes",
    "Fax": "notes",
    "Street": "billing_line1",
    "Street 2": "billing_line2",
    "City": "billing_city",
    "Region": "billing_region",
    "Postal code": "billing_postal_code",
    "Country": "billing_country",
    "Other addresses": "notes",
    "Website": "website",
    "Other websites": "notes",
    "Birthday": "notes",
    "Categories": "notes",
    "Note": "notes",
    "UID": "external_id",
    OTHER: "notes",
}
HEADERS = list(FIELDS_OF_CARDS)
# Properties with a column of their own, and those that say something about the card only.
TAKEN = frozenset(
    ("N", "FN", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "URL", "BDAY", "CATEGORIES", "NOTE", "UID", "KIND",
     "VERSION", "PRODID", "REV", "SOURCE", "CLASS", "X-ABLABEL", "X-ABSHOWAS", "X-ABADR")
)  # fmt: skip
UID_MAX_LENGTH = 80
# Apple writes its labels as _$!<Home>!$_.
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
# Words of a type that say nothing to a person.
SILENT_TYPES = frozenset({"internet", "voice", "pref", "x400"})


def card_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str], str | None]]:
    """(line, cells, issue): the columns' names first, then one row for each card.

    Raises ImportFileError: wrong_encoding, line_too_long.
    """
    yield 0, HEADERS, None
    for card in read_cards(path, encoding):
        cells = _cells(card)
        yield card.line, [cells.get(header, "") for header in HEADERS], card.issue or None


def _cells(card: Card) -> dict[str, str]:
    labels = {p.group: p.text for p in card.properties if p.name == "X-ABLABEL" and p.group}
    cells = _name_cells(card)
    faxes = [p for p in card.all("TEL") if "fax" in p.types]
    phones = [p for p in card.all("TEL") if "fax" not in p.types]
    cells["Fax"] = _joined(faxes, labels, _phone)
    for first, others, found, text in (
        ("E-mail", "Other e-mails", card.all("EMAIL"), _email),
        ("Phone", "Other phones", phones, _phone),
        ("Website", "Other websites", card.all("URL"), _plain),
    ):
        filled = [p for p in found if text(p)]
        cells[first] = text(filled[0]) if filled else ""
        cells[others] = _joined(filled[1:], labels, text)
    cells |= _address_cells(card, labels)
    for header, name, separator in (
        ("Job title", "TITLE", ", "), ("Birthday", "BDAY", ", "), ("Note", "NOTE", "\n"),
    ):  # fmt: skip
        cells[header] = separator.join(filter(None, (p.text.strip() for p in card.all(name))))
    lists = [unescaped(each).strip() for p in card.all("CATEGORIES") for each in split(p.value, ",")]
    cells["Categories"] = ", ".join(filter(None, lists))
    uid = card.first("UID")
    cells["UID"] = uid if len(uid) <= UID_MAX_LENGTH else ""
    rest = [f"UID: {uid}"] if uid and not cells["UID"] else []
    rest += [_labelled(p, labels, _listed(p)) for p in card.properties if p.name not in TAKEN]
    cells[OTHER] = "\n".join(filter(None, [cells.get(OTHER, ""), *rest, *card.broken]))
    return cells


def _name_cells(card: Card) -> dict[str, str]:
    """The parts of N; the formatted name where there are none, or beside them when it says more."""
    names = [p.parts() for p in card.all("N")]
    family, given, additional, prefix, suffix = ([*(names[0] if names else []), *[""] * 5])[:5]
    units = [[unescaped(each).strip() for each in split(p.value, ";")] for p in card.all("ORG")]
    organisation = units[0][0] if units else ""
    formatted = card.first("FN")
    is_company = card.first("KIND").lower() == "org" or card.first("X-ABSHOWAS").upper() == "COMPANY"
    if is_company and not organisation:
        organisation = formatted
    parts = {
        "Name prefix": prefix,
        "First name": f"{given} {additional}".strip(),
        "Last name": f"{family} {suffix}".strip(),
    }
    has_parts = bool(parts["First name"] or parts["Last name"])
    known = set(" ".join([*parts.values(), organisation]).casefold().replace(",", " ").split())
    is_told = set(formatted.casefold().replace(",", " ").split()) <= known
    return parts | {
        "Formatted name": "" if has_parts or formatted == organisation else formatted,
        "Organisation": organisation,
        "Department": ", ".join(filter(None, [*(units[0][1:] if units else []), *_names(units[1:])])),
        OTHER: f"Formatted name: {formatted}" if has_parts and not is_told else "",
    }


def _names(units: list[list[str]]) -> list[str]:
    return [" ".join(filter(None, unit)) for unit in units]


def _address_cells(card: Card, labels: dict[str, str]) -> dict[str, str]:
    """Of several addresses the preferred one, else the one at work, else the first."""
    found = sorted(card.all("ADR"), key=lambda p: (p.rank, "work" not in p.types))
    filled = [p for p in found if any(p.parts())]
    if not filled:
        return {}
    box, extended, street, city, region, code, country = (filled[0].parts() + [""] * 7)[:7]
    first, *more = [line.strip() for line in street.splitlines() if line.strip()] or [""]
    seconds = [*more, extended, box]
    line2 = ", ".join(" ".join(each.split()) for each in seconds if each)
    return {
        "Street": first or line2,
        "Street 2": line2 if first else "",
        "City": city,
        "Region": region,
        "Postal code": code,
        "Country": country,
        "Other addresses": _joined(filled[1:], labels, _address),
    }


def _joined(found: list[Property], labels: dict[str, str], text: Callable[[Property], str]) -> str:
    """'+49 30 1 (home); +49 30 2 (mobile)'."""
    return "; ".join(text(p) + _kind(p, labels) for p in found)


def _kind(found: Property, labels: dict[str, str]) -> str:
    label = labels.get(found.group, "")
    apple = APPLE_LABEL.fullmatch(label)
    words = [apple[1] if apple else label] if label else sorted(found.types - SILENT_TYPES)
    return f" ({', '.join(words)})" if words else ""


def _labelled(found: Property, labels: dict[str, str], text: str) -> str:
    return f"{found.name}: {text}{_kind(found, labels)}" if text else ""


def _plain(found: Property) -> str:
    return " ".join(found.text.split())


def _listed(found: Property) -> str:
    return ", ".join(filter(None, (" ".join(part.split()) for part in found.parts())))


def _email(found: Property) -> str:
    return unquote(_without_scheme(_plain(found), "mailto:"))


def _phone(found: Property) -> str:
    """tel:+1-555-0100;ext=5 → +1-555-0100 ext. 5."""
    text = _plain(found)
    number = _without_scheme(text, "tel:")
    return number if number == text else re.sub(r";ext=", " ext. ", unquote(number), flags=re.IGNORECASE)


def _without_scheme(text: str, scheme: str) -> str:
    return text[len(scheme) :] if text[: len(scheme)].lower() == scheme else text


def _address(found: Property) -> str:
    return ", ".join(" ".join(part.split()) for part in found.parts() if part)
