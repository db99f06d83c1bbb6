"""The timeline of a record over HTTP."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from django.http import Http404, QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.api.activity_serializer import ActivitySerializer
from dott.modules.crm.models import Activity
from dott.modules.crm.timeline import KINDS, SUBJECTS, Moment, Place, timeline_page
from dott.platform.api.cursors import decode, encode
from dott.platform.api.errors import ProblemError, invalid_parameter
from dott.platform.api.ordering import Key
from dott.platform.api.pagination import page_address, parse_limit, scope_of
from dott.platform.api.views import ApiView
from dott.platform.history.models import Change
from dott.platform.tenancy.context import current

# Named after a plain column of the kind of each value: a generated one reads no text back.
_KEYS = [Key("created_at", descending=True, nullable=False), Key("id", descending=True, nullable=False)]


class TimelineChangeSerializer(serializers.Serializer[Change]):
    """One record's part of a change set."""

    id = serializers.UUIDField()
    change_set = serializers.UUIDField(source="change_set_id")
    entity = serializers.CharField(help_text="Such as crm.customer or crm.deal.")
    record_id = serializers.UUIDField()
    operation = serializers.ChoiceField(choices=Change.Operation.choices)
    before = serializers.DictField(help_text="The changed fields before; empty for a creation.")
    after = serializers.DictField(help_text="The changed fields after.")
    kind = serializers.CharField(source="change_set.kind", help_text="user, api_key, import or system.")
    reason = serializers.CharField(source="change_set.reason")
    actor = serializers.UUIDField(source="change_set.actor_id", allow_null=True)
    actor_name = serializers.CharField(source="change_set.actor.display_name", default="")


class MomentSerializer(serializers.Serializer[Moment]):
    """One entry: an activity or a change, the other is null."""

    at = serializers.DateTimeField()
    id = serializers.UUIDField()
    activity = ActivitySerializer(allow_null=True)
    change = TimelineChangeSerializer(allow_null=True)


class TimelineSerializer(serializers.Serializer[Any]):
    """A page of a timeline, newest first."""

    results = MomentSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="Path and query of the older page.")


class TimelineView(ApiView):
    """Activities and changes of one record."""

    query_parameters = (*SUBJECTS, "kinds", "limit", "cursor")

    @extend_schema(
        parameters=[
            *(
                OpenApiParameter(name, UUID, description="Exactly one of the three is given.")
                for name in SUBJECTS
            ),
            OpenApiParameter(
                "kinds", str, description=f"Comma-separated, of {', '.join(KINDS)}. Default: all."
            ),
            OpenApiParameter("limit", int, description="Entries a page, 1 to 200, default 50."),
            OpenApiParameter("cursor", str, description="From `next`; opaque."),
        ],
        responses=TimelineSerializer,
    )
    def get(self, request: Request) -> Response:
        """One page, newest first. 404 when there is no such record."""
        query = request.query_params
        subject, record_id = _subject(query)
        limit, scope = parse_limit(query.get("limit")), scope_of(request.path, query)
        after = _place(query.get("cursor"), scope)
        found = timeline_page(
            subject=subject, record_id=record_id, kinds=_kinds(query), after=after, limit=limit + 1
        )
        # Of what she does not see there may be something that she does, such as a task that was given to her.
        is_certain = found and current().sees is None
        if not is_certain and not SUBJECTS[subject].objects.filter(pk=record_id).exists():
            raise Http404
        page = found[:limit]
        following = None
        if len(found) > limit:
            following = page_address(request.path, query, _cursor(page[-1], scope))
        return Response(TimelineSerializer({"results": page, "next": following}).data)


def _subject(query: QueryDict) -> tuple[str, UUID]:
    given = [name for name in SUBJECTS if name in query]
    if len(given) != 1:
        detail = "Name exactly one customer, contact or deal."
        errors = [{"parameter": name, "code": "one_subject", "detail": detail} for name in given or SUBJECTS]
        raise ProblemError(400, "one_subject", detail, cast(Any, errors))
    try:
        return given[0], UUID(str(query[given[0]]))
    except ValueError:
        raise invalid_parameter(given[0], "invalid", "This is not an id.") from None


def _kinds(query: QueryDict) -> list[str]:
    kinds = str(query["kinds"]).split(",") if "kinds" in query else list(KINDS)
    unknown = set(kinds) - set(KINDS)
    if unknown:
        raise invalid_parameter("kinds", "invalid_choice", f"The kinds are {', '.join(KINDS)}.")
    return kinds


def _cursor(moment: Moment, scope: str) -> str:
    row = SimpleNamespace(created_at=moment.at, id=moment.id)
    return encode(cast(Any, row), _KEYS, backwards=False, scope=scope)


def _place(cursor: str | None, scope: str) -> Place | None:
    return Place(*decode(cursor, _KEYS, Activity, scope=scope).values) if cursor else None
