"""The dashboard: GET /api/crm/dashboard/."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.dashboard import MONTHS, WEEKS, dashboard
from dott.platform.api.views import ApiView

_ADDRESS = "The list that it counts."


def _money() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=None, decimal_places=4)


class WorthSerializer(serializers.Serializer[Any]):
    """Deals in one currency; unlike currencies are never added."""

    currency = serializers.CharField()
    deals = serializers.IntegerField()
    amount = _money()
    weighted = serializers.DecimalField(
        max_digits=None, decimal_places=4, help_text="Each amount times its probability."
    )
    address = serializers.CharField(help_text=_ADDRESS)


class StageFiguresSerializer(serializers.Serializer[Any]):
    """The deals in an open stage."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    colour = serializers.CharField()
    deals = serializers.IntegerField(help_text="Those without an amount too.")
    worth = WorthSerializer(many=True)
    address = serializers.CharField(help_text=_ADDRESS)


class PipelineFiguresSerializer(serializers.Serializer[Any]):
    """A pipeline's open stages, in order."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    is_default = serializers.BooleanField()
    stages = StageFiguresSerializer(many=True)


class ClosedSerializer(serializers.Serializer[Any]):
    """Deals won, or lost."""

    deals = serializers.IntegerField()
    worth = WorthSerializer(many=True)
    address = serializers.CharField(help_text=_ADDRESS)


class MonthSerializer(serializers.Serializer[Any]):
    """A month of the business's calendar."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    won = ClosedSerializer()
    lost = ClosedSerializer()


class WeekSerializer(serializers.Serializer[Any]):
    """A week of the business's calendar."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    customers = serializers.IntegerField(help_text="Added in it.")
    address = serializers.CharField(help_text=_ADDRESS)


class TaskFiguresSerializer(serializers.Serializer[Any]):
    """What is open."""

    overdue = serializers.IntegerField()
    today = serializers.IntegerField()
    address = serializers.CharField(help_text=_ADDRESS)


class DashboardSerializer(serializers.Serializer[Any]):
    """Figures of the whole business, each with the address of the list that it counts."""

    today = serializers.DateField(help_text="The day in the business's time zone.")
    pipelines = PipelineFiguresSerializer(many=True, help_text="Those in use, the default one first.")
    months = MonthSerializer(many=True, help_text=f"The last {MONTHS}, the running one last.")
    weeks = WeekSerializer(many=True, help_text=f"The last {WEEKS}, the running one last.")
    my_tasks = TaskFiguresSerializer()
    all_tasks = TaskFiguresSerializer()
    has_customers = serializers.BooleanField()
    has_deals = serializers.BooleanField()


class DashboardView(ApiView):
    """The state of the business at a glance."""

    @extend_schema(operation_id="crm_dashboard_retrieve", responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        """What is in the pipelines, won, lost, added and due."""
        return Response(DashboardSerializer(dashboard()).data)
