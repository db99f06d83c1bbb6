"""All deals of a list as one CSV file."""

from typing import Any

from django.db.models import CharField, F, QuerySet, TextField

from dott.modules.crm.actions.export import csv_of
from dott.modules.crm.actions.exports import Csv
from dott.modules.crm.custom.exporting import export_columns, inert
from dott.modules.crm.models import Deal, keys
from dott.modules.crm.models.numbers import DEAL

# Column of the file → where it is read, where that has another name.
_ELSEWHERE = {
    "pipeline": "pipeline__name",
    "stage": "stage__name",
    "customer": "customer__display_name",
    "customer_external_id": "customer__external_id",
    "contact": "contact__display_name",
    "owner_name": "owner__display_name",
    "lost_reason": "lost_reason__name",
}
COLUMNS = (
    "deal_number", "external_id", "name", "pipeline", "stage", "category", "customer",
    "customer_external_id", "contact", "owner_name", "amount", "currency", "probability",
    "expected_close_on", "closed_at", "lost_reason", "lost_note", "source", "next_step", "description",
    "stage_entered_at", "created_at", "updated_at", "deal_id",
)  # fmt: skip


def export_deals(*, deals: QuerySet[Any]) -> Csv:
    """The rows of the query set, in its order, as UTF-8 CSV with a header line; positioned at its start.

    The file holds everything that is needed: it may be read after the transaction has ended.
    """
    own = export_columns("deal")
    rows = deals.values_list(*map(_expression, COLUMNS), *(column for _, column in own))
    return csv_of(rows, [*COLUMNS, *(header for header, _ in own)])


def _expression(name: str) -> Any:
    if name == "deal_number":
        return keys.account_number(DEAL)
    if name == "deal_id":
        return F("id")
    if name in _ELSEWHERE:
        return inert(_ELSEWHERE[name])
    return inert(name) if isinstance(Deal._meta.get_field(name), CharField | TextField) else F(name)
