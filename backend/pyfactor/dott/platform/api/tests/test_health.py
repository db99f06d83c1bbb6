"""Liveness asks nobody; readiness asks for everything a request needs."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections

from dott.platform.api import health
from dott.platform.tenancy.router import APP


@pytest.fixture(autouse=True)
def nothing_is_settled(monkeypatch) -> None:
    monkeypatch.setattr(health, "_settled", set())


def test_live(api, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = api.get("/health/live/")
    assert (response.status_code, response.json()) == (200, {"status": "live"})


def test_ready(api) -> None:
    response = api.get("/health/ready/")
    assert response.status_code == 200, response.content
    assert response.json() == {"status": "ready", "checks": ["database", "migrations", "isolation"]}


def test_what_was_settled_is_not_asked_again(api, django_assert_num_queries) -> None:
    api.get("/health/ready/")
    with django_assert_num_queries(1):
        assert api.get("/health/ready/").status_code == 200


@pytest.mark.parametrize("failing", ["database", "migrations", "isolation"])
def test_not_ready(api, monkeypatch, failing: str) -> None:
    monkeypatch.setitem(health.CHECKS, failing, lambda: False)
    response = api.get("/health/ready/")
    assert (response.status_code, response.json()["code"]) == (503, "not_ready")
    assert response.json()["failed"] == [failing]
    assert response["Retry-After"]
    assert api.get("/health/live/").status_code == 200


def test_a_database_that_is_away(api, monkeypatch) -> None:
    def away() -> bool:
        raise OperationalError("could not connect to secret.example")

    monkeypatch.setitem(health.CHECKS, "database", away)
    response = api.get("/health/ready/")
    assert response.json()["failed"] == ["database"]
    assert "secret" not in response.content.decode()


def test_a_finding_of_the_audit_is_not_settled(api, monkeypatch) -> None:
    monkeypatch.setattr(health, "audit", lambda alias: SimpleNamespace(passed=False))
    assert api.get("/health/ready/").json()["failed"] == ["isolation"]
    monkeypatch.setattr(health, "audit", lambda alias: SimpleNamespace(passed=True))
    assert api.get("/health/ready/").status_code == 200


def test_a_migration_that_is_missing(api, monkeypatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("api", "0003")])
    assert api.get("/health/ready/").json()["failed"] == ["migrations"]


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_only_reading(api, path: str) -> None:
    response = api.post(path)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_ready_after_the_database_was_restarted(api) -> None:
    """A pooled connection that died with it is replaced, as in every request, and is no reason to say no."""
    connections[APP].ensure_connection()
    connections[APP].connection.pgconn.finish()
    assert api.get("/health/ready/").status_code == 200
