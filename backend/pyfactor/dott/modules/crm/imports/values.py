"""One row of cells → the customer's fields, with an error or a warning for each cell that needs one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import amounts, normalise
from .errors import CellError
from .fields import CHOICES, OWN, OWN_PREFIX, Field
from .headers import label, words
from .kinds import CUSTOMERS, Kind
from .mapping import Column
from .names import split_name
from .parsed import RAGGED, Issue, LinkCell, Parsed
from .phones import parse_phone

OwnReader = Callable[[str], Any]
Normaliser = Callable[[str], str | bool | int]
# Between several values of one cell in Google's exports.
SEVERAL = " ::: "
EMAIL_SEPARATORS = (SEVERAL, ";", ",", " / ", " ")
E164_MAX_LENGTH = 16  # + and fifteen digits
# A cell of spaces and control characters is empty: it says nothing about the customer.
BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace() or unicodedata.category(c) == "Cc")


class RowParser:
    """Compiled once from the mapping, then called for every row.

    default_country: ISO alpha-2, for local phone numbers of rows without a country of their own.
    owners: lower-case display name → membership id, for an owner column. own: name of one of the business's
    own fields → what reads its cells; a column of another one is left out. finish: called with each row,
    to find what its links name among a few.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        default_country: str | None = None,
        date_order: str | None = None,
        null_markers: Sequence[str] = (),
        owners: Mapping[str, str] | None = None,
        own: Mapping[str, OwnReader] | None = None,
        kind: Kind = CUSTOMERS,
        finish: Callable[[Parsed], None] | None = None,
    ) -> None:
        self._columns = columns
        self._kind = kind
        self._finish = finish
        self._options: dict[str, Any] = {
            "default_country": default_country,
            "date_order": date_order,
            "null_markers": null_markers,
            "owners": owners,
            "own": own,
            "kind": kind,
            "finish": finish,
        }
        self._default_country = default_country or None
        self._date_order = date_order
        self._empty = frozenset(("", *null_markers))
        self._owners = owners or {}
        self._own = own or {}
        self._own_columns: list[tuple[int, str, OwnReader]] = []
        self._width = len(columns)
        self._plain: list[tuple[int, str, Normaliser]] = []
        self._special: list[tuple[int, Field]] = []
        self._notes: list[tuple[int, str]] = []
        self._links: list[tuple[int, str]] = []
        self._text_max_length = kind.fields[kind.text].max_length
        for column in columns:
            if column.field is None:
                continue
            if column.field.startswith(OWN_PREFIX):
                if column.field in self._own:
                    self._own_columns.append((column.index, column.field, self._own[column.field]))
                continue
            field = kind.fields[column.field]
            if field.name == kind.text:
                is_notes = column.confidence > 0 and kind.synonyms.get(words(column.header)) == kind.text
                self._notes.append((column.index, "" if is_notes else label(column.header) + ": "))
            elif field.kind == "link":
                self._links.append((column.index, field.name))
            elif field.kind in ("phone", "contact_name", "email", "amount"):
                self._special.append((column.index, field))
            else:
                self._plain.append((column.index, field.name, self._normaliser(field)))

    def shape(self, cells: Sequence[str]) -> str:
        """What is wrong with the number of cells, or ""."""
        if len(cells) == self._width:
            return ""
        return "too_many_cells" if len(cells) > self._width else "too_few_cells"

    def parse_edited(self, cells: Sequence[str], edits: Mapping[str, str]) -> Parsed:
        """The row with some fields typed by a person; their text is judged like a cell's.

        Raises KeyError for a name that is no field.
        """
        replaced = {self._gives(field) for field in edits}
        kept = [
            column._replace(field=None) if column.field and self._gives(column.field) in replaced else column
            for column in self._columns
        ]
        typed = [Column(self._width + place, field, [], field, 1.0) for place, field in enumerate(edits)]
        row = RowParser([*kept, *typed], **self._options).parse([*cells, *edits.values()])
        for name, cell in row.links.items():
            if (cell.column or 0) >= self._width:
                row.links[name] = cell._replace(column=None)
        for issues in (row.errors, row.warnings):
            issues[:] = [
                issue._replace(column=None) if (issue.column or 0) >= self._width else issue
                for issue in issues
            ]
        return row

    def _gives(self, field: str) -> str:
        return field if field in self._own else self._kind.fields[field].gives or field

    def ragged(self, cells: Sequence[str], issue: str) -> Parsed:
        """The error of a row that cannot be read; none of its cells is taken for a value."""
        detail = RAGGED[issue].format(given=len(cells), width=self._width)
        return Parsed({}, [Issue(None, None, issue, detail)], [], {})

    def parse(self, cells: Sequence[str]) -> Parsed:
        """cells: exactly as many as there are columns."""
        row = Parsed({}, [], [], {})
        notes: list[str] = []
        for index, name, normaliser in self._plain:
            text = cells[index].strip(BLANK)
            if text in self._empty:
                continue
            try:
                row.values[name] = normaliser(text)
            except CellError as error:
                row.errors.append(Issue(index, name, error.code, error.detail))
        self._take_own(row, cells)
        for index, field in self._special:
            text = cells[index].strip(BLANK)
            if text in self._empty:
                continue
            try:
                if left_over := self._take_special(row, index, field, text):
                    notes.append(left_over)
            except CellError as error:
                row.errors.append(Issue(index, field.name, error.code, error.detail))
        for index, prefix in self._notes:
            text = cells[index].strip(BLANK)
            if text not in self._empty:
                notes.append(prefix + normalise.clean(text, keeps_lines=True))
        if notes:
            row.values[self._kind.text] = joined = "\n".join(notes)
            if len(joined) > self._text_max_length:
                detail = f"Together, what goes into the {self._kind.text} exceeds 20,000 characters."
                row.errors.append(Issue(None, self._kind.text, "too_long", detail))
        self._take_links(row, cells)
        return row

    def _take_links(self, row: Parsed, cells: Sequence[str]) -> None:
        """What names other records: found at once where they are few (finish), later where they are not."""
        for index, name in self._links:
            text = normalise.clean(cells[index].strip(BLANK))
            if text not in self._empty:
                row.links[name] = LinkCell(index, name, text)
        if self._finish:
            self._finish(row)

    def _take_own(self, row: Parsed, cells: Sequence[str]) -> None:
        """The business's own fields, together under one name."""
        values: dict[str, Any] = {}
        for index, name, read in self._own_columns:
            text = cells[index].strip(BLANK)
            if text in self._empty:
                continue
            try:
                values[name.removeprefix(OWN_PREFIX)] = read(text)
            except CellError as error:
                row.errors.append(Issue(index, name, error.code, error.detail))
        if values:
            row.values[OWN] = values

    def _normaliser(self, field: Field) -> Normaliser:
        if field.kind in CHOICES:
            return normalise.choice_of(field.kind)
        made: dict[str, Callable[[], Normaliser]] = {
            "text": lambda: normalise.text_of(field.max_length),
            "long_text": lambda: normalise.long_text_of(field.max_length),
            "date": lambda: normalise.date_of(self._date_order),
            "instant": lambda: normalise.instant_of(self._date_order),
            "owner": lambda: self._owner,
        }
        return made[field.kind]() if field.kind in made else SIMPLE[field.kind]

    def _owner(self, text: str) -> str:
        member = self._owners.get(text.casefold())
        if member is None:
            raise CellError("unknown_owner", f"No member of this business is called {text!r}.")
        return member

    def _take_special(self, row: Parsed, index: int, field: Field, text: str) -> str | None:
        """A cell that gives several values or depends on other cells; returns what is for the notes."""
        if field.kind == "phone":
            number, *more = normalise.clean(text).split(SEVERAL)
            left_over = self._take_phone(row, index, field, number.strip())
            further = "Other phones: " + ", ".join(more) if more else ""
            return "\n".join(filter(None, (left_over, further))) or None
        if field.kind == "contact_name":
            for part, value in split_name(normalise.clean(text))._asdict().items():
                if value:
                    limit = self._kind.fields[part].max_length
                    row.values.setdefault(part, normalise.bounded(value, limit))
            return None
        if field.kind == "amount":
            row.values["amount"], currency = amounts.amount(text)
            if currency:
                row.values["currency"] = currency
            return None
        first, *others = split_emails(text)
        row.values["email"] = normalise.email(first)
        if not others:
            return None
        detail = "The cell holds several addresses; the first is used, the others are in the notes."
        row.warnings.append(Issue(index, "email", "several_emails", detail))
        return "E-mail: " + ", ".join(normalise.clean(other) for other in others)

    def _take_phone(self, row: Parsed, index: int, field: Field, text: str) -> str | None:
        is_main = field.name == "phone"
        address = "billing_country" if is_main else "shipping_country"
        country = row.values.get(address) or row.values.get("billing_country") or self._default_country
        phone = parse_phone(text, str(country) if country else None)
        # Some countries' own plans allow more digits than E.164 does.
        if phone and len(phone.e164) <= E164_MAX_LENGTH:
            row.values[field.name] = phone.e164
            if is_main:
                row.values["phone_raw"] = ""
                if phone.extension:
                    row.values.setdefault("phone_extension", phone.extension[:10])
            return None
        if country:
            code, why = (
                "phone_not_valid",
                f"{text!r} is not a valid number in {country}; it is kept as given.",
            )
        else:
            code, why = "phone_without_country", f"{text!r} lacks a country code; it is kept as given."
        row.warnings.append(Issue(index, field.name, code, why))
        if is_main and len(text) <= field.max_length:
            row.values["phone_raw"] = text
            return None
        return f"{'Phone' if is_main else 'Shipping phone'}: {text}"


def split_emails(text: str) -> list[str]:
    """'a@b.de; c@d.fr' → both; text that is not a list of addresses is returned whole."""
    if text.count("@") < 2:
        return [text]
    for separator in EMAIL_SEPARATORS:
        parts = [part.strip() for part in text.split(separator) if part.strip()]
        if len(parts) > 1 and all("@" in part for part in parts):
            return parts
    return [text]


SIMPLE: dict[str, Normaliser] = {
    "country": normalise.country,
    "currency": normalise.currency,
    "language": normalise.language,
    "timezone": normalise.timezone,
    "boolean": normalise.boolean,
    "percent": amounts.percent,
    "record_id": normalise.record_id,
    "website": normalise.website,
}
