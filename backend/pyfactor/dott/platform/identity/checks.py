"""`manage.py check`: every route has an entry in the role table."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver

from dott.platform.identity import roles

GUARDED_PREFIX = "api/"
METHODS = ("get", "post", "put", "patch", "delete")


@checks.register(checks.Tags.security)
def routes_have_roles(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """identity.E001 for each method of a route below /api/ that the table does not know."""
    return [
        checks.Error(
            f"{method} {route} ({name or 'no name'}) has no entry in the role table.",
            hint="Add it to the permissions.py of its module.",
            id="identity.E001",
        )
        for route, name, method, action in routes()
        if roles.minimum(name, method, action) is None
    ]


def routes() -> Iterator[tuple[str, str, str, str | None]]:
    """(path, name, method, action) of everything below /api/; the action is a viewset's, else None."""
    for route, name, pattern in _walk(get_resolver().url_patterns):
        if not route.startswith(GUARDED_PREFIX):
            continue
        actions = getattr(pattern.callback, "actions", None)
        view = getattr(pattern.callback, "cls", None)
        if actions is not None:
            yield from ((route, name, method.upper(), action) for method, action in actions.items())
        elif view is not None:
            yield from ((route, name, method.upper(), None) for method in METHODS if hasattr(view, method))
        else:
            yield route, name, "GET", None


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield route, f"{namespace}{pattern.name}" if pattern.name else "", pattern
