"""Pipelines, stages and lost reasons over HTTP. Everybody reads them, admins set them up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions import pipelines as actions
from dott.modules.crm.actions.selling import ensure_selling
from dott.modules.crm.models import LostReason, Pipeline, Stage
from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import Conflict, InputError, ProblemError
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.tenancy.context import current

MAX_ORDERED = 200


@contextmanager
def refusals() -> Iterator[None]:
    """Answer what the actions refuse with 409."""
    try:
        yield
    except actions.RefusedChange as refused:
        raise Conflict(refused.sentence, refused.code) from refused


class OrderSerializer(StrictSerializer):
    """All records of a list, by id, in the order they are to have."""

    order = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MAX_ORDERED)

    def validate_order(self, order: list[Any]) -> list[Any]:
        """Each once."""
        if len(set(order)) != len(order):
            raise serializers.ValidationError("An id is named twice.", code="repeated")
        return order


class OrderMixin:
    """Adds POST reorder/ for records with a `position`. Goes before TenantModelViewSet in the bases."""

    body_serializers: ClassVar = {"reorder": OrderSerializer}

    def ordered_together(self: Any, order: list[Any]) -> QuerySet[Any]:
        """Hook: the whole list that the ids are to be."""
        return self.queryset.all()

    @extend_schema(request=OrderSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    @idempotent
    def reorder(self: Any, request: Request) -> Response:
        """Put the list in another order. 409 `order_is_stale` when `order` leaves a record of it out."""
        body = OrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        order = body.validated_data["order"]
        records = list(self.ordered_together(order).select_for_update(of=("self",)).order_by("id"))
        ids = {one.pk for one in records}
        if not ids.issuperset(order):
            raise _unknown_in_order()
        if len(ids) != len(order):
            raise Conflict(
                "The list was changed in the meantime. Load it again before you order it.", "order_is_stale"
            )
        actions.put_in_order(actor=current(), records=records, order=order)
        return Response(status=204)


class SellingViewSet(OrderMixin, TenantModelViewSet):
    """A list that is never empty: whoever looks first gets the usual setup (actions/selling.py)."""

    orderings: ClassVar[dict[str, str]] = {"position": "position"}
    default_ordering = "position"

    def paginate_queryset(self, queryset: Any) -> Any:
        """The page; should it be empty, what it is once the business has a pipeline."""
        page = super().paginate_queryset(queryset)
        if not page:
            ensure_selling(actor=current())
            page = super().paginate_queryset(queryset)
        return page


class PipelineSerializer(StrictModelSerializer):
    """One way of selling."""

    class Meta:
        model = Pipeline
        fields = (
            "id", "name", "position", "is_default", "is_archived",
            "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip


class PipelineViewSet(SellingViewSet):
    """The business's pipelines. A new one begins with the usual stages."""

    queryset = Pipeline.objects.all()
    serializer_class = PipelineSerializer

    def create_record(self, values: dict[str, Any]) -> Pipeline:
        with refusals():
            ensure_selling(actor=current())
            return actions.create_pipeline(actor=current(), values=values)

    def update_record(self, record: Pipeline, values: dict[str, Any]) -> Pipeline:
        with refusals():
            return actions.update_pipeline(actor=current(), pipeline=record, values=values)

    def delete_record(self, record: Pipeline) -> None:
        with refusals():
            actions.delete_pipeline(actor=current(), pipeline=record)


class StageFilters(StrictFilterSet):
    """The stages of one pipeline, as a rule."""

    class Meta:
        model = Stage
        fields: ClassVar = {"pipeline": ["exact"]}


class StageSerializer(StrictModelSerializer):
    """One step of a pipeline. probability: percent; of a won stage 100, of a lost one 0."""

    class Meta:
        model = Stage
        fields = (
            "id", "pipeline", "name", "category", "probability", "position", "colour", "rot_days",
            "is_archived", "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Probability by category; a stage stays in its pipeline."""
        if (
            self.instance is not None
            and attrs.get("pipeline", self.instance.pipeline) != self.instance.pipeline
        ):
            text = "A stage stays in its pipeline."
            raise serializers.ValidationError({"pipeline": [ErrorDetail(text, code="unchangeable")]})
        category = attrs.get("category", self.instance.category if self.instance else "open")
        closed = actions.CLOSED_PROBABILITY.get(category)
        if closed is not None:
            if attrs.setdefault("probability", closed) != closed:
                text = f"In a {category} stage this is {closed}."
                raise serializers.ValidationError(
                    {"probability": [ErrorDetail(text, code="stage_probability_fits_category")]}
                )
        elif attrs.get("probability", 0) > 100:
            raise serializers.ValidationError(
                {"probability": [ErrorDetail("At most 100 percent.", code="max_value")]}
            )
        return attrs


class StageViewSet(SellingViewSet):
    """The stages of the business's pipelines."""

    queryset = Stage.objects.select_related("pipeline")
    serializer_class = StageSerializer
    filterset_class = StageFilters

    def create_record(self, values: dict[str, Any]) -> Stage:
        return actions.create_stage(actor=current(), values=values)

    def update_record(self, record: Stage, values: dict[str, Any]) -> Stage:
        with refusals():
            return actions.update_stage(actor=current(), stage=record, values=values)

    def delete_record(self, record: Stage) -> None:
        with refusals():
            actions.delete_stage(actor=current(), stage=record)

    def ordered_together(self, order: list[Any]) -> QuerySet[Any]:
        """The stages of the pipeline that the first one is in. Raises a 400 problem for an unknown one."""
        first = Stage.objects.filter(pk=order[0]).first()
        if first is None:
            raise _unknown_in_order()
        return Stage.objects.filter(pipeline=first.pipeline_id)


class LostReasonSerializer(StrictModelSerializer):
    """Why a deal is lost."""

    class Meta:
        model = LostReason
        fields = (
            "id", "name", "position", "is_active",
            "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip


class LostReasonViewSet(SellingViewSet):
    """The business's reasons for losing deals."""

    queryset = LostReason.objects.all()
    serializer_class = LostReasonSerializer

    def create_record(self, values: dict[str, Any]) -> LostReason:
        return actions.create_lost_reason(actor=current(), values=values)

    def delete_record(self, record: LostReason) -> None:
        with refusals():
            actions.delete_lost_reason(actor=current(), reason=record)


def _unknown_in_order() -> ProblemError:
    error: InputError = {"pointer": "/order", "code": "does_not_exist", "detail": NO_SUCH_RECORD}
    return ProblemError(400, "invalid_input", "Some values cannot be accepted.", [error])
