"""A board of thousands opens like one of a few: it reads the top of each column, and sums from their index.

Run as the application role, beside another business, on data that PostgreSQL has statistics of: without
them it plans for one row of a joined table, and which tables autovacuum has come by is chance.
"""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.api.board import CARDS
from dott.modules.crm.models import Stage
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.tenancy.router import MIGRATOR

URL = "/api/crm/deals/board/"
ROWS = 6_000
_SEED = """
INSERT INTO crm_deal (number, name, pipeline_id, stage_id, customer_id, amount, currency, rank)
SELECT n, 'Deal ' || n, %(pipeline)s, (%(stages)s::uuid[])[1 + n %% %(columns)s], %(customer)s, n, 'EUR',
       'f' || lpad(n::text, 6, '0')
  FROM generate_series(1, %(rows)s) AS n
"""


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize(
    "query", [{}, {"category": "open"}, {"q": "deal"}], ids=["all", "filtered", "searched"]
)
def test_plans(api_as, in_tenant, query):
    for person in ("alice", "bob"):
        api_as(person).get("/api/crm/pipelines/")
        with in_tenant(person), connection.cursor() as cursor:
            stages = list(Stage.objects.filter(category="open"))
            # VACUUM marks only what is on disk as visible to all; an index alone answers for nothing else.
            cursor.execute("SET LOCAL synchronous_commit = on")
            values = {
                "pipeline": stages[0].pipeline_id, "stages": [stage.pk for stage in stages],
                "columns": len(stages), "customer": CustomerFactory().pk, "rows": ROWS,
            }  # fmt: skip
            cursor.execute(_SEED, values)
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

    alice = api_as("alice")
    with CaptureQueriesContext(connection) as queries:
        columns = alice.get(URL, query).json()["columns"]
    assert sum(column["count"] for column in columns) == ROWS
    assert [len(column["cards"]) for column in columns if column["count"]] == [CARDS] * len(stages)
    sums, cards = (sql for one in queries if 'FROM "crm_deal"' in (sql := one["sql"]))
    by_column = [node for node in _deals(in_tenant, cards) if node.get("Index Name") == "crm_deal_on_board"]
    assert [node["Actual Rows"] for node in by_column if node["Actual Rows"]] == [CARDS + 1] * len(stages)
    # What was found is looked up again, with what a card shows, at most once for each column.
    read = sum(node["Actual Rows"] * node["Actual Loops"] for node in _deals(in_tenant, cards))
    assert read <= (CARDS + 1) * len(stages) * (1 + len(columns))
    if not query:
        assert {(node["Node Type"], node.get("Index Name")) for node in _deals(in_tenant, sums)} == {
            ("Index Only Scan", "crm_deal_sums")
        }


def _deals(in_tenant, sql: str) -> list[dict]:
    """The nodes of a query's plan that read deals."""
    with in_tenant("alice"), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    return [node for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") == "crm_deal"]


def _nodes(node):
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)
