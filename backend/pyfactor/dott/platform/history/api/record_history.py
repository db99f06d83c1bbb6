"""The history of one record, and the record as it was: for every resource whose writes are tracked."""

import re
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q
from django.http import Http404
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict, invalid_parameter
from dott.platform.api.pagination import KeysetPagination
from dott.platform.history import reading
from dott.platform.history.api.serializers import RecordChangeSerializer
from dott.platform.history.as_of import HistoryErased, as_of
from dott.platform.history.models import Change
from dott.platform.history.snapshot import kept_fields
from dott.platform.history.tracked import entity_of

# RFC 3339, 5.6. The zone is not optional: without it an instant is none.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class RecordHistoryMixin:
    """Adds GET {id}/history/ and GET {id}/?as_of=. Goes before ReadOnlyTenantViewSet in the bases."""

    keeps_history = True

    @action(
        detail=True,
        methods=["get"],
        serializer_class=RecordChangeSerializer,
        shows_page=True,
        filterset_class=None,
        query_parameters=("field", *KeysetPagination.parameters),
        # Ids are made in the order of the changes.
        orderings={"created_at": "id"},
        default_ordering="-created_at",
    )
    def history(self: Any, request: Request, **_path: Any) -> Response:
        """Who changed what in the record and when, newest first; of a trashed record too."""
        record = self.get_object()
        changes = Change.objects.filter(entity=entity_of(record), record_id=record.pk)
        if "field" in request.query_params:
            name = _kept_field(type(record), request.query_params["field"])
            changes = changes.filter(Q(before__has_key=name) | Q(after__has_key=name))
        changes = reading.with_undoing_set(changes.select_related("change_set__actor"))
        page = self.paginate_queryset(changes)
        reading.describe(page)
        answer: Response = self.get_paginated_response(self.get_serializer(page, many=True).data)
        return answer

    def retrieve_as_of(self: Any, request: Request) -> Response:
        """The record as it was at the instant `as_of`, without an ETag: that one is for what is now."""
        try:
            past = as_of(self.get_object(), _instant(request.query_params["as_of"]))
        except HistoryErased:
            raise Conflict("What it held then was erased from its history.", "erased") from None
        if past is None:
            raise Http404
        return Response(self.get_serializer(past).data)


def _kept_field(model: type[Model], name: str) -> str:
    """The name of a field that history keeps. Raises a 400 problem."""
    if name not in {field.name for field in kept_fields(model)}:
        raise invalid_parameter("field", "unknown_field", "The record has no such field in its history.")
    return name


def _instant(text: str) -> datetime:
    """An aware instant. Raises a 400 problem."""
    try:
        if _INSTANT.fullmatch(text):
            # Python reads microseconds; what is finer is cut.
            return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.upper())).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise invalid_parameter(
        "as_of", "invalid", "This is an instant such as 2026-01-31T09:30:00Z; write + as %2B."
    )
