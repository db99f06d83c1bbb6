"""A field of `custom` as SQL.

No expression has parameters: keys and option ids are words (`custom_field_key_is_word`,
actions/custom_fields.py), so they can stand as literals. What is not of the field's type is read as NULL; it
must never fail, for a failing row would take the whole list with it.
"""

import re
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Func,
    IntegerField,
    JSONField,
    TextField,
)

from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.models.keys import KEY_MAX_LENGTH

_WORD = re.compile(r"[a-z][a-z0-9_]{0,49}")
_COLUMN = "%(expressions)s"
# Type → PostgreSQL's type, and what Django reads it with.
_CASTS: dict[str, tuple[str, Any]] = {
    "number": ("numeric", DecimalField()),
    "money": ("numeric", DecimalField()),
    "date": ("date", DateField()),
    "datetime": ("timestamptz", DateTimeField()),
}


def compared(definition: Definition) -> Func:
    """What a filter compares. Of several options it is the jsonb array of their ids."""
    if definition.type in _CASTS:
        type_, output = _CASTS[definition.type]
        return _column(_cast(_text(definition), type_), output)
    if definition.type == "bool":
        return _column(f"coalesce({_text(definition)} = 'true', false)", BooleanField())
    if definition.type == "multi_select":
        return _column(f"({_COLUMN} -> {_literal(definition.key)})", JSONField())
    return plain(definition)


def plain(definition: Definition) -> Func:
    """The text as it is kept; of money the amount's."""
    return _column(_text(definition), TextField())


def currency(definition: Definition) -> Func:
    """The currency of money."""
    return _column(f"({_COLUMN} #>> '{{{_word(definition.key)},currency}}')", TextField())


def sorted_by(definition: Definition) -> Func:
    """What an order looks at: texts without case and accents, options by their place."""
    if definition.type in ("select", "multi_select"):
        held = f"{_COLUMN} -> {_literal(definition.key)}"
        first = f"({held} ->> 0)" if definition.type == "multi_select" else _text(definition)
        places = ", ".join(_literal(choice) for choice in definition.choices)
        return _column(f"array_position(ARRAY[{places}]::text[], {first})", IntegerField())
    if definition.type in (*_CASTS, "bool"):
        return compared(definition)
    return _column(f"left(app.search_key({_text(definition)}), {KEY_MAX_LENGTH})", TextField())


def _text(definition: Definition) -> str:
    if definition.type == "money":
        return f"({_COLUMN} #>> '{{{_word(definition.key)},amount}}')"
    return f"({_COLUMN} ->> {_literal(definition.key)})"


def _cast(text: str, type_: str) -> str:
    return f"CASE WHEN pg_input_is_valid({text}, '{type_}') THEN {text}::{type_} END"


def _column(template: str, output_field: Any) -> Func:
    return Func(F("custom"), template=f"({template})", output_field=output_field)


def _literal(word: str) -> str:
    return f"'{_word(word)}'"


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise ValueError(f"{text!r} is no word that SQL may hold as it is.")
    return text
