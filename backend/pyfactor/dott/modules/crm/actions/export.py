"""All customers of a list as one CSV file."""

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db import connections
from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Ord
from django.db.models.lookups import In

from dott.modules.crm.imports.formula import TRIGGERS
from dott.modules.crm.models import keys
from dott.platform.tenancy.context import current

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

# formula.NEEDS_GUARD in PostgreSQL's dialect, whose text holds no NUL.
_NEEDS_GUARD = "^'*[" + TRIGGERS.replace("\x00", "") + "]"
# How such a text begins, as code points: a number is compared in a tenth of the time that a pattern takes,
# and hardly any text begins so.
_MAY_NEED_GUARD = [ord(character) for character in "'" + TRIGGERS.replace("\\", "").replace("\x00", "")]
_IN_MEMORY_BYTES = 1024 * 1024
# Without it spreadsheets take UTF-8 for the system's own encoding.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def export_customers(*, customers: QuerySet[Any]) -> IO[bytes]:
    """The rows of the query set, in its order, as UTF-8 CSV with a header line; positioned at its start.

    PostgreSQL writes the lines, so a hundred thousand rows take about a second and no memory. The file
    holds everything that is needed: it may be read after the transaction has ended.
    """
    rows = customers.values_list(*(_expression(customers.model, name) for name in COLUMNS))
    return csv_of(rows, COLUMNS)


def csv_of(rows: QuerySet[Any], header: Sequence[str]) -> IO[bytes]:
    """The values of the query set as export_customers() writes them, below a header line."""
    sql, params = rows.query.sql_with_params()
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    file.write(_BYTE_ORDER_MARK + ",".join(header).encode() + b"\n")
    statement = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
    with connections[current().alias].cursor() as cursor, cursor.cursor.copy(statement, params) as copy:
        for block in copy:
            file.write(block)
    file.seek(0)
    return file


def _expression(model: Any, name: str) -> Any:
    if name == "account_number":
        return keys.account_number("C-")
    if name == "owner_name":
        return inert("owner__display_name")
    is_text = isinstance(model._meta.get_field(name), CharField | TextField)
    return inert(name) if is_text else F(name)


def inert(path: str) -> Case:
    """Text that no spreadsheet takes for a formula; the import page takes the guard off again."""
    return Case(
        When(
            Q(In(Ord(F(path)), _MAY_NEED_GUARD)) & Q(**{f"{path}__regex": _NEEDS_GUARD}),
            then=Concat(Value("'"), path),
        ),
        default=F(path),
        output_field=TextField(),
    )
