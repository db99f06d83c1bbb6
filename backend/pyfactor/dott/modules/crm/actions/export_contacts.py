"""All contacts of a list as one CSV file."""

from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, TextField

from dott.modules.crm.actions.export import csv_of
from dott.modules.crm.actions.exports import Csv
from dott.modules.crm.custom.exporting import export_columns, inert
from dott.modules.crm.models import Contact, CustomerContact

# Of the one customer that stands in a contact's row: column of the file → where the link has it.
_OF_CUSTOMER = {
    "customer": "customer__display_name",
    "customer_external_id": "customer__external_id",
    "role": "role",
}
COLUMNS = (
    "external_id", "salutation", "first_name", "last_name", "job_title", "department", "email", "phone",
    "phone_extension", "phone_raw", "customer", "customer_external_id", "role", "language", "birthday",
    "do_not_call", "do_not_email", "notes", "created_at", "updated_at", "contact_id",
)  # fmt: skip


def export_contacts(*, contacts: QuerySet[Any]) -> Csv:
    """The rows of the query set, in its order, as UTF-8 CSV with a header line; positioned at its start.

    Of several customers in use the one whose primary contact it is stands there, else the first linked.
    The file holds everything that is needed: it may be read after the transaction has ended.
    """
    own = export_columns("contact")
    rows = contacts.values_list(*map(_expression, COLUMNS), *(column for _, column in own))
    return csv_of(rows, [*COLUMNS, *(header for header, _ in own)])


def _expression(name: str) -> Any:
    if name == "contact_id":
        return F("id")
    if name in _OF_CUSTOMER:
        links = CustomerContact.objects.filter(contact=OuterRef("pk"), customer__deleted_at=None)
        first = links.order_by("-is_primary", "id").values_list(inert(_OF_CUSTOMER[name]))[:1]
        return Subquery(first, output_field=TextField())
    return inert(name) if isinstance(Contact._meta.get_field(name), CharField | TextField) else F(name)
