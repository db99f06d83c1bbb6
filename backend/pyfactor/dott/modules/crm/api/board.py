"""The board of a pipeline: per stage the first cards, how many there are, and what they are worth.

The sums are the database's, over everything that matches the filter, whatever of it is shown; one query for
all stages, however many deals there are. The cards are another: the top of every column by its index.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, DecimalField, F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from rest_framework import serializers

from dott.modules.crm.api.deal_serializers import DealSerializer
from dott.modules.crm.api.pipelines import StageSerializer
from dott.modules.crm.models import Deal, Stage
from dott.platform.api.cursors import encode
from dott.platform.api.ordering import parse_ordering
from dott.platform.api.pagination import page_address, scope_of
from dott.platform.api.plans.projection import Projection, choose, compile_fields

CARDS = 20
_ORDERING = {"rank": "rank"}
_PER_CENT = 100
_UNIT = Decimal("0.0001")


class SumSerializer(serializers.Serializer[Any]):
    """What the deals of one currency come to. Amounts are decimal texts; weighted: by probability."""

    currency = serializers.CharField()
    amount = serializers.CharField()
    weighted = serializers.CharField()


class DealSumsSerializer(serializers.Serializer[Any]):
    """What all deals that match come to, one sum for each currency, never across them."""

    count = serializers.IntegerField()
    sums = SumSerializer(many=True)


class BoardColumnSerializer(serializers.Serializer[Any]):
    """One stage. next: where the list goes on behind `cards`, null when they are all."""

    stage = StageSerializer()
    count = serializers.IntegerField()
    sums = SumSerializer(many=True)
    cards = DealSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class BoardSerializer(serializers.Serializer[Any]):
    """The columns of one pipeline, in its order; archived stages only while deals are in them."""

    pipeline = serializers.UUIDField()
    columns = BoardColumnSerializer(many=True)


class Board(NamedTuple):
    """stages: all of the pipeline. deals: what the filter leaves, of any pipeline. list_path, query: where
    the columns go on; what was asked for."""

    pipeline: Any
    stages: Sequence[Stage]
    deals: QuerySet[Any]
    list_path: str
    query: QueryDict
    fields: frozenset[str] | None = None

    def columns(self) -> list[dict[str, Any]]:
        """As BoardColumnSerializer describes them; two queries."""
        totals = _totals(self.deals.filter(pipeline=self.pipeline))
        shown = [stage for stage in self.stages if not stage.is_archived or stage.pk in totals]
        cards = self._cards(shown)
        return [self._column(stage, totals.get(stage.pk, []), cards[stage.pk]) for stage in shown]

    def _cards(self, shown: Sequence[Stage]) -> dict[Any, list["_Card"]]:
        """The top of each column and one card more, by stage."""
        found: dict[Any, list[_Card]] = {stage.pk: [] for stage in shown}
        if not shown:
            return found
        chosen = choose(compile_fields(DealSerializer, Deal), self.fields)
        project = Projection(chosen)
        columns = [*(field.column for field in chosen), "stage_id", "rank", "id"]
        # The stage says which pipeline it is. Said twice, PostgreSQL expects a fraction of a column, reads
        # and sorts all of it, and so takes as long as there are deals. Only what was found is joined to what
        # a card shows: with these joins for every column, to plan them took most of the time.
        first, *others = (
            self.deals.filter(stage=stage.pk)
            .select_related(None)
            .order_by("rank", "id")
            .values_list("pk")[: CARDS + 1]
            for stage in shown
        )
        top = first.union(*others, all=True) if others else first
        for row in Deal.objects.filter(pk__in=top).values_list(*columns):
            found[row[-3]].append(_Card(row[-2], row[-1], project(row)))
        for of_stage in found.values():
            of_stage.sort(key=lambda card: (card.rank, card.id))
        return found

    def _column(self, stage: Stage, totals: list[dict[str, Any]], cards: list["_Card"]) -> dict[str, Any]:
        return {
            "stage": StageSerializer(stage).data,
            "count": sum(row["count"] for row in totals),
            "sums": [_sum(row) for row in totals if row["currency"]],
            "cards": [card.shown for card in cards[:CARDS]],
            "next": self._next(stage, cards[CARDS - 1]) if len(cards) > CARDS else None,
        }

    def _next(self, stage: Stage, last: "_Card") -> str:
        """The list's own address of what comes after a card."""
        query = self.query.copy()
        query["stage"], query["ordering"], query["limit"] = str(stage.pk), "rank", str(CARDS)
        cursor = encode(
            last,
            parse_ordering("rank", _ORDERING, Deal),
            backwards=False,
            scope=scope_of(self.list_path, query),
        )
        return page_address(self.list_path, query, cursor)


class _Card(NamedTuple):
    rank: str
    id: Any
    shown: dict[str, Any]


def sums_of(deals: QuerySet[Any]) -> dict[str, Any]:
    """How many deals there are and what they come to, as DealSumsSerializer describes it; one query."""
    rows = list(_worth(deals, "currency"))
    return {
        "count": sum(row["count"] for row in rows),
        "sums": [_sum(row) for row in rows if row["currency"]],
    }


def _totals(deals: QuerySet[Any]) -> dict[Any, list[dict[str, Any]]]:
    """Stage → a row for each currency, "" for deals without an amount."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in _worth(deals, "stage_id", "currency"):
        found.setdefault(row["stage_id"], []).append(row)
    return found


def _worth(deals: QuerySet[Any], *by: str) -> QuerySet[Any, dict[str, Any]]:
    """Count, amount and weighted amount of each group, in the order of the groups."""
    weight = Coalesce("probability", "stage__probability")
    return (
        deals.order_by()
        .values(*by)
        .annotate(
            # Of rows: an id is not in the index of sums.
            count=Count("*"),
            total=Sum("amount"),
            weighted=Sum(F("amount") * weight, output_field=DecimalField(max_digits=30, decimal_places=4)),
        )
        .order_by(*by)
    )


def _sum(row: dict[str, Any]) -> dict[str, str]:
    return {
        "currency": row["currency"],
        "amount": str(row["total"].quantize(_UNIT)),
        "weighted": str((row["weighted"] / _PER_CENT).quantize(_UNIT)),
    }
