"""The answer of an export: the list as CSV, or as an Excel workbook when that is asked for.

It is sent while it is made. How many rows left, and the sum of their bytes, stand afterwards in the record of
it (models/exports.py), which is found by its receipt. What looks whole is on record: the answer ends once
that is committed, and whatever fails before breaks it off.
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from dott.modules.crm.actions.exports import CSV, XLSX, Csv, leaving
from dott.modules.crm.models import Export
from dott.platform.api.errors import Conflict, invalid_parameter
from dott.platform.tenancy.middleware import entered_again

CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PARAMETER_NAMES = ("file", "receipt")
PARAMETERS = [
    OpenApiParameter("file", str, enum=[CSV, XLSX], description="The kind of file, csv by default."),
    OpenApiParameter(
        "receipt",
        OpenApiTypes.UUID,
        description="A new id of your own, by which the record of this export is found under exports.",
    ),
]
RESPONSES = {(200, "text/csv"): OpenApiTypes.BINARY, (200, CONTENT_TYPES[XLSX]): OpenApiTypes.BINARY}


class Wanted(NamedTuple):
    """What is asked for. kind: csv or xlsx."""

    kind: str
    receipt: UUID | None


def wanted_kind(request: Request) -> Wanted:
    """Raises a 400 problem for another kind of file and for a receipt that is no UUID."""
    kind = request.query_params.get("file", CSV)
    if kind not in (CSV, XLSX):
        raise invalid_parameter("file", "invalid_choice", "The file is csv or xlsx.")
    receipt = request.query_params.get("receipt")
    try:
        return Wanted(kind, UUID(receipt) if receipt is not None else None)
    except ValueError:
        raise invalid_parameter("receipt", "invalid", "A receipt is a UUID.") from None


def exported(request: Request, wanted: Wanted, csv: Csv, name: str) -> StreamingHttpResponse:
    """name: of the download, without its ending; the plural of what the list is of.

    Raises a 409 problem for a receipt that was used before.
    """
    if wanted.receipt and Export.objects.filter(receipt=wanted.receipt).exists():
        raise Conflict("An export with this receipt was made before.", "export_receipt_is_unique")
    response = StreamingHttpResponse(
        _sent(request, wanted, csv, name), content_type=CONTENT_TYPES[wanted.kind]
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted.kind}"'
    response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
    response.is_made_ahead = True  # type: ignore[attr-defined]  # a mark for platform/api/threads.py
    return response


def _sent(request: Request, wanted: Wanted, csv: Csv, name: str) -> Iterator[bytes]:
    with entered_again(request) as context:
        yield from leaving(
            actor=context, csv=csv, entity=name.removesuffix("s"), kind=wanted.kind, receipt=wanted.receipt
        )
