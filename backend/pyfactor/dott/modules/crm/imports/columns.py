"""Customer columns as SQL: how a JSON value of a row becomes a column, and a column a JSON value."""

from __future__ import annotations

from collections.abc import Iterable

from .fields import FIELDS, OWN, OWN_PREFIX

# Columns whose SQL differs from "text, empty when absent".
CASTS = {"boolean": "boolean", "date": "date", "owner": "uuid"}
DEFAULTS = {"customer_kind": "business", "stage": "customer", "status": "active"}

STORED = tuple(name for name in FIELDS if name != "contact_name")


def column(field: str) -> str:
    """The database column: owner is stored as owner_id."""
    return "owner_id" if field == "owner" else field


def from_json(field: str, source: str) -> str:
    """SQL that reads the field from a jsonb expression, giving the column's empty value when absent."""
    if field == OWN:
        return f"coalesce({source}->'{OWN}', '{{}}')"
    kind = FIELDS[field].kind
    text = f"{source}->>'{field}'"
    if kind == "boolean":
        return f"coalesce(({text})::boolean, false)"
    if kind in CASTS:
        return f"({text})::{CASTS[kind]}"
    return f"coalesce({text}, '{DEFAULTS.get(kind, '')}')"


def as_json(fields: Iterable[str], alias: str) -> str:
    """SQL that gives the fields of a customer row as one jsonb object, keyed by field name."""
    pairs = ", ".join(f"'{field}', {alias}.{column(field)}" for field in fields)
    return f"jsonb_build_object({pairs})"


def fields_set_by(mapped: Iterable[str | None]) -> list[str]:
    """The customer fields that columns mapped to these targets can set, in a fixed order.

    Some targets give more than themselves: a phone may end in phone_raw, phone_extension or the notes.
    """
    reached: set[str] = set()
    for target in mapped:
        if target and target.startswith(OWN_PREFIX):
            reached.add(OWN)
        elif target == "contact_name":
            reached |= {"salutation", "first_name", "last_name"}
        elif target:
            reached.add(target)
            if target in ("phone", "shipping_phone"):
                reached |= {"phone_raw", "phone_extension", "notes"}
            elif target == "email":
                reached.add("notes")
    return [field for field in (*STORED, OWN) if field in reached]
