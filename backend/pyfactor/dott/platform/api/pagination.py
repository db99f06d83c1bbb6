"""Keyset pagination: pages that neither repeat nor skip a row while others write, at a flat cost."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.cursors import Position, beyond, decode, encode
from dott.platform.api.errors import invalid_parameter
from dott.platform.api.filters import own_orders
from dott.platform.api.ordering import parse_ordering
from dott.platform.tenancy.context import current_or_none

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
# Counting stops here: beyond a thousand people read "1000+", and the cost stays flat.
COUNT_CAP = 1000
# What does not change which rows the list holds or how they are ordered.
_PRESENTATION = {"cursor", "limit", "count", "fields"}


class KeysetPagination(BasePagination):
    """`limit`, `cursor`, `ordering`, `count=exact|capped`; answers {results, next, previous}.

    Reads `orderings` (public name → column) and `default_ordering` from the view. `next` and
    `previous` begin with / and hold below the public origin.
    """

    parameters = ("limit", "cursor", "ordering", "count")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """One page. A count, when asked for, is one more query; raises 400 problems for bad parameters."""
        query = request.query_params
        self.request = request
        self.limit = parse_limit(query.get("limit"))
        self.keys = parse_ordering(
            query.get("ordering") or view.default_ordering,
            view.orderings,
            queryset.model,
            own_orders(view.filterset_class),
        )
        self.scope = scope_of(request.path, request.query_params)
        self.counted = _count(query.get("count"), queryset)

        cursor = query.get("cursor")
        position = decode(cursor, self.keys, queryset.model, scope=self.scope) if cursor else None
        backwards = position is not None and position.backwards
        keys = [key.reversed() for key in self.keys] if backwards else self.keys
        if position is not None:
            queryset = queryset.filter(beyond(position, keys))
        # One row more than the page tells whether there is another page.
        queryset = queryset.annotate(**{key.column: key.source for key in keys if key.source})
        rows = list(queryset.order_by(*(key.expression() for key in keys))[: self.limit + 1])
        more, self.page = len(rows) > self.limit, rows[: self.limit]
        if backwards:
            self.page.reverse()
        self._set_links(position, more=more, backwards=backwards)
        return self.page

    def _set_links(self, position: Position | None, *, more: bool, backwards: bool) -> None:
        has_next = backwards or more
        has_previous = more if backwards else position is not None
        self.next = self._link(self.page[-1], backwards=False) if has_next and self.page else None
        self.previous = self._link(self.page[0], backwards=True) if has_previous and self.page else None
        if not self.page and position is not None:
            # Every row there was is gone. Lead back to the start and not into nothing.
            self.previous = self._url(None)

    def _link(self, row: Any, *, backwards: bool) -> str:
        return self._url(encode(row, self.keys, backwards=backwards, scope=self.scope))

    def _url(self, cursor: str | None) -> str:
        return page_address(self.request.path, self.request.query_params, cursor)

    def get_paginated_response(self, data: Any) -> Response:
        """The page with its links, and the count when it was asked for."""
        body = {"results": data, "next": self.next, "previous": self.previous}
        return Response(body | self.counted)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """OpenAPI schema of the answer."""
        link = {"type": ["string", "null"], "description": "Path and query of the neighbouring page."}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": link,
                "previous": link,
                "count": {"type": "integer", "description": "Only with the parameter count."},
                "count_is_exact": {
                    "type": "boolean",
                    "description": f"False when there are more than {COUNT_CAP}.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """OpenAPI parameters of a list."""
        orders = ", ".join(f"`{name}`" for name in view.orderings)
        described: list[tuple[str, dict[str, Any], str]] = [
            (
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
                "Rows a page.",
            ),
            ("cursor", {"type": "string"}, "From `next` or `previous`; opaque."),
            (
                "ordering",
                {"type": "string", "default": view.default_ordering},
                f"Comma-separated, `-` for descending: {orders}. Ties are ordered by id.",
            ),
            (
                "count",
                {"type": "string", "enum": ["capped", "exact"]},
                f"Adds `count`: exact, or counting no further than {COUNT_CAP}.",
            ),
        ]
        return [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
            for name, schema, text in described
        ]


def parse_limit(text: str | None) -> int:
    """Rows a page. Raises a 400 problem."""
    if text is None:
        return DEFAULT_LIMIT
    # isdecimal alone would take other scripts' digits.
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= MAX_LIMIT):
        raise invalid_parameter(
            "limit", "invalid_limit", f"The limit is a whole number from 1 to {MAX_LIMIT}."
        )
    return int(text)


def _count(mode: str | None, queryset: QuerySet[Any]) -> dict[str, Any]:
    if mode is None:
        return {}
    if mode == "exact":
        return {"count": queryset.order_by().count(), "count_is_exact": True}
    if mode == "capped":
        seen = queryset.order_by()[: COUNT_CAP + 1].count()
        return {"count": min(seen, COUNT_CAP), "count_is_exact": seen <= COUNT_CAP}
    raise invalid_parameter("count", "invalid_choice", "The count is “exact” or “capped”.")


def page_address(path: str, query: QueryDict, cursor: str | None) -> str:
    """Path and query of the page that begins at a cursor, None for the first."""
    pairs = [(name, value) for name, values in query.lists() if name != "cursor" for value in values]
    if cursor:
        pairs.append(("cursor", cursor))
    return f"{path}?{urlencode(pairs)}" if pairs else path


def scope_of(path: str, query: QueryDict) -> str:
    """What a cursor is good for: this tenant, path, filters and order. Hashed, as it goes into a salt."""
    context = current_or_none()
    filters = sorted(item for item in query.items() if item[0] not in _PRESENTATION)
    whole = repr((context and context.tenant_id, path, filters))
    return hashlib.sha256(whole.encode()).hexdigest()
