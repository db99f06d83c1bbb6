"""Activities over HTTP: what was done and what is to be done."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions.activities import (
    complete_activity,
    create_activity,
    reopen_activity,
    restore_activity,
    trash_activity,
    update_activity,
)
from dott.modules.crm.api.activity_filters import ActivityFilters
from dott.modules.crm.api.activity_serializer import ActivitySerializer
from dott.modules.crm.models import Activity
from dott.modules.crm.tasks import GROUPS, TASKS_PER_GROUP, Tasks, tasks_of
from dott.platform.api.access import AccessMixin
from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.api.filters import StrictFilterBackend
from dott.platform.api.idempotency import idempotent
from dott.platform.api.viewsets import TenantModelViewSet, TrashMixin
from dott.platform.tenancy.context import current


class TaskGroupSerializer(serializers.Serializer[Any]):
    """One group: how many there are, and the first of them by when they are due."""

    name = serializers.ChoiceField(choices=GROUPS)
    count = serializers.IntegerField(help_text="Of all in the group.")
    results = ActivitySerializer(many=True, help_text=f"At most {TASKS_PER_GROUP}.")


class TasksSerializer(serializers.Serializer[Tasks]):
    """What is to be done."""

    today = serializers.DateField(help_text="The day it is in the business's time zone.")
    groups = TaskGroupSerializer(many=True, help_text="Always all four, in this order.")


class ActivityViewSet(AccessMixin, TrashMixin, TenantModelViewSet):
    """The business's activities."""

    queryset = Activity.objects.select_related("assignee", "customer", "contact", "deal").defer("search_text")
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilters
    orderings = {"created_at": "created_at", "happened_at": "happened_at", "due": "due_order"}
    default_ordering = "-created_at"

    def create_record(self, values: dict[str, Any]) -> Activity:
        return create_activity(actor=current(), values=values)

    def update_record(self, record: Activity, values: dict[str, Any]) -> Activity:
        return update_activity(actor=current(), activity=record, values=values)

    def trash_record(self, record: Activity) -> None:
        trash_activity(actor=current(), activity=record)

    def restore_record(self, record: Activity) -> Activity:
        return restore_activity(actor=current(), activity=record)

    @extend_schema(request=None, responses=ActivitySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def complete(self, request: Request, pk: Any) -> Response:
        """Mark it as done; a repeated one comes back. If-Match is honoured, not required."""
        return self._mark(request, complete_activity)

    @extend_schema(request=None, responses=ActivitySerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reopen(self, request: Request, pk: Any) -> Response:
        """Mark it as still to be done; the next occurrence that it made goes, unless it was changed."""
        return self._mark(request, reopen_activity)

    @extend_schema(responses=TasksSerializer, filters=True)
    @action(detail=False, methods=["get"], reads_filters=True)
    def tasks(self, request: Request) -> Response:
        """What is still to be done among the activities that match the filters, by when it is due.

        Notes are none of it. `status` and `trashed` say nothing here: tasks are open and in use.
        """
        wanted = StrictFilterBackend().filter_queryset(
            request, self.get_queryset().filter(deleted_at=None), self
        )
        found = tasks_of(wanted)
        return Response(TasksSerializer(found, context=self.get_serializer_context()).data)

    def _mark(self, request: Request, mark: Any) -> Response:
        record = self.get_locked()
        check_if_match(request, record, required=False)
        self._refuse_trashed(record)
        marked = mark(actor=current(), activity=record)
        return versioned_response(marked, self.get_serializer(marked).data)
