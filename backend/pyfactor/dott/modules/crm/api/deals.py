"""Deals over HTTP: the list, the board, moves, and the stages that a deal went through."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from dott.modules.crm.actions import board as moves
from dott.modules.crm.actions.deals import create_deal, move_deals, restore_deal, trash_deal, update_deal
from dott.modules.crm.actions.export_deals import export_deals
from dott.modules.crm.actions.selling import ensure_selling
from dott.modules.crm.api.board import Board, BoardSerializer, DealSumsSerializer, sums_of
from dott.modules.crm.api.deal_filters import DealFilters
from dott.modules.crm.api.deal_serializers import (
    DealMoveSerializer,
    DealMovesSerializer,
    DealSerializer,
    DealsMovedSerializer,
    refuse_moves,
)
from dott.modules.crm.api.exported import PARAMETER_NAMES, PARAMETERS, RESPONSES, exported, wanted_kind
from dott.modules.crm.api.tagging import TaggingBulkMixin
from dott.modules.crm.models import Deal, DealStageEvent, Pipeline, Stage
from dott.platform.api.access import AccessMixin
from dott.platform.api.bulk import in_use
from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.api.errors import Conflict, InputError, ProblemError, invalid_parameter
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import parse_fields
from dott.platform.api.viewsets import TenantModelViewSet, TrashMixin
from dott.platform.tenancy.context import current

# What joined rows hold that no deal shows.
_UNSEEN = (
    "search_text", "customer__search_text", "customer__notes", "contact__search_text", "contact__notes",
)  # fmt: skip
MAX_STAGE_EVENTS = 1_000
_BOARD_ONLY = {"pipeline", "fields"}


class StageVisitSerializer(serializers.Serializer[Any]):
    """A deal was in a stage. left_at: null while it is there. seconds: until then, or until now."""

    stage = serializers.UUIDField()
    stage_name = serializers.CharField()
    stage_colour = serializers.CharField()
    category = serializers.CharField()
    entered_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)
    seconds = serializers.IntegerField()
    actor = serializers.UUIDField(allow_null=True)
    actor_name = serializers.CharField()


class StageVisitsSerializer(serializers.Serializer[Any]):
    """From the first to the last, of which it is at most the last thousand."""

    results = StageVisitSerializer(many=True)


class DealViewSet(AccessMixin, TaggingBulkMixin, TrashMixin, TenantModelViewSet):
    """The business's deals."""

    queryset = Deal.objects.select_related(
        "pipeline", "stage", "customer", "contact", "owner", "lost_reason"
    ).defer(*_UNSEEN)
    serializer_class = DealSerializer
    filterset_class = DealFilters
    orderings: ClassVar[dict[str, str]] = {
        "name": "name_key",
        "deal_number": "number",
        "amount": "amount_key",
        "expected_close_on": "expected_close_on",
        "closed_at": "closed_at",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "rank": "rank",
    }
    default_ordering = "-created_at"
    # Not the stage: a move has more to it than one field.
    bulk_fields = ("owner", "expected_close_on", "probability", "source", "next_step", "custom")
    body_serializers: ClassVar = {"move": DealMoveSerializer, "move_many": DealMovesSerializer}

    def create_record(self, values: dict[str, Any]) -> Deal:
        return create_deal(actor=current(), values=values)

    def update_record(self, record: Deal, values: dict[str, Any]) -> Deal:
        return update_deal(actor=current(), deal=record, values=values)

    def trash_record(self, record: Deal) -> None:
        trash_deal(actor=current(), deal=record)

    def restore_record(self, record: Deal) -> Deal:
        return restore_deal(actor=current(), deal=record)

    @extend_schema(request=DealMoveSerializer, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def move(self, request: Request, **_path: Any) -> Response:
        """Put the deal into a stage, between two others or on top of the column.

        409 `neighbour_gone` when none of the named deals is in that column any more.
        """
        seen = self.get_object()
        body = DealMoveSerializer(seen, data=request.data)
        body.is_valid(raise_exception=True)
        values = body.validated_data
        stage = values.pop("stage")
        before, after = values.pop("before", None), values.pop("after", None)
        place = moves.Place(before and before.pk, after and after.pk)
        (rank,) = _ranks_at(stage, place, [seen.pk])
        deal = self.get_locked()
        check_if_match(request, deal)
        self._refuse_trashed(deal)
        moved = moves.move_deal(actor=current(), deal=deal, stage=stage, rank=rank, values=values)
        return versioned_response(moved, self.get_serializer(moved).data)

    @extend_schema(
        operation_id="crm_deals_move_many", request=DealMovesSerializer, responses=DealsMovedSerializer
    )
    @action(detail=False, methods=["post"], url_path="move")
    @idempotent
    def move_many(self, request: Request) -> Response:
        """Put several deals into a stage, one below the other, as one change: all of them or none.

        lost_reason, lost_note and closed_at are for those that enter the stage. 409 `neighbour_gone` as for
        one deal; 412 `stale_version` with the deals that were changed in the meantime.
        """
        body = DealMovesSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = body.validated_data
        stage, ids, versions = values.pop("stage"), values.pop("ids"), values.pop("versions", None)
        before, after = values.pop("before", None), values.pop("after", None)
        ranks = _ranks_at(stage, moves.Place(before and before.pk, after and after.pk), ids)
        found = {deal.pk: deal for deal in self._bulk_records({"ids": ids})}
        deals = [found[id_] for id_ in ids]
        prefetch_related_objects(deals, "lost_reason")
        in_use(self, deals)
        _refuse_stale(deals, versions)
        refuse_moves(stage, values, deals)
        placed = list(zip(deals, ranks, strict=True))
        done = move_deals(actor=current(), placed=placed, stage=stage, values=values)
        now = dict(Deal.objects.filter(pk__in=ids).values_list("pk", "version"))
        return Response(
            {
                "changed": done.count,
                "unchanged": len(deals) - done.count,
                "change_set": done.change_set_id,
                "deals": [{"id": id_, "version": now[id_]} for id_ in ids],
            }
        )

    @extend_schema(responses=StageVisitsSerializer)
    @action(detail=True, methods=["get"])
    def stages(self, request: Request, pk: Any) -> Response:
        """The stages that the deal went through, and how long it stayed in each."""
        if not Deal.objects.filter(pk=pk).exists():
            raise Http404
        events = DealStageEvent.objects.filter(deal=pk).select_related("to_stage", "actor").order_by("-id")
        return Response({"results": _visits(list(reversed(events[:MAX_STAGE_EVENTS])))})

    @extend_schema(
        responses=BoardSerializer,
        parameters=[OpenApiParameter("fields", str, description="Comma-separated: of the cards.")],
    )
    @action(detail=False, methods=["get"], reads_filters=True, query_parameters=("fields",))
    def board(self, request: Request) -> Response:
        """The columns of `pipeline`, by default of the default one: each with its first 20 cards, and with
        the count and the sums of all that match the filter."""
        pipeline = self._pipeline()
        stages = Stage.objects.filter(pipeline=pipeline).order_by("position", "id")
        asked = request.query_params.get("fields")
        query = request._request.GET.copy()
        for name in _BOARD_ONLY:
            query.pop(name, None)
        if asked is not None:
            query["fields"] = asked
        columns = Board(
            pipeline=pipeline,
            stages=list(stages),
            deals=self.filter_queryset(Deal.objects.all()),
            list_path=reverse("deal-list"),
            query=query,
            fields=frozenset(parse_fields(asked, DealSerializer.Meta.fields)) if asked is not None else None,
        ).columns()
        return Response({"pipeline": pipeline, "columns": columns})

    @extend_schema(responses=DealSumsSerializer)
    @action(detail=False, methods=["get"], reads_filters=True)
    def sums(self, request: Request) -> Response:
        """What all deals that match the filter come to, whatever of them a page shows."""
        return Response(sums_of(self.filter_queryset(Deal.objects.all())))

    def _pipeline(self) -> Any:
        """The id of the pipeline that is asked for. Raises a 400 problem when there is none."""
        asked = self.request.query_params.get("pipeline")
        wanted = {"pk": _uuid(asked)} if asked else {"is_default": True}
        ids = Pipeline.objects.filter(**wanted).values_list("pk", flat=True)
        id_ = ids.first()
        if id_ is None and not asked:
            ensure_selling(actor=current())
            id_ = ids.first()
        if id_ is None:
            raise invalid_parameter("pipeline", "does_not_exist", "There is no such pipeline.")
        return id_

    @extend_schema(responses=RESPONSES, parameters=PARAMETERS)
    @action(detail=False, methods=["get"], reads_filters=True, query_parameters=PARAMETER_NAMES)
    def export(self, request: Request) -> StreamingHttpResponse:
        """All deals that match the filters, by name."""
        kind = wanted_kind(request)
        deals = self.filter_queryset(Deal.objects.all()).order_by("name_key", "id")
        return exported(request, kind, export_deals(deals=deals), "deals")


def _ranks_at(stage: Stage, place: moves.Place, ids: Sequence[UUID]) -> list[str]:
    """The ranks of a place in a column that is held from now on. Raises 409."""
    moves.hold_column(stage.pk)
    try:
        return moves.ranks_at(stage, place, ids)
    except moves.NeighbourGone as error:
        text = "The card next to it is not in this column any more. Look again and move it where it belongs."
        raise Conflict(text, "neighbour_gone") from error


def _refuse_stale(deals: Sequence[Deal], seen: Sequence[int] | None) -> None:
    """Raise 412 with the deals that have another version than the client has seen."""
    if seen is None:
        return
    text = "This deal was changed in the meantime."
    stale = [
        InputError(record=str(deal.pk), pointer=f"/versions/{place}", code="stale_version", detail=text)
        for place, (deal, version) in enumerate(zip(deals, seen, strict=True))
        if deal.version != version
    ]
    if stale:
        text = "Some of the deals were changed in the meantime. None was moved; look again."
        raise ProblemError(412, "stale_version", text, stale, refused=len(stale))


def _visits(events: list[DealStageEvent]) -> list[dict[str, Any]]:
    left = [*(event.at for event in events[1:]), None]
    now = timezone.now()
    return [
        {
            "stage": event.to_stage_id,
            "stage_name": event.to_stage.name,
            "stage_colour": event.to_stage.colour,
            "category": event.to_stage.category,
            "entered_at": event.at,
            "left_at": until,
            "seconds": max(0, int(((until or now) - event.at).total_seconds())),
            "actor": event.actor_id,
            "actor_name": event.actor.display_name if event.actor else "",
        }
        for event, until in zip(events, left, strict=False)
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
