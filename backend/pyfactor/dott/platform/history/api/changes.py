"""The log of changes, and undo."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict, ProblemError, invalid_parameter
from dott.platform.api.idempotency import idempotent
from dott.platform.api.pagination import KeysetPagination
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.history import reading
from dott.platform.history.api.access import may_undo, visible
from dott.platform.history.api.filters import ChangeSetFilters
from dott.platform.history.api.serializers import (
    ChangeSerializer,
    ChangeSetSerializer,
    ConflictSerializer,
    UndoResultSerializer,
    UndoSerializer,
)
from dott.platform.history.export import MAX_EXPORTED, lines
from dott.platform.history.labels import record_names
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.undo import (
    MAX_CHANGES,
    AlreadyUndone,
    Conflicts,
    Erased,
    NothingToUndo,
    TooLarge,
    UndoConflict,
    find_conflicts,
    undo,
)

_FLAGS = {"0": False, "false": False, "1": True, "true": True}


class ChangeSetViewSet(ReadOnlyTenantViewSet):
    """What was done in the business, one entry for each action of somebody."""

    queryset = reading.summarised(ChangeSet.objects.select_related("actor"))
    serializer_class = ChangeSetSerializer
    filterset_class = ChangeSetFilters
    orderings = {"created_at": "created_at"}
    default_ordering = "-created_at"

    def get_queryset(self) -> Any:
        """Those that the member may see."""
        return visible(super().get_queryset())

    def paginate_queryset(self, queryset: Any) -> Any:
        """Names the records on the page."""
        page: Any = super().paginate_queryset(queryset)
        if self.action == "list":
            reading.name_first_records(page)
        return page

    def get_object(self) -> Any:
        """Names the first records."""
        change_set = super().get_object()
        reading.name_first_records([change_set])
        return change_set

    @action(
        detail=True,
        methods=["get"],
        serializer_class=ChangeSerializer,
        shows_page=True,
        filterset_class=None,
        query_parameters=KeysetPagination.parameters,
        orderings={"record": "record_id"},
        default_ordering="record",
    )
    def records(self, request: Request, **_path: Any) -> Response:
        """What the set did to each of its records, by their ids."""
        changes = Change.objects.filter(change_set_id=self.get_object().pk)
        page = self.paginate_queryset(changes)
        reading.describe(page)
        reading.name_records(page)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY})
    @action(detail=False, methods=["get"], reads_filters=True)
    def export(self, request: Request) -> HttpResponse:
        """The log that the filters leave, newest first: a line of JSON for each entry, with its place in the
        chain once it is sealed."""
        sets = self.filter_queryset(self.get_queryset()).order_by("-created_at", "-id")
        if sets[MAX_EXPORTED:].exists():
            raise Conflict(f"There are more than {MAX_EXPORTED:,} entries. Narrow the time.", "too_many")
        response = HttpResponse(lines(sets), content_type="application/x-ndjson; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="activity.ndjson"'
        return response

    @extend_schema(
        request=UndoSerializer,
        parameters=[
            OpenApiParameter("dry_run", bool, description="true: tell of conflicts and change nothing.")
        ],
        responses={201: UndoResultSerializer, 200: UndoResultSerializer},
    )
    @action(detail=True, methods=["post"], filterset_class=None, query_parameters=("dry_run",))
    @idempotent
    def undo(self, request: Request, **_path: Any) -> Response:
        """Take everything back that the set did, as one new set, which can be undone in turn.

        200 for a dry run. 409 with `conflicts` when something was changed since.
        """
        change_set = self.get_object()
        serializer = UndoSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        is_dry_run = _flag(request, "dry_run")
        if not may_undo(change_set, {part["entity"] for part in change_set.summary}):
            raise ProblemError(
                403, "not_yours_to_undo", "A change of somebody else is undone by an administrator."
            )
        try:
            if is_dry_run:
                return Response(self._result(None, find_conflicts(change_set)))
            undoing, conflicts = undo(
                change_set=change_set,
                actor=self.actor,
                on_conflict=serializer.validated_data["on_conflict"],
            )
        except AlreadyUndone:
            raise Conflict("This was undone already.", "already_undone") from None
        except NothingToUndo:
            raise Conflict("There is nothing in it that could be undone.", "nothing_to_undo") from None
        except Erased:
            detail = "What it changed was erased for good, so it cannot be undone."
            raise Conflict(detail, "erased") from None
        except TooLarge:
            raise Conflict(f"More than {MAX_CHANGES:,} records were changed.", "too_large_to_undo") from None
        except UndoConflict as refused:
            raise Conflict(
                "Some of it was changed since. Nothing was undone.",
                "undo_conflict",
                conflicts=_shown(refused.conflicts),
                conflict_count=refused.conflicts.total,
            ) from None
        made = self.get_queryset().get(pk=undoing)
        reading.name_first_records([made])
        return Response(self._result(made, conflicts), status=201)

    def _result(self, change_set: Any, conflicts: Conflicts) -> dict[str, Any]:
        context = self.get_serializer_context()
        shown = ChangeSetSerializer(change_set, context=context).data if change_set else None
        return {
            "change_set": shown,
            "conflicts": _shown(conflicts),
            "conflict_count": conflicts.total,
        }


def _shown(conflicts: Conflicts) -> Any:
    names = record_names({(one.entity, one.record_id): {} for one in conflicts.shown})
    listed = [
        {name: getattr(one, name) for name in one.__slots__}
        | {"record_name": names.get((one.entity, one.record_id), "")}
        for one in conflicts.shown
    ]
    return ConflictSerializer(listed, many=True).data


def _flag(request: Request, name: str) -> bool:
    value = request.query_params.get(name, "false")
    if value not in _FLAGS:
        raise invalid_parameter(name, "invalid", "This is either “true” or “false”.")
    return _FLAGS[value]
