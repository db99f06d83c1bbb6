"""Which addresses have a plan, and why the others have none. Found by walking the URL map at start-up."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from dott.platform.api.locked import RecordQuery
from dott.platform.api.own_fields import OwnFields
from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.plain import is_plain
from dott.platform.api.plans.plan import Plan
from dott.platform.api.plans.projection import Projection, compile_fields
from dott.platform.api.viewsets import ReadOnlyTenantViewSet, TenantModelViewSet, locking

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_RECORD = "<uuid:pk>/"
WRITES = frozenset({"POST", "PATCH"})


class Route(NamedTuple):
    """GET of one address. plan: None where `reason` says why Django answers."""

    name: str
    pattern: str
    action: str
    allow: str
    plan: Plan | None
    reason: str


class Match(NamedTuple):
    """route, and the id in the path for a record."""

    route: Route
    id: str | None


class WriteRoute(NamedTuple):
    """POST of a list or PATCH of a record. make: the viewset, as the URL map would make it. shown: JSON of a
    record; None where that is the serializer's to say. own_fields: field → what has to be known of a business
    to read it."""

    name: str
    pattern: str
    action: str
    allow: str
    make: Callable[[], TenantModelViewSet]
    viewset: type[TenantModelViewSet]
    shown: Callable[[Any], bytes] | None
    own_fields: Mapping[str, OwnFields]

    @property
    def locking(self) -> RecordQuery:
        """What the viewset locks first of all when it changes a record."""
        return locking(self.viewset)


class WriteMatch(NamedTuple):
    """route, and the id in the path for a record."""

    route: WriteRoute
    id: str | None


class Routes:
    """Addresses of lists and records of tenant resources."""

    def __init__(self) -> None:
        self.lists: dict[str, Route] = {}
        self.records: dict[str, Route] = {}
        self.creates: dict[str, WriteRoute] = {}
        self.changes: dict[str, WriteRoute] = {}
        plans: dict[Any, tuple[Plan | None, str]] = {}
        for path, name, callback in _views(get_resolver().url_patterns, "", ""):
            actions = getattr(callback, "actions", None) or {}
            self._add_writes(path, name, callback, actions)
            action = actions.get("get")
            if not issubclass(callback.cls, ReadOnlyTenantViewSet) or action not in ("list", "retrieve"):
                continue
            if callback.cls not in plans:
                plans[callback.cls] = _plan_of(callback.cls)
            route = Route(name, path, action, _allow(callback.cls, actions), *plans[callback.cls])
            if action == "list" and "<" not in path:
                self.lists[f"/{path}"] = route
            elif action == "retrieve" and path.endswith(_RECORD) and path.count("<") == 1:
                self.records[f"/{path.removesuffix(_RECORD)}"] = route

    def _add_writes(self, path: str, name: str, callback: Any, actions: dict[str, str]) -> None:
        for method, action in (("post", "create"), ("patch", "partial_update")):
            if actions.get(method) != action or not is_plain(callback.cls, name, method.upper()):
                continue
            make = partial(callback.cls, **callback.initkwargs)
            allow, shown, own = _allow(callback.cls, actions), _shown_by(callback.cls), _own_of(callback.cls)
            route = WriteRoute(name, path, action, allow, make, callback.cls, shown, own)
            if action == "create" and "<" not in path:
                self.creates[f"/{path}"] = route
            elif action == "partial_update" and path.endswith(_RECORD) and path.count("<") == 1:
                self.changes[f"/{path.removesuffix(_RECORD)}"] = route

    def written(self, method: str, path: str) -> WriteMatch | None:
        """The list that something is added to, or the record that is changed. method: one of WRITES."""
        if method == "POST":
            return WriteMatch(route, None) if (route := self.creates.get(path)) else None
        if (route := self.changes.get(path[:-37])) and path.endswith("/") and _ID.fullmatch(path[-37:-1]):
            return WriteMatch(route, path[-37:-1])
        return None

    def match(self, path: str) -> Match | None:
        """The list or the record at a path."""
        if route := self.lists.get(path):
            return Match(route, None)
        # 37: an id and its slash.
        if (route := self.records.get(path[:-37])) and path.endswith("/") and _ID.fullmatch(path[-37:-1]):
            return Match(route, path[-37:-1])
        return None


def _plan_of(viewset: type[ReadOnlyTenantViewSet]) -> tuple[Plan | None, str]:
    try:
        return Plan(viewset), ""
    except NotPlanned as reason:
        return None, str(reason)


@cache
def _shown_by(viewset: type[TenantModelViewSet]) -> Callable[[Any], bytes] | None:
    try:
        return Projection(compile_fields(viewset.serializer_class, viewset.queryset.model)).of
    except NotPlanned:
        return None


@cache
def _own_of(viewset: type[TenantModelViewSet]) -> Mapping[str, OwnFields]:
    fields = viewset.serializer_class().fields
    return {name: field.own_fields for name, field in fields.items() if hasattr(field, "own_fields")}


def _allow(viewset: type[Any], actions: dict[str, str]) -> str:
    """The methods of an address as REST framework lists them."""
    answered = {*actions, "head"}
    return ", ".join(method.upper() for method in viewset.http_method_names if method in answered)


def _views(patterns: list[Any], path: str, namespace: str) -> Iterator[tuple[str, str, Any]]:
    for entry in patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _views(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "cls"):
            yield here, f"{namespace}{entry.name}", entry.callback
