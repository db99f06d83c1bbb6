"""The one table of what an API key may be given: route → area. A scope is an area and `read` or `write`.

Modules add their routes with `register` when their app is ready. A route without an area takes no key,
whatever its scopes: only a signed-in person may use it. Scopes narrow what a role allows (roles.py) and never
add to it.
"""

from collections.abc import Iterable, Mapping

READ, WRITE = "read", "write"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})

_areas: dict[str, str] = {}
_read_only: set[str] = set()


def register(areas: Mapping[str, str], *, read_only: Iterable[str] = ()) -> None:
    """Add routes by the start of their names: {"customer": "customers"} is customer-list, customer-merge and
    whatever else begins with customer-, save for a longer start that is registered, too.

    read_only: areas in which nothing is written.
    Raises ValueError for a start that has another area already.
    """
    for start, area in areas.items():
        if _areas.get(start, area) != area:
            raise ValueError(f"{start} belongs to {_areas[start]} already")
        _areas[start] = area
    _read_only.update(read_only)


def needed(route: str, method: str) -> str | None:
    """The scope that a request takes, or None where no key is taken."""
    start = route
    while start not in _areas:
        start, dash, _ = start.rpartition("-")
        if not dash:
            return None
    verb = READ if method in _READING else WRITE
    return f"{_areas[start]}:{verb}" if verb == READ or _areas[start] not in _read_only else None


def every() -> list[str]:
    """All there are: areas in the order in which they were registered, each with read before write."""
    return [
        f"{area}:{verb}"
        for area in dict.fromkeys(_areas.values())
        for verb in (READ, WRITE)
        if verb == READ or area not in _read_only
    ]


def suffices(granted: Iterable[str], scope: str) -> bool:
    """Whether these scopes hold that one. To write is to read, too."""
    area, _, verb = scope.partition(":")
    return scope in granted or (verb == READ and f"{area}:{WRITE}" in granted)


def starts() -> Mapping[str, str]:
    """The whole table, for the tests that walk every route."""
    return dict(_areas)
