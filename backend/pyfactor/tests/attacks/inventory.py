"""Every operation that the URL map answers, found by walking it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    # The model whose id the path names: that of the resource at the address which ends in the id.
    subject: type[Model] | None = None

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

    @property
    def names_record(self) -> bool:
        """Whether the path holds an id."""
        return "uuid" in self.kinds.values()

    def model(self) -> type[Model]:
        """The model whose id the path names."""
        assert self.subject is not None, f"{self}: cannot tell whose id it names; call it <model>_id."
        return self.subject

    def url(self, id_: UUID | str | None = None) -> str:
        """The path with the id in it; a whole-number parameter is 1."""
        values = {name: str(id_) if kind == "uuid" else "1" for name, kind in self.kinds.items()}
        return self.path.format(**values)


def operations(urlconf: str | None = None) -> list[Operation]:
    """Every operation below /api/ and /health/, in the order of the URL map."""
    found = list(_walk(get_resolver(urlconf).url_patterns, "/", {}))
    models = {
        operation.key[1]: operation.view.queryset.model
        for operation in found
        if operation.names_record and getattr(operation.view, "queryset", None) is not None
    }
    return [replace(operation, subject=_subject(operation, models)) for operation in found]


def _subject(operation: Operation, models: dict[str, type[Model]]) -> type[Model] | None:
    if not operation.names_record:
        return None
    # /imports/{}/rows/{}/ names an import: what /imports/{}/ is about.
    owner = models.get(operation.key[1].partition("{}")[0] + "{}/")
    if owner is not None:
        return owner
    (name,) = (name for name, kind in operation.kinds.items() if kind == "uuid")
    named = [model for model in apps.get_models() if model.__name__.lower() == name.removesuffix("_id")]
    return named[0] if len(named) == 1 else None


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
