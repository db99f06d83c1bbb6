"""The fields a column may be put into, per kind of record, and what kind of text each expects."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """kind: how a cell becomes a value (normalise.py). max_length: characters, 0 for no own limit.

    gives: the value that comes of it, where that is called otherwise: three columns may name one customer.
    """

    name: str
    kind: str
    max_length: int = 0
    gives: str = ""


_ADDRESS = (
    ("line1", "text", 255),
    ("line2", "text", 255),
    ("city", "text", 120),
    ("county", "text", 120),
    ("region", "text", 120),
    ("postal_code", "text", 20),
    ("country", "country", 0),
)

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("external_id", "text", 80),
        Field("kind", "customer_kind"),
        Field("business_name", "text", 255),
        Field("contact_name", "contact_name"),
        Field("salutation", "text", 30),
        Field("first_name", "text", 100),
        Field("last_name", "text", 100),
        Field("email", "email", 254),
        Field("phone", "phone", 40),
        Field("phone_extension", "text", 10),
        Field("phone_raw", "text", 40),
        Field("website", "website", 2048),
        Field("stage", "stage"),
        Field("status", "status"),
        Field("owner", "owner"),
        Field("source", "text", 80),
        Field("industry", "text", 80),
        Field("tax_id", "text", 32),
        Field("is_tax_exempt", "boolean"),
        Field("tax_exempt_certificate", "text", 100),
        Field("tax_exempt_expires_on", "date"),
        Field("currency", "currency"),
        Field("language", "language"),
        Field("timezone", "timezone"),
        *(Field(f"billing_{part}", kind, size) for part, kind, size in _ADDRESS),
        Field("shipping_recipient", "text", 120),
        Field("shipping_phone", "phone", 40),
        *(Field(f"shipping_{part}", kind, size) for part, kind, size in _ADDRESS),
        Field("delivery_instructions", "long_text", 1_000),
        Field("notes", "long_text", 20_000),
        Field("do_not_call", "boolean"),
        Field("do_not_email", "boolean"),
    )
}
"""Every mapping target. contact_name is not a column of the customer: it is split into first_name,
last_name and, with a title in front, salutation."""

# Which customer a contact or a deal belongs to: by name, by the number seen here, by the id it came with.
_CUSTOMER = (
    Field("customer", "link"),
    Field("customer_number", "link", gives="customer"),
    Field("customer_external_id", "link", gives="customer"),
)

CONTACT_FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("contact_id", "record_id"),
        Field("external_id", "text", 80),
        Field("contact_name", "contact_name"),
        Field("salutation", "text", 30),
        Field("first_name", "text", 100),
        Field("last_name", "text", 100),
        Field("job_title", "text", 120),
        Field("department", "text", 120),
        *_CUSTOMER,
        Field("role", "role"),
        Field("email", "email", 254),
        Field("phone", "phone", 40),
        Field("phone_extension", "text", 10),
        Field("phone_raw", "text", 40),
        Field("language", "language"),
        Field("birthday", "date"),
        Field("do_not_call", "boolean"),
        Field("do_not_email", "boolean"),
        Field("notes", "long_text", 20_000),
    )
}

DEAL_FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("deal_id", "record_id"),
        Field("external_id", "text", 80),
        Field("name", "text", 255),
        *_CUSTOMER,
        Field("contact", "link"),
        Field("pipeline", "link"),
        Field("stage", "link"),
        # Won, lost or open, where the file says it beside the stage.
        Field("outcome", "link", gives="stage"),
        Field("owner", "owner"),
        Field("amount", "amount"),
        Field("currency", "currency"),
        Field("probability", "percent"),
        Field("expected_close_on", "date"),
        Field("closed_at", "instant"),
        Field("lost_reason", "link"),
        Field("lost_note", "text", 2_000),
        Field("source", "text", 80),
        Field("next_step", "text", 255),
        Field("description", "long_text", 20_000),
    )
}

# The business's own fields are called so, with their key behind it; a row holds them together as "custom".
OWN_PREFIX = "custom."
OWN = "custom"
# What a record holds its tags by; no column of a file goes there (marking.py).
TAGS = "tags"

CHOICES: dict[str, tuple[str, ...]] = {
    "customer_kind": ("business", "person"),
    "stage": ("lead", "prospect", "customer", "former", "partner", "other"),
    "status": ("active", "inactive", "blocked"),
    "role": ("decision_maker", "evaluator", "influencer", "billing", "technical", "user", "other"),
}
