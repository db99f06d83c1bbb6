"""Every filter, order and search that the API offers is answered by an index that begins with the tenant.

Run as the application role on data of two businesses: under row-level security an operator that is
not leakproof would be kept out of the index, and the query would read the whole business.
"""

import json

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.actions.numbers import reserve_numbers
from dott.modules.crm.api.customer_filters import CustomerFilters
from dott.modules.crm.api.customers import CustomerViewSet
from dott.modules.crm.models import Customer, Tag
from dott.modules.crm.tests.factories import TagFactory
from dott.platform.tenancy.router import MIGRATOR

URL = "/api/crm/customers/"
ROWS = 6_000

# Rare values: 1 in 100, as a filter is used. Everything else is dense.
_SEED = """
INSERT INTO crm_customer (
    number, kind, business_name, last_name, email, phone, stage, status, owner_id, source, industry,
    billing_city, billing_country, created_at, updated_at, deleted_at
)
SELECT %(first)s + n,
       CASE WHEN n %% 100 = 0 THEN 'person' ELSE 'business' END,
       'Business ' || md5(n::text),
       'Last ' || md5((n * 7)::text),
       'mail' || n || '@example.com',
       '+4930' || (1000000 + n),
       CASE WHEN n %% 100 = 1 THEN 'partner' ELSE 'customer' END,
       CASE WHEN n %% 100 = 2 THEN 'blocked' ELSE 'active' END,
       CASE WHEN n %% 100 = 3 THEN %(owner)s::uuid END,
       CASE WHEN n %% 100 = 4 THEN 'Fair' ELSE '' END,
       CASE WHEN n %% 100 = 5 THEN 'Food' ELSE '' END,
       CASE WHEN n %% 100 = 6 THEN 'Köln' ELSE 'Berlin' END,
       CASE WHEN n %% 100 = 7 THEN 'IS' ELSE 'DE' END,
       now() - n * interval '1 hour',
       now() - n * interval '1 hour',
       CASE WHEN n %% 100 = 8 THEN now() END
  FROM generate_series(0, %(rows)s - 1) AS n
"""

# A page of one stage is a run of the second; whoever only counts may take either.
_STAGE = {"crm_customer_by_stage", "crm_customer_newest_of_stage"}

# Query → the index by which customers are read, or those that are as good.
EXPECTED = {
    "": "crm_customer_by_created",
    "ordering=name": "crm_customer_by_name",
    "ordering=-name": "crm_customer_by_name",
    "ordering=account_number": "customer_number_is_unique",
    "ordering=created_at": "crm_customer_by_created",
    "ordering=-updated_at": "crm_customer_by_updated",
    "ordering=email": "crm_customer_by_email",
    "ordering=city": "crm_customer_by_city",
    "ordering=country": "crm_customer_by_country",
    "ordering=-stage": "crm_customer_by_stage",
    "kind=person": "crm_customer_kind_status",
    "kind__in=person": "crm_customer_kind_status",
    "stage=partner": _STAGE,
    "stage__in=partner,lead": _STAGE,
    "status=blocked": "crm_customer_kind_status",
    "status__in=blocked,inactive": "crm_customer_kind_status",
    "owner=me": "crm_customer_of_owner",
    "owner__in=me": "crm_customer_of_owner",
    "billing_country=IS": "crm_customer_by_country",
    "billing_country__in=IS,FR": "crm_customer_by_country",
    "billing_city=köln": "crm_customer_by_city",
    "billing_city__in=köln,lyon": "crm_customer_by_city",
    "source=Fair": "crm_customer_from_source",
    "source__in=Fair,Web": "crm_customer_from_source",
    "industry=Food": "crm_customer_in_industry",
    "industry__in=Food,Law": "crm_customer_in_industry",
    "created_at__gte={recent}": "crm_customer_by_created",
    "created_at__lt={old}": "crm_customer_by_created",
    "updated_at__gte={recent}": "crm_customer_by_updated",
    "updated_at__lt={old}": "crm_customer_by_updated",
    "q=eccbc87": "crm_customer_search",
    "q=bus eccbc87": "crm_customer_search",
    "q=030 1000042": "crm_customer_search",
    "q=C-000123": "crm_customer_search",
    "q=zz": "crm_customer_search",
    "tag={tag}": "crm_customer_pkey",
    "tag__in={tag}": "crm_customer_pkey",
    "trashed=true": "crm_customer_trash",
    'filter={{"field":"stage","op":"is","value":"partner"}}': _STAGE,
    'filter={{"field":"owner","op":"is","value":"me"}}': "crm_customer_of_owner",
    'filter={{"field":"billing_city","op":"is","value":"köln"}}': "crm_customer_by_city",
    'filter={{"field":"display_name","op":"starts","value":"business eccbc87"}}': "crm_customer_by_name",
    'filter={{"field":"email","op":"is","value":"Mail42@example.com"}}': "crm_customer_by_email",
    'filter={{"and":[{{"field":"status","op":"is","value":"blocked"}},{{"field":"notes","op":"empty"}}]}}': (
        "crm_customer_kind_status"
    ),
}


def test_everything_offered_has_an_expected_plan():
    asked = {query.split("=")[0] for query in EXPECTED}
    assert asked - {"", "ordering", "trashed"} == set(CustomerFilters.base_filters)
    orders = {query.removeprefix("ordering=").removeprefix("-") for query in EXPECTED if "ordering" in query}
    assert orders == set(CustomerViewSet.orderings)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_plans(api_as, in_tenant, world):
    for person in ("alice", "bob"):
        with in_tenant(person), connection.cursor() as cursor:
            first = reserve_numbers(ROWS)[0]
            owner = world[person].membership_id
            cursor.execute(_SEED, {"first": first, "owner": owner, "rows": ROWS})
            tag = TagFactory()
            cursor.execute(
                "INSERT INTO crm_customer_tag (customer_id, tag_id) "
                "SELECT id, %s FROM crm_customer WHERE number %% 100 = 10",
                [tag.pk],
            )
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with in_tenant("alice"):
        tag = Tag.objects.get()
        recent, old, some = (
            Customer.objects.order_by("-created_at")[index] for index in (20, ROWS - 200, 3_000)
        )

    alice = api_as("alice")
    wrong = {}
    for query, index in EXPECTED.items():
        filled = query.format(recent=_instant(recent), old=_instant(old), tag=tag.pk)
        with CaptureQueriesContext(connection) as queries:
            response = alice.get(f"{URL}?{filled}&count=capped")
        assert response.status_code == 200, (query, response.json())
        assert response.json()["results"] or query == "q=zz", query
        found = [_indexes(in_tenant, sql) for sql in _selects(queries)]
        assert len(found) == 2
        # A count without a filter may take whichever index is smallest.
        counted = query == "" or query.startswith("ordering")
        good = index if isinstance(index, set) else {index}
        if not (len(found[1]) == 1 and found[1] <= good and (counted or found[0] <= good)):
            wrong[query] = found
    assert wrong == {}

    with CaptureQueriesContext(connection) as queries:
        alice.get(f"{URL}{some.pk}/")
    assert [_indexes(in_tenant, sql) for sql in _selects(queries)] == [{"crm_customer_pkey"}]


def _instant(customer: Customer) -> str:
    return customer.created_at.isoformat().replace("+00:00", "Z")


def _selects(queries) -> list[str]:
    return [query["sql"] for query in queries if query["sql"].startswith("SELECT")]


def _indexes(in_tenant, sql: str) -> set[str]:
    """Names of the indexes by which crm_customer is read, "Seq Scan" for none; all begin with the tenant."""
    with in_tenant("alice"), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    (root,) = plan if isinstance(plan, list) else json.loads(plan)
    found = set()
    for node in _nodes(root["Plan"]):
        if node.get("Relation Name") == "crm_customer" and node["Node Type"] == "Seq Scan":
            found.add("Seq Scan")
        name = node.get("Index Name", "")
        if name.startswith(("crm_customer_", "customer_")):
            found.add(name)
            assert "tenant_id = " in node["Index Cond"], node
    return found


def _nodes(node):
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)
