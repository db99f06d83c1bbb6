"""Fields that nobody offered, and values that no field expects, in every body and every query."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from tests.attacks import described, over_http
from tests.attacks.conftest import Subject
from tests.attacks.inventory import Operation
from tests.attacks.over_http import Browser
from tests.attacks.report import Report, describe, problem

# What would give somebody more than she has, had the server but read it; and what confuses a parser.
PRIVILEGED: dict[str, Any] = {
    "tenant_id": described.NOBODYS,
    "business_id": described.NOBODYS,
    "membership_id": described.NOBODYS,
    "user_id": described.NOBODYS,
    "owner_id": described.NOBODYS,
    "is_staff": True,
    "is_superuser": True,
    "is_verified": True,
    "permissions": ["*"],
    "scopes": ["*"],
    "role": "owner",
    "version": 0,
    "created_at": "2000-01-01T00:00:00Z",
    "__proto__": {"is_admin": True},
    "constructor": {"prototype": {}},
    "_connector": "OR",
    "_negated": True,
}
HOSTILE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    -(2**63) - 1,
    10**400,
    1e308,
    3.5,
    "",
    " \t\r\n",
    "x" * 100_000,
    "\x01\x7f",
    "\u202e\u200b\ufeff",
    "💥" * 500,
    "' OR 1=1; --",
    "{{7*7}} ${7*7} {0.__class__} %s%n",
    "../../../../etc/passwd",
    '=HYPERLINK("http://evil.example")',
    "<script>window.xss=1</script>",
    "javascript:alert(1)",
    "9999-12-31T23:59:60.999999+99:99",
    "0000-00-00",
    "NaN",
    "0x1F",
    "١٢٣",
    "a@b\r\nBcc: c@d",
    [],
    [[[]]],
    [None] * 5,
    [described.NOBODYS] * 2000,
    {},
    {"$gt": ""},
    {"a": {"b": {"c": {"d": [1, {"e": None}]}}}},
)
# In a query everything is text.
QUERIES: tuple[str, ...] = tuple(str(value) for value in HOSTILE if isinstance(value, str | int | float))[:26]


def unknown_fields(
    targets: Iterable[Operation], browser: Browser, subject: Subject, most: int | None
) -> Report:
    """Every column of the record that the body does not offer, and every privileged name: 400 that names it.

    most: how many names per operation, None for all.
    """
    report = Report("field injection")
    for operation in targets:
        if "application/json" not in described.media_types(operation):
            continue
        url, body = over_http.url_of(operation, subject, "alice"), described.example_body(operation)
        for name in _some(_unoffered(operation), str(operation), most):
            given = body | {name: PRIVILEGED.get(name, described.NOBODYS)}
            response = over_http.send(browser("alice"), operation, url, given)
            errors = (problem(response) or {}).get("errors", [])
            named = any(str(error.get("pointer", "")).startswith(f"/{name}") for error in errors)
            report.expect(
                response.status_code == 400 and named, f"{operation} with {name}: {describe(response)}"
            )
    return report


def _unoffered(operation: Operation) -> list[str]:
    offered = described.members(operation)
    model = getattr(getattr(operation.view, "queryset", None), "model", None)
    columns = [field.attname for field in model._meta.concrete_fields] if model else []
    return sorted({*columns, *PRIVILEGED} - offered.keys())


def hostile_bodies(
    targets: Iterable[Operation], browser: Browser, subject: Subject, most: int | None
) -> Report:
    """Each hostile value in each field: an answer below 500, a problem when it is refused.

    most: how many values per field, None for all.
    """
    report = Report("bad inputs, bodies")
    for operation in targets:
        types = described.media_types(operation)
        if "application/json" not in types:
            continue
        url, body = over_http.url_of(operation, subject, "alice"), described.example_body(operation)
        for name in described.members(operation):
            for value in _some(HOSTILE, f"{operation} {name}", most):
                response = over_http.send(browser("alice"), operation, url, body | {name: value})
                _judge(report, response, f"{operation} with {name}={json.dumps(value)[:60]}")
    return report


def hostile_queries(
    targets: Iterable[Operation], browser: Browser, subject: Subject, most: int | None
) -> Report:
    """Each hostile text in each parameter of a query."""
    report = Report("bad inputs, queries")
    for operation in (target for target in targets if target.method == "GET"):
        url = over_http.url_of(operation, subject, "alice")
        for name, _ in described.query_parameters(operation):
            for value in _some(QUERIES, f"{operation} {name}", most):
                # Beyond this a server refuses the request line itself.
                query = urlencode({name: value[:4000]})
                response = over_http.send(browser("alice"), operation, f"{url}?{query}")
                _judge(report, response, f"{operation}?{query[:80]}")
    return report


def _judge(report: Report, response: Any, what: str) -> None:
    status = response.status_code
    answered = status < 400 or (status < 500 and problem(response) is not None)
    leaks = not response.streaming and any(word in response.content for word in TELLTALE)
    report.expect(answered and not leaks, f"{what}: {describe(response)}")


TELLTALE = (b"Traceback", b"psycopg", b"django.", b"site-packages", b"SELECT ")


def _some(values: Any, salt: str, most: int | None) -> Iterator[Any]:
    values = list(values)
    if most is None or most >= len(values):
        yield from values
        return
    first = crc32(salt.encode()) % len(values)
    for n in range(most):
        yield values[(first + n) % len(values)]
