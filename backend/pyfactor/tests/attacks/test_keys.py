"""The attacks by programs: every operation of the URL map under API keys."""

from typing import Any

import pytest

from dott.platform.identity import roles, scopes
from tests.attacks import over_http
from tests.attacks.inventory import Operation, operations
from tests.attacks.report import Report, describe
from tests.keys import READS, made_key, program

# Keys are committed: the login role writes them, the application's reads them.
pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

TARGETS = [
    operation for operation in operations() if operation.is_described and operation.path.startswith("/api/")
]
WITH_KEY = [target for target in TARGETS if scopes.needed(target.route, target.method)]
WITHOUT_KEY = [target for target in TARGETS if target not in WITH_KEY]


@pytest.fixture
def programs(world) -> Any:
    """`programs("alice")` is a program with all scopes, made by Alice; the same one per test."""
    keys: dict[str, str] = {}

    def of(name: str) -> Any:
        if name not in keys:
            keys[name] = made_key(world[name]).key
        return program(keys[name])

    return of


def writing_with_a_reading_key(targets: list[Operation], client: Any, subject: Any) -> Report:
    report = Report("writes under a read-only API key → 403")
    for operation in (target for target in targets if target.is_unsafe):
        code = "missing_scope" if operation in WITH_KEY else "session_required"
        response = over_http.send(client, operation, over_http.url_of(operation, subject, "alice"))
        report.expect_problem(response, 403, f"read-only key {operation}", code)
    return report


def test_a_reading_key_writes_nowhere(world, subject, record_property) -> None:
    reader = program(made_key(world["alice"], READS).key)
    writing_with_a_reading_key(TARGETS, reader, subject).must_be_clean(record_property)


def test_the_hole_in_the_scopes_is_found(world, subject, monkeypatch) -> None:
    """And nothing is written through it: the transaction of such a key is read-only."""
    reader = program(made_key(world["alice"], READS).key)
    monkeypatch.setattr(scopes, "suffices", lambda granted, scope: True)
    report = writing_with_a_reading_key(WITH_KEY, reader, subject)
    assert len(report.findings) == report.attempts > 50
    for operation in (target for target in WITH_KEY if target.is_unsafe):
        response = over_http.send(reader, operation, over_http.url_of(operation, subject, "alice"))
        assert response.status_code >= 400, f"{operation}: {describe(response)}"


def test_a_reading_key_finds_a_business_where_nothing_was_sold(world) -> None:
    """A person's first look at deals makes a pipeline; a key that cannot write leaves that to her."""
    reader = program(made_key(world["alice"], READS).key)
    for path in ("pipelines/", "stages/", "lost-reasons/"):
        assert reader.get(f"/api/crm/{path}").json()["results"] == [], path
    assert reader.get("/api/crm/deals/board/").status_code == 400


def test_a_reading_key_reads_everything_that_takes_keys(world, subject, record_property) -> None:
    report = Report("reads under a read-only API key")
    reader = program(made_key(world["alice"], READS).key)
    for operation in (target for target in WITH_KEY if not target.is_unsafe):
        response = over_http.send(reader, operation, over_http.url_of(operation, subject, "alice"))
        passed = response.status_code < 500 and response.status_code not in {401, 403}
        report.expect(passed, f"{operation}: {describe(response)}")
    report.must_be_clean(record_property)


def test_what_takes_no_key(programs, subject, record_property) -> None:
    report = Report("API key where a person is asked for → 403")
    for operation in WITHOUT_KEY:
        response = over_http.send(programs("alice"), operation, over_http.url_of(operation, subject, "alice"))
        report.expect_problem(response, 403, f"key {operation}", "session_required")
    report.must_be_clean(record_property)


def test_a_key_never_does_more_than_its_maker(programs, subject, record_property) -> None:
    report = over_http.below_the_role(WITH_KEY, programs, subject)
    report.name = "API key beyond its maker's role → 403"
    report.must_be_clean(record_property)


def test_a_key_reaches_no_other_business(programs, subject, record_property) -> None:
    report = over_http.foreign_ids_in_paths(WITH_KEY, programs, subject)
    report.name = "API key with another tenant's id → 404"
    report.must_be_clean(record_property)


def test_without_the_table_of_scopes_no_key_is_taken(programs, subject, monkeypatch) -> None:
    client = programs("alice")
    monkeypatch.setattr(scopes, "_areas", {})
    for operation in WITH_KEY[:20]:
        response = over_http.send(client, operation, over_http.url_of(operation, subject, "alice"))
        assert response.status_code == 403, operation


def test_every_area_is_of_routes_that_are_there() -> None:
    names = {target.route for target in TARGETS}
    for start in scopes.starts():
        assert any(name == start or name.startswith(f"{start}-") for name in names), start
    assert {scopes.needed(target.route, target.method) for target in WITH_KEY} == set(scopes.every())
    for operation in WITH_KEY:
        assert operation.least not in (None, roles.ANYONE, roles.SIGNED_IN), operation
