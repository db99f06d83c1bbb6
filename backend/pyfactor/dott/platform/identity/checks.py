"""`manage.py check`: every route has an entry in the role table."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver

from dott.platform.identity import roles
from dott.platform.identity.fresh import SENSITIVE
from dott.platform.identity.middleware import IDENTITY_PREFIXES

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


@checks.register(checks.Tags.security)
def fresh_routes_are_identitys(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """identity.E002 for each entry of the table of sensitive acts that names no route of identity: nothing
    else knows when a session was proved, and the entry would guard nothing."""
    known = {
        (name, method) for route, name, method, _ in routes() if f"/{route}".startswith(IDENTITY_PREFIXES)
    }
    return [
        checks.Error(f"{method} {name} in SENSITIVE is no operation of identity.", id="identity.E002")
        for name, methods in SENSITIVE.items()
        for method in sorted(methods)
        if (name, method) not in known
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
