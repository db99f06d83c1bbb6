"""Imports over HTTP: upload, choose, dry run, mend, apply, revert."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions import imports as actions
from dott.modules.crm.actions.purge_imports import DetailsPurged, require_details
from dott.modules.crm.api.import_filters import ImportRowFilters
from dott.modules.crm.api.import_serializers import (
    ImportJobPatchSerializer,
    ImportJobSerializer,
    ImportRowPatchSerializer,
    ImportRowSerializer,
    ImportUploadSerializer,
)
from dott.modules.crm.clock import business_clock
from dott.modules.crm.imports.errors import ImportFileError, too_large
from dott.modules.crm.imports.limits import MAX_FILE_BYTES
from dott.modules.crm.imports.marking import proposed_name
from dott.modules.crm.imports.mending import rows_to_mend
from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.api.errors import Conflict, InputError, ProblemError
from dott.platform.api.idempotency import idempotent
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.tenancy.context import current

# Where in the body the mistake stands, by the code of the refusal.
POINTERS = {
    "unknown_column": "/mapping",
    "unknown_field": "/mapping",
    "field_mapped_twice": "/mapping",
    "unknown_match_key": "/match_keys",
    "unknown_country": "/default_country",
}
BUSY = {
    "applied": "This import is applied. Revert it first, or upload the file again.",
    "draft": "Check the import first: start the dry run.",
}
PURGED = "The file and the rows of this import were removed after their time. What it did is kept."


class ImportJobViewSet(ReadOnlyTenantViewSet):
    """Imports of customers, contacts and deals."""

    queryset = ImportJob.objects.select_related("job", "created_by")
    serializer_class = ImportJobSerializer
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at"}
    default_ordering = "-created_at"

    def get_parsers(self) -> list[Any]:
        """The upload is the one multipart form of the API."""
        if self.request is not None and self.request.method == "POST" and "pk" not in self.kwargs:
            return [MultiPartParser()]
        return super().get_parsers()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse an upload that is too large by its header, before a byte of it is read."""
        super().initial(request, *args, **kwargs)
        if self.action == "create":
            with problems("/file"):
                # The form around the file has a few hundred bytes; the file itself is measured again.
                if int(request.META.get("CONTENT_LENGTH") or 0) - 4096 > MAX_FILE_BYTES:
                    raise too_large()
            actions.allow_slow_upload()

    @extend_schema(
        request={"multipart/form-data": ImportUploadSerializer}, responses={201: ImportJobSerializer}
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Upload a file. Refused with 400, 413 or 415 when it is no table that can be imported."""
        upload = ImportUploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        file = upload.validated_data["file"]
        with problems("/file"):
            job = actions.create_import(
                actor=current(),
                file_name=file.name,
                chunks=file.chunks(),
                default_country=actions.country_of_business(),
                entity=upload.validated_data.get("entity"),
                tag_name=proposed_name(file.name, business_clock().today),
            )
        response = self._answer(job.pk, status=201)
        response["Location"] = f"{request.path}{job.pk}/"
        return response

    @extend_schema(request=ImportJobPatchSerializer, responses=ImportJobSerializer)
    def partial_update(self, request: Request, pk: Any) -> Response:
        """Change kind of record, mapping, mode, match keys, default country or dialect: a dry run follows. Or
        the tag, which needs none."""
        job = self.get_locked()
        check_if_match(request, job)
        changes = ImportJobPatchSerializer(data=request.data)
        changes.is_valid(raise_exception=True)
        with problems("/dialect"):
            actions.change_import(actor=current(), job=job, changes=changes.validated_data)
        return self._answer(pk)

    @extend_schema(request=None, responses={202: ImportJobSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def validate(self, request: Request, pk: Any) -> Response:
        """Start the dry run: a background job that decides about every row and writes no record."""
        return self._start(request, pk, actions.validate_import)

    @extend_schema(request=None, responses={202: ImportJobSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def apply(self, request: Request, pk: Any) -> Response:
        """Write what the dry run showed, in one transaction of a background job."""
        return self._start(request, pk, actions.apply_import)

    @extend_schema(request=None, responses={202: ImportJobSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def revert(self, request: Request, pk: Any) -> Response:
        """Take the import back. Records that were changed after it are kept, and named in `error`."""
        return self._start(request, pk, actions.revert_import)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def errors(self, request: Request, pk: Any) -> FileResponse:
        """The rows that are not imported, failed or left out, as CSV: line, reasons, and their cells.

        The mended file can be uploaded as it is: line and reasons are known, and left out.
        """
        job = self.get_object()
        with problems(""):
            require_details(job)
        response = FileResponse(
            rows_to_mend(job),
            as_attachment=True,
            filename="import-errors.csv",
            content_type="text/csv; charset=utf-8",
        )
        # The file is complete; sending it reads nothing from the database.
        response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
        return response

    def get_locked(self) -> Any:
        """The import, locked. 409 at once while a background job has it, whose lock lasts long."""
        _refuse_running(self.get_object())
        return super().get_locked()

    def _start(self, request: Request, pk: Any, start: Callable[..., Any]) -> Response:
        job = self.get_locked()
        check_if_match(request, job, required=False)
        with problems(""):
            start(actor=current(), job=job)
        return self._answer(pk, status=202)

    def _answer(self, pk: Any, status: int = 200) -> Response:
        job = self.get_queryset().get(pk=pk)
        return versioned_response(job, self.get_serializer(job).data, status=status)


class ImportRowViewSet(ReadOnlyTenantViewSet):
    """The rows of one import, in the order of the file."""

    queryset = ImportRow.objects.select_related("import_job")
    serializer_class = ImportRowSerializer
    orderings: ClassVar[dict[str, str]] = {"line": "line"}
    default_ordering = "line"
    filterset_class = ImportRowFilters

    def get_queryset(self) -> QuerySet[Any]:
        """Raises Http404 when there is no such import."""
        import_id = self.kwargs.get("id")
        if import_id is None:  # The schema is drawn without an address.
            return super().get_queryset().none()
        import_job = ImportJob.objects.only("details_purged_at").filter(pk=import_id).first()
        if import_job is None:
            raise Http404
        with problems(""):
            require_details(import_job)
        return super().get_queryset().filter(import_job_id=import_id)

    def list(self, request: Request, **_path: Any) -> Response:
        """One page of rows."""
        return super().list(request)

    @extend_schema(request=ImportRowPatchSerializer, responses=ImportRowSerializer)
    def partial_update(self, request: Request, id: Any, line: int) -> Response:
        """Mend a row of the dry run, or leave it out. It is judged again at once."""
        imports = ImportJob.objects.select_related("job").filter(pk=id)
        _refuse_running(imports.first())
        job = imports.select_for_update(of=("self",)).first()
        if job is None:
            raise Http404
        with problems(""):
            require_details(job)
        row = ImportRow.objects.select_for_update().filter(import_job=job, line=line).first()
        if row is None:
            raise Http404
        changes = ImportRowPatchSerializer(data=request.data)
        changes.is_valid(raise_exception=True)
        with problems("/values"):
            row = actions.edit_row(actor=current(), job=job, row=row, changes=changes.validated_data)
        return Response(self.get_serializer(row).data)


def _refuse_running(job: ImportJob | None) -> None:
    if job is not None and job.is_running:
        with problems(""):
            raise actions.ImportBusy(job.shown_state)


@contextmanager
def problems(pointer: str) -> Iterator[None]:
    """Answer what the actions refuse as a problem; pointer: where in the body, unless the code tells."""
    try:
        yield
    except ImportFileError as error:
        at = POINTERS.get(error.code, pointer) if pointer == "/dialect" else pointer
        refused: InputError = {"pointer": at, "code": error.code, "detail": error.detail}
        raise ProblemError(error.status, error.code, error.detail, [refused]) from error
    except (DetailsPurged, FileNotFoundError) as error:
        raise Conflict(PURGED, "details_purged") from error
    except actions.ImportBusy as error:
        detail = BUSY.get(error.state, f"This cannot be done while the import is {error.state}.")
        raise Conflict(detail, "import_busy", state=error.state) from error
