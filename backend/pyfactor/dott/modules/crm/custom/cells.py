"""A cell of an imported file → the value of a field, judged as one that is sent over HTTP."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rest_framework.exceptions import ValidationError

from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.custom.exporting import SEPARATOR
from dott.modules.crm.custom.resource import definitions_of
from dott.modules.crm.custom.values import Doubtful, read_value
from dott.modules.crm.imports import normalise
from dott.modules.crm.imports.amounts import money_parts, number_text
from dott.modules.crm.imports.errors import CellError
from dott.modules.crm.imports.fields import OWN
from dott.modules.crm.imports.headers import words
from dott.modules.crm.imports.phones import parse_phone
from dott.platform.api.errors import flatten
from dott.platform.api.own_fields import PREFIX
from dott.platform.tenancy.search import search_key

Reader = Callable[[str], Any]
_BETWEEN = re.compile(r"[;,\n]")


def own_headers(entity: str) -> dict[str, str]:
    """Header words → target, of the fields in use of a kind of record: their keys, and their labels."""
    in_use = [one for one in definitions_of(entity) if not one.is_archived]
    labels = {words(one.label): f"{PREFIX}{one.key}" for one in in_use}
    return labels | {words(f"{PREFIX}{one.key}"): f"{PREFIX}{one.key}" for one in in_use}


def own_readers(entity: str, *, date_order: str | None, country: str | None) -> dict[str, Reader]:
    """Target → what reads its cells, of the fields in use of a kind of record; one round trip."""
    return {
        f"{PREFIX}{one.key}": _reader(one, date_order, country)
        for one in definitions_of(entity)
        if not one.is_archived
    }


def _reader(definition: Definition, date_order: str | None, country: str | None) -> Reader:
    prepare = _prepared(definition, date_order, country)

    def read(text: str) -> Any:
        try:
            value = read_value(definition, prepare(text))
        except ValidationError as error:
            first = next(iter(flatten(error.detail)))
            raise CellError(first["code"] or "invalid", first["detail"]) from None
        if isinstance(value, Doubtful):
            raise CellError(value.error.code or "archived", str(value.error))
        return value

    return read


def _prepared(definition: Definition, date_order: str | None, country: str | None) -> Reader:
    """From the cell's text to what read_value takes."""
    kinds: Mapping[str, Reader] = {
        "long_text": lambda text: normalise.clean(text, keeps_lines=True),
        "number": number_text,
        "money": _money,
        "date": normalise.date_of(date_order),
        "bool": normalise.boolean,
        "select": lambda text: _option(definition, normalise.clean(text)),
        "multi_select": lambda text: _options(definition, normalise.clean(text, keeps_lines=True)),
        "url": normalise.website,
        "email": normalise.email,
        "phone": lambda text: _phone(normalise.clean(text), country),
    }
    return kinds.get(definition.type, normalise.clean)


def _money(text: str) -> dict[str, str]:
    wanted = f"{text!r} is not an amount with its currency, such as 12.50 EUR."
    try:
        number, sign = money_parts(text)
    except CellError:
        raise CellError("not_money", wanted) from None
    if not sign:
        raise CellError("not_money", wanted)
    return {"amount": number_text(number), "currency": normalise.currency(sign)}


def _option(definition: Definition, text: str) -> str:
    key = search_key(text)
    found = [one.id for one in definition.options if not one.is_archived and search_key(one.label) == key]
    if not found:
        raise CellError("invalid_choice", f"{text!r} is none of the options of {definition.label}.")
    return found[0]


def _options(definition: Definition, text: str) -> list[str]:
    try:
        return [_option(definition, text)]
    except CellError:
        return [_option(definition, part.strip()) for part in _BETWEEN.split(text) if part.strip()]


def shown_values(values: Mapping[str, Any], definitions: Mapping[str, Definition]) -> dict[str, Any]:
    """A row's fields by target, each a scalar: own fields as people write them."""
    plain = {name: value for name, value in values.items() if name != OWN}
    own = values.get(OWN) or {}
    return plain | {f"{PREFIX}{key}": _written(value, definitions.get(key)) for key, value in own.items()}


def _written(value: Any, definition: Definition | None) -> Any:
    if isinstance(value, dict):
        return f"{value.get('amount')} {value.get('currency')}"
    labels = {one.id: one.label for one in definition.options} if definition else {}
    if isinstance(value, list):
        return SEPARATOR.join(str(labels.get(one, one)) for one in value)
    return labels.get(value, value)


def _phone(text: str, country: str | None) -> str:
    parsed = parse_phone(text, country)
    return parsed.e164 if parsed else text
