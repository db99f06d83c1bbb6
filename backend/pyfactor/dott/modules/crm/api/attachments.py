"""Attachments over HTTP: upload, list, rename, download, trash."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions.attachments import MAX_BYTES, EmptyFile, LinkInArchive, attach_file
from dott.modules.crm.actions.imports import allow_slow_upload
from dott.modules.crm.actions.room import QuotaExceeded
from dott.modules.crm.models import Activity, Attachment, Contact, Customer, Deal
from dott.modules.crm.models.attachments import OWNERS
from dott.platform.api.conditional import versioned_response
from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer, TenantRelatedField
from dott.platform.api.viewsets import TenantModelViewSet, TrashMixin
from dott.platform.files import store as files
from dott.platform.files.kinds import INERT, UNKNOWN
from dott.platform.tenancy.context import current

# The multipart form around a file.
_FORM_BYTES = 4_096
# Whatever is in the file, a browser saves it and neither runs nor keeps it.
_SANDBOX = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class AttachmentSerializer(StrictModelSerializer):
    """One file. Only its name can be changed."""

    created_by_name = serializers.CharField(source="created_by.display_name", default="", read_only=True)

    class Meta:
        model = Attachment
        fields = (
            "id", "name", "mime", "size_bytes", "sha256", "customer", "contact", "deal", "activity",
            "created_at", "created_by", "created_by_name", "updated_at", "updated_by", "deleted_at",
            "version",
        )  # fmt: skip
        read_only_fields = ("mime", "size_bytes", "sha256", *OWNERS)

    def validate_name(self, name: str) -> str:
        """As of an uploaded file: no directories, no control characters."""
        return files.plain_name(name)


def _owner(model: Any) -> TenantRelatedField:
    return TenantRelatedField(queryset=model.objects.filter(deleted_at=None), required=False)


class AttachmentUploadSerializer(StrictSerializer):
    """The form of an upload: a file, and the one record it belongs to."""

    file = serializers.FileField(allow_empty_file=True)
    customer = _owner(Customer)
    contact = _owner(Contact)
    deal = _owner(Deal)
    activity = _owner(Activity)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one record. Raises ValidationError `attachment_belongs_to_one_record`."""
        if sum(name in attrs for name in OWNERS) != 1:
            code = "attachment_belongs_to_one_record"
            sentence = "A file belongs to one customer, contact, deal or activity."
            raise serializers.ValidationError({name: [sentence] for name in OWNERS}, code=code)
        return attrs


class AttachmentFilters(StrictFilterSet):
    """The files of a record."""

    class Meta:
        model = Attachment
        fields: ClassVar = {name: ["exact"] for name in OWNERS}


class AttachmentViewSet(TrashMixin, TenantModelViewSet):
    """Files at the business's records."""

    queryset = Attachment.objects.select_related("created_by")
    serializer_class = AttachmentSerializer
    filterset_class = AttachmentFilters
    orderings = {"created_at": "created_at"}
    default_ordering = "-created_at"
    body_serializers: ClassVar = {"create": AttachmentUploadSerializer}

    def get_parsers(self) -> list[Any]:
        """An upload is a multipart form."""
        if self.request is not None and self.request.method == "POST" and "pk" not in self.kwargs:
            return [MultiPartParser()]
        return super().get_parsers()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse an upload that is too large by its header, before a byte of it is read."""
        super().initial(request, *args, **kwargs)
        if self.action == "create":
            with _problems():
                announced = int(request.META.get("CONTENT_LENGTH") or 0) - _FORM_BYTES
                files.refuse_too_large(announced, max_bytes=MAX_BYTES)
            allow_slow_upload()

    @extend_schema(
        request={"multipart/form-data": AttachmentUploadSerializer}, responses={201: AttachmentSerializer}
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Attach a file. 409 `quota_exceeded` when the business has no room for it, 413 above 25 MB."""
        upload = AttachmentUploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        file = upload.validated_data.pop("file")
        with _problems():
            attachment = attach_file(
                actor=current(), file_name=file.name, chunks=file.chunks(), owner=upload.validated_data
            )
        response = versioned_response(attachment, self.get_serializer(attachment).data, status=201)
        response["Location"] = f"{request.path}{attachment.pk}/"
        return response

    @extend_schema(responses={(200, UNKNOWN): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def download(self, request: Request, pk: Any) -> FileResponse:
        """The file itself, to be saved. 404 also when it is in the trash."""
        attachment = self.get_object()
        if attachment.deleted_at is not None:
            raise Http404
        try:
            file = files.path_of(attachment.file_key).open("rb")
        except FileNotFoundError:
            raise Http404 from None
        kind = attachment.mime if attachment.mime in INERT else UNKNOWN
        response = FileResponse(file, as_attachment=True, filename=attachment.name, content_type=kind)
        for name, value in _SANDBOX.items():
            response[name] = value
        # The file is complete; sending it reads nothing from the database.
        response.opens_own_context = True  # type: ignore[attr-defined]  # TenantMiddleware's mark
        return response


@contextmanager
def _problems() -> Iterator[None]:
    try:
        yield
    except files.FileTooLarge as error:
        raise _refusal(413, "file_too_large", str(error)) from error
    except EmptyFile as error:
        raise _refusal(400, "empty_file", "This file is empty.") from error
    except LinkInArchive as error:
        raise _refusal(
            400, "link_in_archive", "This archive holds a symbolic link. Pack it without."
        ) from error
    except QuotaExceeded as error:
        raise Conflict(str(error), "quota_exceeded", free_bytes=error.free_bytes) from error


def _refusal(status: int, code: str, detail: str) -> ProblemError:
    return ProblemError(status, code, detail, [{"pointer": "/file", "code": code, "detail": detail}])
