"""The answer of an export: the list as CSV, or as an Excel workbook when that is asked for.

The file is complete before its first byte is sent, so its sum and the number of its rows stand in the
headers, and in the record of it (models/exports.py) that a page finds by its receipt afterwards: a browser
does not show a page the headers of what it saves.
"""

import base64
from typing import NamedTuple
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from dott.modules.crm.actions.exports import CSV, XLSX, CsvFile, finish_export
from dott.platform.api.errors import invalid_parameter
from dott.platform.tenancy.context import current

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


def exported(wanted: Wanted, csv: CsvFile, name: str) -> FileResponse:
    """name: of the download, without its ending; the plural of what the list is of."""
    made = finish_export(
        actor=current(), csv=csv, entity=name.removesuffix("s"), kind=wanted.kind, receipt=wanted.receipt
    )
    response = FileResponse(
        made.file,
        as_attachment=True,
        filename=f"{name}.{wanted.kind}",
        content_type=CONTENT_TYPES[wanted.kind],
    )
    response["Content-Length"] = str(made.size_bytes)
    # RFC 9530.
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(made.sha256)).decode()}:"
    response["Row-Count"] = str(csv.row_count)
    # Sending the file reads nothing from the database.
    response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
    return response
