"""The base of every resource. A resource declares; this does.

    class CustomerViewSet(TenantModelViewSet):
        queryset = Customer.objects.select_related("owner")
        serializer_class = CustomerSerializer
        filterset_class = CustomerFilters
        orderings = {"name": "sort_name", "created_at": "created_at"}
        default_ordering = "-created_at"

That is a whole resource: writes keep history and raise the version by themselves. Where a write has a
rule of its own, the hook calls the module's action, and nothing else:

        def create_record(self, values):
            return create_customer(values=values)
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import GenericViewSet

from dott.platform.api.conditional import check_if_match, is_not_modified, not_modified, versioned_response
from dott.platform.api.errors import Conflict, invalid_parameter
from dott.platform.api.filters import StrictFilterBackend, parameter_names
from dott.platform.api.idempotency import idempotent
from dott.platform.api.locked import RecordQuery
from dott.platform.api.pagination import KeysetPagination
from dott.platform.api.serializers import parse_fields
from dott.platform.api.views import StrictQueryMixin
from dott.platform.history import record as history
from dott.platform.history import tracked
from dott.platform.history.actor import Actor
from dott.platform.history.api.record_history import RecordHistoryMixin
from dott.platform.history.models import Change
from dott.platform.tenancy.context import current

_SHOWS_RECORDS = {"list", "retrieve", "create", "update", "partial_update", "restore"}


class ResourceRouter(SimpleRouter):
    """REST framework's router with uuid path converters: anything else is no address at all."""

    def __init__(self) -> None:
        super().__init__(use_regex_path=False)

    def get_method_map(self, viewset: Any, method_map: Mapping[str, str]) -> dict[str, str]:
        """Without the methods that the viewset does not name: no route, no entry in the schema."""
        bound = super().get_method_map(viewset, method_map)
        return {method: action for method, action in bound.items() if method in viewset.http_method_names}


class ReadOnlyTenantViewSet(StrictQueryMixin, GenericViewSet[Any]):
    """List and detail of one resource of the active tenant.

    Where it only declares, plans/ answers in one round trip what these methods would. Here a list takes 3,
    with count 4, a detail 3; BEGIN with the proof of the tenant and COMMIT included.
    """

    queryset: Any
    serializer_class: Any
    # Public name of an order → column of the model's own table.
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at"}
    default_ordering: ClassVar[str] = "-created_at"
    filterset_class: Any = None
    pagination_class = KeysetPagination
    filter_backends = [StrictFilterBackend]
    lookup_value_converter = "uuid"
    # An extra action that reads the list's filters sets it: @action(detail=False, reads_filters=True).
    reads_filters = False
    # An extra action that answers with a page sets it, for the schema.
    shows_page = False
    # Whether `as_of` is understood (RecordHistoryMixin).
    keeps_history = False

    def list(self, request: Request, **_path: Any) -> Response:
        """One page, in the order asked for."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, **_path: Any) -> Response:
        """One record with its ETag; 304 when If-None-Match names its version."""
        if "as_of" in request.query_params:
            return cast(RecordHistoryMixin, self).retrieve_as_of(request)
        record = self.get_object()
        if is_not_modified(request, record):
            return not_modified(record)
        return versioned_response(record, self.get_serializer(record).data)

    @property
    def actor(self) -> Actor:
        """In whose name the request acts."""
        return cast(Actor, self.request.user)

    @property
    def is_trashable(self) -> bool:
        """Whether deleting keeps the record for a while."""
        return any(field.name == "deleted_at" for field in self.queryset.model._meta.fields)

    def allowed_parameters(self) -> Collection[str]:
        """The filters, order and page of a list; `fields` wherever records are shown. Any other action
        names its own: @action(detail=True, query_parameters=("cursor",))."""
        names = set(self.query_parameters)
        if self.action in _SHOWS_RECORDS:
            names.add("fields")
        if self.action == "retrieve" and self.keeps_history:
            names.add("as_of")
        if self.action == "list":
            names |= {*KeysetPagination.parameters}
        if self.action == "list" or self.reads_filters:
            names |= parameter_names(self.filterset_class) | ({"trashed"} if self.is_trashable else set())
        return names

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds `fields`, the set of names to show, when the request asks for some."""
        context = dict(super().get_serializer_context())
        asked = self.request.query_params.get("fields") if self.request else None
        if asked is not None:
            context["fields"] = parse_fields(asked, self.serializer_class.Meta.fields)
        return context

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The resource's filters; the trash only, or everything but the trash."""
        if self.is_trashable:
            queryset = queryset.filter(deleted_at__isnull=not self._shows_trash())
        return super().filter_queryset(queryset)

    def _shows_trash(self) -> bool:
        value = self.request.query_params.get("trashed", "false")
        if value not in ("true", "false"):
            raise invalid_parameter("trashed", "invalid", "This is either “true” or “false”.")
        return bool(value == "true")

    def get_object(self) -> Any:
        """The record of the path, trashed or not. Raises Http404, alike for a foreign and an unknown id."""
        return self._fetch(self.get_queryset())

    def get_locked(self) -> Any:
        """The record of the path, locked until the end of the request."""
        record = self._lock()
        if record is None or _is_torn(record):
            # Whoever had it locked may have changed a reference. PostgreSQL then compares the new row with
            # what it had read beside the old one, and drops it or leaves the place empty. It is ours by now.
            record = self._lock()
        return self._permitted(record)

    def _lock(self) -> Any:
        if current().sees is None and type(self).get_queryset is GenericViewSet.get_queryset:
            return locking(type(self)).fetch(self.kwargs["pk"])
        return self._find(self.get_queryset().select_for_update(of=("self",)))

    def _fetch(self, queryset: QuerySet[Any]) -> Any:
        return self._permitted(self._find(queryset))

    def _find(self, queryset: QuerySet[Any]) -> Any:
        return queryset.filter(pk=self.kwargs["pk"]).first()

    def _permitted(self, record: Any) -> Any:
        if record is None:
            raise Http404
        self.check_object_permissions(self.request, record)
        return record


def _is_torn(record: Any) -> bool:
    """Whether it was read without something that it refers to and that was to be read with it."""
    return any(
        field.is_relation
        and field.is_cached(record)
        and field.get_cached_value(record) is None
        and getattr(record, field.attname) is not None
        for field in record._meta.concrete_fields
    )


@cache
def locking(viewset: type[ReadOnlyTenantViewSet]) -> RecordQuery:
    """What locks a record of the viewset's own query set."""
    return RecordQuery(viewset.queryset.select_for_update(of=("self",)))


class TenantModelViewSet(RecordHistoryMixin, ReadOnlyTenantViewSet):
    """List, detail, create, replace, change, delete and history; with TrashMixin also restore.

    Writes go through the hooks `…_record`, whose defaults write the row and its history.
    """

    def create_record(self, values: dict[str, Any]) -> Any:
        """Hook: create from validated values."""
        return tracked.create_record(self.queryset.model(**values), actor=self.actor)

    def update_record(self, record: Any, values: dict[str, Any]) -> Any:
        """Hook: change a locked record. PUT gives every writable field, PATCH the ones sent."""
        return tracked.change_record(record, values, actor=self.actor)

    def delete_record(self, record: Any) -> None:
        """Hook: remove a locked record for good. TrashMixin keeps it instead."""
        deletion = tracked.deletion_of(record)
        record.delete()
        history.record(changes=[deletion], actor_id=self.actor.membership_id)

    @idempotent
    def create(self, request: Request) -> Response:
        """201 with the record, its ETag and its address."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        record = self.create_record(serializer.validated_data)
        response = versioned_response(record, self.shown(record), status=201)
        response["Location"] = f"{request.path}{record.pk}/"
        return response

    def update(self, request: Request, **_path: Any) -> Response:
        """PUT: replace; fields that are left out get their defaults."""
        return self._change(request, partial=False)

    def partial_update(self, request: Request, **_path: Any) -> Response:
        """PATCH: change the fields that are sent."""
        return self._change(request, partial=True)

    def _change(self, request: Request, *, partial: bool) -> Response:
        record = self.get_locked()
        check_if_match(request, record)
        self._refuse_trashed(record)
        serializer = self.get_serializer(record, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        changed = self.update_record(record, serializer.validated_data)
        return versioned_response(changed, self.shown(changed))

    def shown(self, record: Any) -> Any:
        """What an answer shows of a record. A serializer of its own: one that is partial leaves out fields
        behind empty references. For what it only declares, the front writes the same without it (plans/)."""
        return self.get_serializer(record).data

    def destroy(self, request: Request, **_path: Any) -> Response:
        """204; the record is in the trash, or gone where the resource has none."""
        record = self.get_locked()
        check_if_match(request, record)
        self._refuse_trashed(record)
        self.delete_record(record)
        return Response(status=204)

    def _refuse_trashed(self, record: Any) -> None:
        if self.is_trashable and record.deleted_at is not None:
            raise Conflict("This record is in the trash. Restore it first.", "in_trash")


class TrashMixin:
    """Keeps deleted records, and adds POST {id}/restore/. For a model with `deleted_at` and `deleted_by`.

    Goes before TenantModelViewSet in the bases.
    """

    def delete_record(self: Any, record: Any) -> None:
        """A deletion is a move to the trash."""
        self.trash_record(record)

    def trash_record(self: Any, record: Any) -> None:
        """Hook: move a locked record to the trash."""
        values = {"deleted_at": timezone.now(), "deleted_by_id": self.actor.membership_id}
        tracked.change_record(record, values, actor=self.actor, operation=Change.Operation.TRASH)

    def restore_record(self: Any, record: Any) -> Any:
        """Hook: take a locked record out of the trash; its unique values are judged again."""
        values = {"deleted_at": None, "deleted_by_id": None}
        return tracked.change_record(record, values, actor=self.actor, operation=Change.Operation.RESTORE)

    @action(detail=True, methods=["post"])
    @idempotent
    def restore(self: Any, request: Request, **_path: Any) -> Response:
        """Take the record out of the trash. If-Match is honoured, not required."""
        record = self.get_locked()
        check_if_match(request, record, required=False)
        if record.deleted_at is None:
            raise Conflict("This record is not in the trash.", "not_in_trash")
        restored = self.restore_record(record)
        return versioned_response(restored, self.shown(restored))
