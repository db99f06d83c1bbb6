"""Customers as an import sees them."""

from __future__ import annotations

from collections.abc import Sequence

from dott.modules.crm.imports.fields import FIELDS
from dott.modules.crm.imports.headers import OWN_EXPORT, OWN_EXPORT_FIELDS, SYNONYMS
from dott.modules.crm.models import Customer

from .base import ROWS, Key, Kind, RowRule

_NAMES = frozenset({"salutation", "first_name", "last_name"})


def kind_of_new(values: str) -> str:
    """SQL: what a new customer is when the file does not say. A name of a business makes one."""
    return (
        f"coalesce({values}->>'kind', CASE WHEN {values} ? 'business_name' THEN 'business' ELSE 'person' END)"
    )


class _Customers(Kind):
    name = "customer"
    noun = "customer"
    model = Customer
    series = "customer"
    fields = FIELDS
    # name_key is cut at 200 characters (models/keys.py).
    keys = {
        "external_id": Key("{c}.external_id", "({values}->>'external_id')"),
        "email": Key("{c}.email_key", "lower({values}->>'email')"),
        "phone": Key("{c}.phone", "({values}->>'phone')"),
        "business_name": Key(
            "{c}.name_key",
            "left(app.search_key({values}->>'business_name'), 200)",
            " AND {c}.kind = 'business'",
        ),
    }
    # The rules between fields (models/rules.py).
    rules = (
        RowRule(
            "customer_business_has_business_name",
            "business_name",
            "A business needs its name.",
            "m.j->>'kind' = 'business' AND coalesce(m.j->>'business_name', '') = ''",
        ),
        RowRule(
            "customer_person_has_a_name",
            "last_name",
            "A person needs a first or a last name.",
            "m.j->>'kind' = 'person' AND coalesce(m.j->>'first_name', '') = ''"
            " AND coalesce(m.j->>'last_name', '') = ''",
        ),
        RowRule(
            "customer_exemption_details_need_exemption",
            "is_tax_exempt",
            "A certificate or its expiry belongs to a customer who is tax exempt.",
            "NOT coalesce((m.j->>'is_tax_exempt')::boolean, false)"
            " AND (coalesce(m.j->>'tax_exempt_certificate', '') <> ''"
            " OR m.j->>'tax_exempt_expires_on' IS NOT NULL)",
        ),
        RowRule(
            "too_long",
            "notes",
            "Together with the notes that are there, these exceed 20,000 characters.",
            "length(m.j->>'notes') > 20000",
        ),
    )
    rule_fields = (
        "kind", "business_name", "first_name", "last_name",
        "is_tax_exempt", "tax_exempt_certificate", "tax_exempt_expires_on",
    )  # fmt: skip
    defaults = {"customer_kind": "business", "stage": "customer", "status": "active"}
    reaches = {
        "contact_name": _NAMES,
        "phone": frozenset({"phone_raw", "phone_extension", "notes"}),
        "shipping_phone": frozenset({"phone_raw", "phone_extension", "notes"}),
        "email": frozenset({"notes"}),
    }
    # What a search for duplicates found.
    swept = (("crm_duplicate_pair", "first_id"), ("crm_duplicate_pair", "second_id"))
    synonyms = SYNONYMS
    own_export = OWN_EXPORT
    own_export_fields = OWN_EXPORT_FIELDS
    doubtful_keys = frozenset({"phone"})

    def created(self, values: str) -> str:
        return f"jsonb_build_object('kind', {kind_of_new(values)}) || {values}"

    def insert_sql(self, fields: Sequence[str]) -> str:
        """As of every kind, but without a document made anew for each row."""
        given = [field for field in fields if field != "kind"]
        columns = "".join(f", {self.column(field)}" for field in given)
        values = "".join(", " + self.from_json(field, 'r."values"') for field in given)
        return f"""
INSERT INTO crm_customer (tenant_id, id, number, created_by_id, updated_by_id, tags, kind{columns})
SELECT %(tenant)s, r.id, %(first_number)s + row_number() OVER (ORDER BY r.line) - 1, %(member)s, %(member)s,
       %(tags)s::uuid[], {kind_of_new('r."values"')}{values}
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'create'
 ORDER BY r.line"""

    def created_fields(self) -> str:
        # Documents are put together once: each || costs as much as the row's own document.
        own = "'number', c.number, 'kind', c.kind, 'stage', c.stage, 'status', c.status"
        return f"""CASE WHEN c.tags = '{{}}' THEN jsonb_build_object({own})
         ELSE jsonb_build_object({own}, 'tags', c.tags) END
    || CASE WHEN r."values"->>'phone_raw' = '' THEN r."values" - 'phone_raw' ELSE r."values" END"""


CUSTOMERS: Kind = _Customers()
