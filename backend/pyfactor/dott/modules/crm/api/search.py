"""Search everywhere: GET /api/search/?q=."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.finder.find import NUMBERS, PEOPLE, find
from dott.modules.crm.finder.kinds import KINDS
from dott.platform.api.errors import invalid_parameter
from dott.platform.api.filters import MAX_SEARCH_LENGTH
from dott.platform.api.views import ApiView

LIMIT, MAX_LIMIT = 5, 20
KIND_NAMES = [kind.name for kind in KINDS]


class HitSerializer(serializers.Serializer[Any]):
    """One record that was found."""

    kind = serializers.ChoiceField(choices=KIND_NAMES)
    id = serializers.UUIDField()
    title = serializers.CharField()
    line = serializers.CharField(allow_blank=True, help_text="Tells it from others of the same title.")
    rank = serializers.IntegerField(
        help_text="How it was found: 0 exactly, 1 by the beginning of its name, 2 of a word, 3 by a piece of "
        "a word, 4 in spite of a typing error."
    )
    subkind = serializers.CharField(
        allow_blank=True, help_text="A customer's or activity's kind, a deal's category."
    )
    customer = serializers.UUIDField(
        allow_null=True, help_text="The customer that it is about, or whom it stands for."
    )
    contact = serializers.UUIDField(allow_null=True, help_text="The contact that it is about.")
    deal = serializers.UUIDField(allow_null=True, help_text="The deal that it is about.")


class GroupSerializer(serializers.Serializer[Any]):
    """Hits of one kind, the best first."""

    kind = serializers.ChoiceField(choices=KIND_NAMES)
    hits = HitSerializer(many=True)
    has_more = serializers.BooleanField()


class SearchSerializer(serializers.Serializer[Any]):
    """What a text finds; the group with the best hit first."""

    groups = GroupSerializer(many=True)
    is_alike = serializers.BooleanField(help_text="Nothing matched; these are near misses.")


class SearchView(ApiView):
    """Everything of the active business."""

    query_parameters = ("q", "only", "limit")

    @extend_schema(
        operation_id="search_retrieve",
        parameters=[
            OpenApiParameter(
                "q", str, required=True, description="Names, e-mail, phone or number, in part, in any order."
            ),
            OpenApiParameter("only", str, enum=[PEOPLE, NUMBERS]),
            OpenApiParameter("limit", int, description=f"Hits of each kind, at most {MAX_LIMIT}."),
        ],
        responses=SearchSerializer,
    )
    def get(self, request: Request) -> Response:
        """Customers, contacts, deals and activities that somebody means by a text."""
        query = request.query_params
        text = query.get("q")
        if text is None:
            raise invalid_parameter("q", "required", "Say what to look for.")
        if len(text) > MAX_SEARCH_LENGTH:
            raise invalid_parameter("q", "max_length", f"At most {MAX_SEARCH_LENGTH} characters.")
        only = query.get("only", "")
        if only not in ("", PEOPLE, NUMBERS):
            raise invalid_parameter("only", "invalid_choice", f"This is “{PEOPLE}” or “{NUMBERS}”.")
        found = find(text, limit=_limit(query.get("limit")), only=only)
        return Response(SearchSerializer(found).data)


def _limit(value: str | None) -> int:
    if value is None:
        return LIMIT
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= MAX_LIMIT):
        raise invalid_parameter("limit", "invalid", f"A whole number from 1 to {MAX_LIMIT}.")
    return int(value)
