"""A version goes on serving on what a later one marked, and on nothing else that it does not know."""

import re
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connections

from dott.platform.tenancy import reviewed
from dott.platform.tenancy.audit import audit
from dott.platform.tenancy.router import APP, MIGRATOR, WORKER
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# What a migration of the next version could bring, for the worker alone.
NEWER = [
    "SET ROLE dott_definer",
    "CREATE FUNCTION app.newer(kind text) RETURNS bigint LANGUAGE sql SECURITY DEFINER"
    " SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM public.jobs_job'",
    "REVOKE ALL ON FUNCTION app.newer(text) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION app.newer(text) TO dott_worker",
    "RESET ROLE",
    "CREATE TABLE newer (id int)",
    "GRANT SELECT ON newer TO dott_worker",
    "CREATE INDEX newer_by_kind ON jobs_job (kind)",
]
RULES = {"definer_functions", "row_security", "keys"}


def migrate(*statements: str) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def failed(alias: str) -> set[str]:
    return {rule.id for rule in audit(alias).rules if not rule.passed}


def mark_as_the_next_version() -> None:
    """Its lists have the new names; those of this version are back afterwards."""
    with pytest.MonkeyPatch.context() as later, connections[MIGRATOR].cursor() as cursor:
        later.setitem(reviewed.FUNCTIONS, WORKER, [*reviewed.FUNCTIONS[WORKER], "app.newer"])
        later.setitem(reviewed.TABLES, WORKER, [*reviewed.TABLES[WORKER], "newer"])
        later.setattr(reviewed, "INDEXES", [*reviewed.INDEXES, "newer_by_kind"])
        reviewed.mark(cursor)


@pytest.fixture
def next_schema(restored_database: None) -> Iterator[None]:
    """A database that the next version has migrated."""
    migrate(*NEWER)
    mark_as_the_next_version()
    yield


def test_without_marks_the_next_schema_is_refused(restored_database: None) -> None:
    migrate(*NEWER)
    assert failed(WORKER) == RULES
    assert failed(APP) == {"keys"}


def test_with_marks_the_next_schema_is_served(next_schema: None) -> None:
    assert failed(WORKER) == set()
    assert failed(APP) == set()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (
            "definer_functions",
            "CREATE OR REPLACE FUNCTION app.newer(kind text) RETURNS bigint LANGUAGE sql SECURITY DEFINER"
            " SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM public.crm_customer'",
        ),
        ("definer_functions", "ALTER FUNCTION app.newer(text) SET search_path = public"),
        ("row_security", "ALTER TABLE newer ADD secret text"),
        ("keys", "DROP INDEX newer_by_kind; CREATE INDEX newer_by_kind ON jobs_job (state)"),
    ],
)
def test_a_mark_does_not_outlive_a_change(next_schema: None, rule: str, change: str) -> None:
    is_function = rule == "definer_functions"
    migrate(*(["SET ROLE dott_definer"] if is_function else []), change, "RESET ROLE")
    assert failed(WORKER) == {rule}


def test_a_mark_is_for_the_roles_it_names(next_schema: None) -> None:
    migrate("SET ROLE dott_definer", "GRANT EXECUTE ON FUNCTION app.newer(text) TO dott_app", "RESET ROLE")
    migrate("GRANT SELECT ON newer TO dott_app")
    assert failed(APP) == {"definer_functions", "row_security"}
    assert failed(WORKER) == set()


def test_a_mark_cannot_be_carried_over(next_schema: None) -> None:
    """A planted function with the very comment of a reviewed one is found all the same."""
    migrate(
        "SET ROLE dott_definer",
        "CREATE FUNCTION app.planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS 'SELECT count(*) FROM public.jobs_job'",
        "GRANT EXECUTE ON FUNCTION app.planted() TO dott_worker",
        "DO $$ BEGIN EXECUTE format('COMMENT ON FUNCTION app.planted() IS %L',"
        " obj_description('app.newer(text)'::regprocedure, 'pg_proc')); END $$",
        "RESET ROLE",
    )
    assert failed(WORKER) == {"definer_functions"}


@pytest.mark.parametrize("alias", [APP, WORKER])
@pytest.mark.parametrize("subject", ["FUNCTION app.newer(text)", "TABLE newer", "INDEX newer_by_kind"])
def test_a_serving_role_cannot_mark(next_schema: None, alias: str, subject: str) -> None:
    with pytest.raises(DatabaseError) as refusal, connections[alias].cursor() as cursor:
        cursor.execute(f"COMMENT ON {subject} IS 'Reviewed (dott_app, dott_worker) {'0' * 64}'")
    assert refusal.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def test_a_migration_takes_marks_away_that_its_version_does_not_give(next_schema: None) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        reviewed.mark(cursor)
    assert failed(WORKER) == RULES


@pytest.mark.parametrize("alias", [APP, WORKER])
def test_migrate_marks_all_that_this_version_allows(
    world: World, alias: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a version whose lists were empty would serve, leakproof functions of the superuser included."""
    monkeypatch.setitem(reviewed.FUNCTIONS, alias, [])
    monkeypatch.setitem(reviewed.TABLES, alias, [])
    monkeypatch.setattr(reviewed, "INDEXES", [])
    monkeypatch.setattr(reviewed, "LEAKPROOF", [])
    assert failed(alias) == set()

    monkeypatch.setattr(reviewed, "_MARK", re.compile("nobody's"))
    assert failed(alias) >= {"definer_functions", "row_security", "keys", "leakproof"}
