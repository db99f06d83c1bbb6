"""Every operation that the URL map answers, found by walking it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from dott.platform.identity import roles

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Answered by plain functions, with nothing of any tenant in them: the API's own description and the
# supervisors' pages. Everything else must be an operation of the schema.
UNDESCRIBED = frozenset({"health-live", "health-ready", "schema", "docs", "redoc"})

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Operation:
    """One method of one route. path: with {name} for each parameter; kinds: parameter → converter."""

    route: str
    method: str
    path: str
    kinds: dict[str, str]
    view: Any
    action: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_unsafe(self) -> bool:
        """Whether it may change something."""
        return self.method not in SAFE_METHODS

    @property
    def is_described(self) -> bool:
        """Whether it has to be in the schema."""
        return self.route not in UNDESCRIBED

    @property
    def least(self) -> str | None:
        """The least standing that may use it, by the role table."""
        return roles.minimum(self.route, self.method, self.action)

    @property
    def key(self) -> tuple[str, str]:
        """Method and path with nameless parameters, to compare with the schema."""
        return self.method, re.sub(r"\{\w+\}", "{}", self.path)

    def model(self) -> type[Model]:
        """The model whose id the path names: the view's, or `session_id` → Session."""
        (name,) = (name for name, kind in self.kinds.items() if kind == "uuid")
        if name == "pk":
            return self.view.queryset.model
        noun = name.removesuffix("_id")
        matches = [model for model in apps.get_models() if model.__name__.lower() == noun]
        assert len(matches) == 1, f"{self}: cannot tell whose id {name} is; call it <model>_id."
        return matches[0]

    def url(self, id_: UUID | str | None = None) -> str:
        """The path with the id in it; a whole-number parameter is 1."""
        values = {name: str(id_) if kind == "uuid" else "1" for name, kind in self.kinds.items()}
        return self.path.format(**values)


def operations(urlconf: str | None = None) -> list[Operation]:
    """Every operation below /api/ and /health/, in the order of the URL map."""
    return list(_walk(get_resolver(urlconf).url_patterns, "/", {}))


def _walk(patterns: Any, prefix: str, kinds: dict[str, str]) -> Iterator[Operation]:
    for entry in patterns:
        route = str(entry.pattern)
        found = {name: kind or "str" for kind, name in _PARAMETER.findall(route)}
        path = prefix + _PARAMETER.sub(r"{\2}", route)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path, kinds | found)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "cls", None) or getattr(
                entry.callback, "view_class", entry.callback
            )
            for method, action in _methods(entry.callback, view):
                yield Operation(entry.name or "", method, path, kinds | found, view, action)


def _methods(callback: Any, view: Any) -> Iterator[tuple[str, str | None]]:
    actions = getattr(callback, "actions", None)
    if actions:
        yield from (
            (method.upper(), action) for method, action in actions.items() if method.upper() in METHODS
        )
    elif isinstance(view, type):
        yield from ((method, None) for method in METHODS if hasattr(view, method.lower()))
    else:
        # A plain function takes whatever it is sent.
        yield "GET", None
