"""All customers of a list as one CSV file, the business's own fields behind the others."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, F, QuerySet, TextField

from dott.modules.crm.actions.exports import Csv
from dott.modules.crm.custom.exporting import export_columns, inert
from dott.modules.crm.models import keys
from dott.modules.crm.models.numbers import CUSTOMER

COLUMNS = (
    "account_number", "external_id", "kind", "business_name", "salutation", "first_name", "last_name",
    "email", "phone", "phone_extension", "phone_raw", "website", "stage", "status", "owner_name",
    "source", "industry", "tax_id", "is_tax_exempt", "tax_exempt_certificate", "tax_exempt_expires_on",
    "currency", "language", "timezone",
    "billing_line1", "billing_line2", "billing_city", "billing_county", "billing_region",
    "billing_postal_code", "billing_country",
    "shipping_recipient", "shipping_phone", "shipping_line1", "shipping_line2", "shipping_city",
    "shipping_county", "shipping_region", "shipping_postal_code", "shipping_country",
    "delivery_instructions", "notes", "do_not_call", "do_not_email", "created_at", "updated_at",
)  # fmt: skip

# Words of a list and codes. The database holds their form, so none can begin as a formula does.
WORDS = frozenset({
    "kind", "stage", "status", "currency", "language", "billing_country", "shipping_country",
})  # fmt: skip


def export_customers(*, customers: QuerySet[Any]) -> Csv:
    """The rows of the query set, in its order, as UTF-8 CSV with a header line."""
    own = export_columns("customer")
    rows = customers.values_list(
        *(_expression(customers.model, name) for name in COLUMNS), *(column for _, column in own)
    )
    return csv_of(rows, [*COLUMNS, *(header for header, _ in own)])


def csv_of(rows: QuerySet[Any], header: Sequence[str]) -> Csv:
    """The values of the query set as export_customers() writes them, below a header line."""
    try:
        return Csv(header, *rows.query.sql_with_params())
    except EmptyResultSet:
        # Of conditions that nothing can meet Django makes no statement.
        return Csv(header, "SELECT WHERE false", ())


def _expression(model: Any, name: str) -> Any:
    if name == "account_number":
        return keys.account_number(CUSTOMER)
    if name == "owner_name":
        return inert("owner__display_name")
    is_text = isinstance(model._meta.get_field(name), CharField | TextField)
    return inert(name) if is_text and name not in WORDS else F(name)
