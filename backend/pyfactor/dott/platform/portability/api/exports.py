"""Taking a business along by the web: ask for its file, watch it being made, fetch it.

The routes are identity's, because only there is known when a session was proved (identity/fresh.py); what
they read and write is the business's, in a transaction of its own.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.api.errors import Conflict
from dott.platform.files import store as files
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.sessions import token_proof
from dott.platform.portability.exports import AlreadyRunning, error_of, start_export, status_of
from dott.platform.portability.models import BusinessExport
from dott.platform.tenancy import transactions

# Newest first; with so many an hour and a file a week at most, nobody looks further back.
SHOWN = 50
_BLOCK_BYTES = 256 * 1024


class ExportProgressSerializer(serializers.Serializer[Any]):
    """Of records and files. total: 0 until they have been counted."""

    phase = serializers.CharField(allow_blank=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ExportErrorSerializer(serializers.Serializer[Any]):
    """Why there is no file. code is stable."""

    code = serializers.CharField()
    detail = serializers.CharField()


class BusinessExportSerializer(serializers.Serializer[Any]):
    """One file of the whole business. size_bytes and sha256: of the file, 0 and "" until it is ready;
    records: entity → how many are in it; expires_at: when it goes."""

    id = serializers.UUIDField()
    status = serializers.SerializerMethodField()
    progress = ExportProgressSerializer()
    error = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    created_by_name = serializers.CharField(source="created_by.display_name", default="")
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(allow_blank=True)
    records = serializers.DictField(child=serializers.IntegerField())

    @extend_schema_field(serializers.ChoiceField(choices=BusinessExport.Status.values))
    def get_status(self, export: BusinessExport) -> str:
        """How far it is."""
        return status_of(export)

    @extend_schema_field(ExportErrorSerializer(allow_null=True))
    def get_error(self, export: BusinessExport) -> dict[str, str] | None:
        """Of one that failed."""
        return error_of(export)


class BusinessExportsSerializer(serializers.Serializer[Any]):
    """The newest ones."""

    results = BusinessExportSerializer(many=True)


class _ExportView(IdentityView):
    """Opens the session's business itself: the login role reads none."""

    opens_own_transactions = True

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The business that the session is in, as the session's owner."""
        try:
            with transactions.session(token_proof(str(self.session.session_key)), self.tenant_id):
                yield
        except (transactions.SessionRefused, transactions.MembershipRefused):
            # It ended while the request was looked at.
            raise NotAuthenticated from None


class ExportListView(_ExportView):
    """The business's files."""

    @extend_schema(operation_id="tenants_current_exports_list", responses=BusinessExportsSerializer)
    def get(self, request: Request) -> Response:
        """The newest 50, with those whose file has gone."""
        with self.inside():
            found = BusinessExport.objects.select_related("job", "created_by").order_by("-created_at", "-id")
            return Response(BusinessExportsSerializer({"results": found[:SHOWN]}).data)

    @extend_schema(request=None, responses={202: BusinessExportSerializer})
    def post(self, request: Request) -> Response:
        """Have a file made of everything in the business, in the background; its owners get a mail. 409
        `export_running` while one is being made; 403 `reauthentication_required` unless the session was
        proved in the last ten minutes."""
        limits.enforce("business_export", str(self.tenant_id))
        with self.inside():
            try:
                started = start_export()
            except AlreadyRunning:
                raise Conflict("A file of this business is being made already.", "export_running") from None
            body = BusinessExportSerializer(_one(started.pk)).data
        return Response(body, status=202, headers={"Location": f"{request.path}{started.pk}/"})


class ExportDetailView(_ExportView):
    """One of them."""

    @extend_schema(responses=BusinessExportSerializer)
    def get(self, request: Request, businessexport_id: UUID) -> Response:
        """How far it is."""
        with self.inside():
            return Response(BusinessExportSerializer(_one(businessexport_id)).data)


class ExportDownloadView(_ExportView):
    """The file of one of them."""

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, businessexport_id: UUID) -> FileResponse:
        """The zip, to be saved. 404 until it is ready and after it has expired; 403
        `reauthentication_required` unless the session was proved in the last ten minutes."""
        with self.inside():
            export = _one(businessexport_id)
            if status_of(export) != BusinessExport.Status.READY:
                raise NotFound
            try:
                stream = files.path_of(export.file_key).open("rb")
            except FileNotFoundError:
                raise NotFound from None
        name = f"business-{export.created_at:%Y-%m-%d}.zip"
        response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
        response.block_size = _BLOCK_BYTES
        # RFC 9530.
        response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(export.sha256)).decode()}:"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


def _one(export_id: UUID) -> BusinessExport:
    known = BusinessExport.objects.select_related("job", "created_by")
    found: BusinessExport | None = known.filter(pk=export_id).first()
    if found is None:
        raise NotFound
    return found
