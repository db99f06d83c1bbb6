"""The answer of an export: the list as CSV, or as an Excel workbook when that is asked for."""

from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from dott.modules.crm.actions.export_workbook import workbook_of
from dott.platform.api.errors import invalid_parameter

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARAMETERS = [
    OpenApiParameter("file", str, enum=[CSV, XLSX], description="The kind of file, csv by default.")
]
RESPONSES = {(200, "text/csv"): OpenApiTypes.BINARY, (200, CONTENT_TYPE): OpenApiTypes.BINARY}


def wanted_kind(request: Request) -> str:
    """csv or xlsx. Raises a 400 problem for any other."""
    kind = request.query_params.get("file", CSV)
    if kind not in (CSV, XLSX):
        raise invalid_parameter("file", "invalid_choice", "The file is csv or xlsx.")
    return kind


def exported(kind: str, file: IO[bytes], name: str) -> StreamingHttpResponse:
    """file: a CSV as export.csv_of() writes it. name: of the download, without its ending."""
    response: StreamingHttpResponse
    if kind == XLSX:
        response = StreamingHttpResponse(workbook_of(file), content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    else:
        response = FileResponse(
            file, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8"
        )
    # The CSV is complete; sending it in either form reads nothing from the database.
    response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
    return response
