"""All customers of a list as one CSV file."""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db import connections
from django.db.models import CharField, F, Func, QuerySet, TextField

from dott.modules.crm.imports.formula import TRIGGERS
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
_IN_MEMORY_BYTES = 1024 * 1024
# Without it spreadsheets take UTF-8 for the system's own encoding.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class AccountNumber(Func):
    """C-000042, as Customer.account_number."""

    function = "lpad"
    template = "'C-' || %(function)s(%(expressions)s::text, greatest(6, length(%(expressions)s::text)), '0')"
    arity = 1
    output_field = TextField()


class Inert(Func):
    """Text that no spreadsheet takes for a formula; the import page takes the guard off again."""

    template = "CASE WHEN (%(expressions)s) ~ %%s THEN '''' || (%(expressions)s) ELSE %(expressions)s END"
    arity = 1
    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        """The expression is a column and has no parameters of its own."""
        sql, _ = super().as_sql(compiler, connection, **context)
        return sql, [_NEEDS_GUARD]


def export_customers(*, customers: QuerySet[Any]) -> IO[bytes]:
    """The rows of the query set, in its order, as UTF-8 CSV with a header line; positioned at its start.

    PostgreSQL writes the lines, so a hundred thousand rows take about a second and no memory. The file
    holds everything that is needed: it may be read after the transaction has ended.
    """
    rows = customers.values_list(*(_expression(customers.model, name) for name in COLUMNS))
    sql, params = rows.query.sql_with_params()
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    file.write(_BYTE_ORDER_MARK + ",".join(COLUMNS).encode() + b"\n")
    with connections[current().alias].cursor() as cursor:
        with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
            for block in copy:
                file.write(block)
    file.seek(0)
    return file


def _expression(model: Any, name: str) -> Any:
    if name == "account_number":
        return AccountNumber("number")
    if name == "owner_name":
        return Inert(F("owner__display_name"))
    field = model._meta.get_field(name)
    return Inert(F(name)) if isinstance(field, CharField | TextField) else F(name)
