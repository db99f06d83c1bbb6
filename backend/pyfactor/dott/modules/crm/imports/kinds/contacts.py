"""Contacts as an import sees them: people, each perhaps with a place at a customer.

The link to the customer is a row of its own under the staged row's id, so a revert knows which it made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from dott.modules.crm.imports.fields import CONTACT_FIELDS
from dott.modules.crm.imports.headers_more import CONTACT_SYNONYMS
from dott.modules.crm.models import Contact

from .base import ROWS, Key, Kind, Reference, RowRule

_NAMES = frozenset({"salutation", "first_name", "last_name"})
_LINK = "crm.customercontact"
_SIDE = """CASE r.action WHEN 'create' THEN r."values" ELSE r.after END"""


class _Contacts(Kind):
    name = "contact"
    noun = "contact"
    model = Contact
    fields = CONTACT_FIELDS
    keys = {
        "contact_id": Key("{c}.id", "({values}->>'contact_id')::uuid"),
        "external_id": Key("{c}.external_id", "({values}->>'external_id')"),
        "email": Key("{c}.email_key", "lower({values}->>'email')"),
    }
    rules = (
        RowRule(
            "contact_has_a_name",
            "last_name",
            "A contact needs a first or a last name.",
            "coalesce(m.j->>'first_name', '') = '' AND coalesce(m.j->>'last_name', '') = ''",
        ),
        RowRule(
            "too_long",
            "notes",
            "Together with the notes that are there, these exceed 20,000 characters.",
            "length(m.j->>'notes') > 20000",
        ),
    )
    rule_fields = ("first_name", "last_name")
    virtual = frozenset({"customer", "role"})
    reaches = {
        "contact_name": _NAMES,
        "phone": frozenset({"phone_raw", "phone_extension", "notes"}),
        "email": frozenset({"notes"}),
    }
    references = (Reference("customer", "crm_customer", "x.deleted_at IS NULL"),)
    # What a search for duplicates found.
    swept = (("crm_contact_pair", "first_id"), ("crm_contact_pair", "second_id"))
    written = ("crm_customer_contact",)
    synonyms = CONTACT_SYNONYMS
    own_export = frozenset({"contact_id", "job_title", "customer_external_id"})
    own_export_fields = {"created_at": None, "updated_at": None}

    @cached_property
    def settable(self) -> tuple[str, ...]:
        """Place and role are no columns of the contact."""
        return (*self.columns, "customer", "role")

    def created(self, values: str) -> str:
        return f"({values} - '{{contact_id,customer,role}}'::text[])"

    def new_values(self, fields: Sequence[str]) -> str:
        """A place that the contact has already is left as it is."""
        linked = "CASE WHEN linked.id IS NULL THEN '{contact_id}' ELSE '{contact_id,customer,role}' END"
        return f"(({super().new_values(fields)}) - ({linked})::text[])"

    def beside(self) -> tuple[str, str]:
        linked = """linked AS MATERIALIZED (
    SELECT l.id, l.contact_id, l.customer_id FROM crm_customer_contact l
     WHERE l.tenant_id = %(tenant)s AND l.contact_id = ANY (ARRAY(SELECT record_id FROM found))
),
"""
        join = (
            " LEFT JOIN linked ON linked.contact_id = found.record_id"
            " AND linked.customer_id = (found.v->>'customer')::uuid"
        )
        return linked, join

    def own_part(self, side: str) -> str:
        return f"({side} - '{{customer,role}}'::text[])"

    def write_beside(self) -> Iterable[str]:
        """The new places, none of them the customer's primary contact."""
        yield f"""
INSERT INTO crm_customer_contact
       (tenant_id, id, customer_id, contact_id, role, is_primary, created_by_id, updated_by_id)
SELECT %(tenant)s, r.id, (r.side->>'customer')::uuid, coalesce(r.target_id, r.id),
       coalesce(r.side->>'role', 'other'), false, %(member)s, %(member)s
  FROM (SELECT r.id, r.target_id, {_SIDE} AS side FROM crm_import_row r
         WHERE {ROWS} AND r.action IN ('create', 'update')) r
 WHERE r.side ? 'customer'
    ON CONFLICT (tenant_id, customer_id, contact_id) DO NOTHING"""
        yield self._history("create", "'{}'", _place("l"))

    def changed_beside(self) -> str:
        return (
            "EXISTS (SELECT FROM crm_customer_contact l"
            " WHERE l.tenant_id = r.tenant_id AND l.id = r.id AND l.version <> 1)"
        )

    def revert_beside(self) -> Iterable[str]:
        yield self._history("delete", _place("l"), "'{}'")
        yield f"""
DELETE FROM crm_customer_contact l USING crm_import_row r
 WHERE {ROWS} AND l.tenant_id = %(tenant)s AND l.id = r.id AND r.conflicts = '[]'"""

    def _history(self, operation: str, before: str, after: str) -> str:
        return f"""
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, '{_LINK}', l.id, '{operation}', {before}, {after}
  FROM crm_import_row r
  JOIN crm_customer_contact l ON l.tenant_id = %(tenant)s AND l.id = r.id
 WHERE {ROWS} AND r.action IN ('create', 'update') AND r.conflicts = '[]'"""


def _place(link: str) -> str:
    return (
        f"jsonb_build_object('customer', {link}.customer_id, 'contact', {link}.contact_id,"
        f" 'role', {link}.role)"
    )


CONTACTS: Kind = _Contacts()
