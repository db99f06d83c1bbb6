"""Every filter, order and search that any resource offers is answered from an index, below the wall.

Found by walking the URL map, so a new resource is judged the day it lands. Asked as the application role:
under row-level security an operator that is not leakproof is kept out of the index, and the query reads
the whole business. Tables here are small, so the planner is told to avoid scans and sorts; what it then
still scans or sorts has no index. On real numbers of rows: dott/modules/crm/tests/test_customer_plans.py.
"""

import json
from collections.abc import Iterator
from typing import Any

import django_filters
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.platform.api.filters import CompoundFilter, MemberFilter, StrictBooleanFilter
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from tests.attacks.inventory import Operation, operations
from tests.factories import factory_for

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# A value of each kind of filter; a filter with choices takes its first.
VALUES: tuple[tuple[type[django_filters.Filter], str], ...] = (
    (StrictBooleanFilter, "true"),
    (MemberFilter, "me"),
    (django_filters.UUIDFilter, "0190b5f0-0000-7000-8000-000000000000"),
    (django_filters.IsoDateTimeFilter, "2026-01-01T00:00:00Z"),
    (django_filters.NumberFilter, "1"),
    (django_filters.DateFilter, "2026-01-01"),
    (django_filters.CharFilter, "north"),
)


def lists() -> list[Operation]:
    found = [
        operation
        for operation in operations()
        if operation.action == "list" and issubclass(operation.view, ReadOnlyTenantViewSet)
    ]
    assert found
    return found


def orders(operation: Operation) -> Iterator[str]:
    for name in operation.view.orderings:
        yield from (f"ordering={name}", f"ordering=-{name}")


def filters(operation: Operation) -> Iterator[str]:
    offered = operation.view.filterset_class.base_filters if operation.view.filterset_class else {}
    for name, offer in offered.items():
        if isinstance(offer, CompoundFilter):
            # Whatever fields it combines; each resource says which of them an index answers.
            continue
        yield f"{name}={value_of(name, offer)}"


def value_of(name: str, offer: Any) -> str:
    if name.startswith(("owner", "assignee")):
        return "me"
    choices = offer.extra.get("choices")
    if choices:
        return str(next(iter(choices))[0])
    return next((value for kind, value in VALUES if isinstance(offer, kind)), "north")


CASES = [
    *((operation, query, "order") for operation in lists() for query in orders(operation)),
    *((operation, query, "filter") for operation in lists() for query in filters(operation)),
]


@pytest.mark.parametrize(("operation", "query", "kind"), CASES, ids=str)
def test_it_is_answered_from_an_index(api_as, in_tenant, operation: Operation, query: str, kind: str) -> None:
    with in_tenant("alice"):
        row = factory_for(operation.view.queryset.model).create()
        whole = getattr(row, "import_job_id", None) or getattr(row, "job_id", None)
    count = "&count=exact" if kind == "filter" else ""
    with CaptureQueriesContext(connection) as queries:
        response = api_as("alice").get(f"{operation.url(whole)}?{query}{count}")
    assert response.status_code == 200, response.json()
    table = operation.view.queryset.model._meta.db_table
    asked = [
        one["sql"] for one in queries if one["sql"].startswith("SELECT") and f'FROM "{table}"' in one["sql"]
    ]
    # The count comes first: it has the filter and no order. An order is judged by the page itself.
    nodes = plan(in_tenant, asked[0] if kind == "filter" else asked[-1])
    assert not [node for node in nodes if node["Node Type"] == "Seq Scan"], nodes
    if kind == "order":
        assert not [node for node in nodes if node["Node Type"] == "Sort"], nodes
    elif not operation.names_record:
        # More than the business alone; the parts of one whole are few and may be read through.
        conditions = " ".join(node.get("Index Cond", "") for node in nodes)
        assert conditions.replace("(tenant_id = ", "").count(" ") > 1, nodes


def plan(in_tenant, sql: str) -> list[dict[str, Any]]:
    """The nodes of a statement's plan, as the application role, with scans and sorts as the last resort."""
    with in_tenant("alice"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    (root,) = found if isinstance(found, list) else json.loads(found)
    return list(_nodes(root["Plan"]))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)
