"""The query-shape checker itself; conftest.py runs it over every test that uses the API."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db.models import QuerySet

from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import Context
from tests.wall.query_shape import missing_tenant

InTenant = Callable[[str], AbstractContextManager[Context]]
TABLES = frozenset({"a", "b"})
CONSTANT = "'01a20e5cbef2715886ce2f65ad6b28b1'"


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "a"."id" FROM "a" WHERE "a"."tenant_id" = (%s)',
        f'SELECT "a"."id" FROM "a" WHERE "a"."tenant_id" = ({CONSTANT}::uuid)',
        'SELECT 1 FROM "a" INNER JOIN "b" ON (x AND ("b"."tenant_id" = ("a"."tenant_id")))'
        ' WHERE "a"."tenant_id" = (%s)',
        'SELECT 1 FROM "a" LEFT OUTER JOIN "b" T2 ON (x AND (T2."tenant_id" = ("a"."tenant_id")))'
        ' WHERE "a"."tenant_id" = (%s)',
        'UPDATE "a" SET "x" = 1 WHERE ("a"."tenant_id" = (%s) AND "a"."id" = %s)',
        'SELECT * FROM "other"',
    ],
)
def test_statements_that_carry_the_tenant_pass(sql: str) -> None:
    assert missing_tenant(sql, TABLES) == []


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "a"."id" FROM "a" WHERE "a"."id" = %s',
        'SELECT 1 FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "a"."tenant_id" = (%s)',
        'SELECT 1 FROM "a" WHERE "a"."tenant_id" = (%s) AND EXISTS(SELECT 1 FROM "b" U0 WHERE U0."id" = 1)',
        'UPDATE "a" SET "tenant_id" = %s WHERE "a"."id" = %s',
    ],
)
def test_statements_without_the_tenant_are_named(sql: str) -> None:
    assert len(missing_tenant(sql, TABLES)) == 1


def test_manager_writes_the_tenant_and_a_bare_queryset_does_not(in_tenant: InTenant) -> None:
    tables = frozenset({"jobs_job", "identity_membership"})
    with in_tenant("alice"):
        scoped, _ = Job.objects.select_related("created_by").filter(state="queued").query.sql_with_params()
    bare, _ = QuerySet(Job).select_related("created_by").query.sql_with_params()
    assert missing_tenant(scoped, tables) == []
    assert len(missing_tenant(bare, tables)) == 1
