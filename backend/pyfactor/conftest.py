"""Fixtures of every backend test: real PostgreSQL, the unprivileged roles, a fixed world.

Each test runs in a transaction that is rolled back. A test that needs real commits says
`@pytest.mark.django_db(transaction=True, databases="__all__")`; the world is rebuilt after it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient

from dott.platform.identity.csrf import csrf_secret
from dott.platform.realtime.publisher import publisher
from dott.platform.tenancy import transactions
from dott.platform.tenancy.audit import refuse_unless_isolated
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.router import APP, AUTH, MIGRATOR, WORKER
from tests.front.through import FrontedClient
from tests.wall.query_shape import ShapeRecorder
from tests.world import World

# The same examples in every run, however slow the machine: a test that fails was broken by the change.
# `--hypothesis-profile=explore` looks for others.
_UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
hypothesis_settings.register_profile("dott", derandomize=True, **_UNTIMED)
hypothesis_settings.register_profile("explore", derandomize=False, **_UNTIMED)
hypothesis_settings.load_profile("dott")

# One attack in full is one transaction.
PATIENT = "-c idle_in_transaction_session_timeout=2h"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use every role's connection; the roles themselves are what limits it."""
    for item in items:
        if item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture(scope="session")
def _world_in_database(django_db_blocker: Any) -> Iterator[World]:
    migrator = connections[MIGRATOR]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = f"test_{migrator.settings_dict['NAME']}" + (f"_{worker}" if worker else "")
    migrator.settings_dict["TEST"]["NAME"] = name
    production_name = migrator.settings_dict["NAME"]
    with django_db_blocker.unblock():
        migrator.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        for alias in (APP, AUTH, WORKER):
            connections[alias].close_pool()
            connections[alias].settings_dict["NAME"] = name
            # A test is one long transaction, idle on one role's connection while another's works. Ten
            # seconds of that (cluster.sql) are a fault in a request, and a busy machine in a test.
            connections[alias].settings_dict["OPTIONS"]["options"] = PATIENT
        for alias in (APP, WORKER):
            refuse_unless_isolated(alias)
        world = World()
        world.build()
    yield world
    publisher.close()
    with django_db_blocker.unblock():
        for alias in (APP, AUTH, WORKER):
            connections[alias].close()
            connections[alias].close_pool()
        migrator.creation.destroy_test_db(production_name, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(_world_in_database: World) -> Iterator[None]:
    """The database of this run, and a teardown for committing tests that needs no TRUNCATE right."""
    world = _world_in_database

    def rebuild(self: TransactionTestCase) -> None:
        world.clear()
        world.build()

    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = rebuild
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture
def world(_world_in_database: World, db_access: None) -> World:
    """Two businesses and the people in them (tests/world.py), none of whom has tried anything yet."""
    _forget_attempts()
    return _world_in_database


def _forget_attempts() -> None:
    """Attempts are counted apart from the test's transaction, so they outlive it."""
    separate = connections[AUTH].copy()
    try:
        with separate.cursor() as cursor:
            cursor.execute("DELETE FROM api_rate_limit")
    finally:
        separate.close()


@pytest.fixture
def db_access(request: pytest.FixtureRequest) -> None:
    """Open database access in the mode that the test's marker asks for."""
    marker = request.node.get_closest_marker("django_db")
    transactional = marker is not None and marker.kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if transactional else "db")


@pytest.fixture
def in_tenant(world: World) -> Callable[[str], AbstractContextManager[Context]]:
    """`with in_tenant("alice"):` is what a request of Alice's runs in."""

    def enter(name: str) -> AbstractContextManager[Context]:
        return transactions.session(sha256(world[name].token.encode()).digest())

    return enter


@pytest.fixture
def query_shape(world: World) -> Iterator[ShapeRecorder]:
    """Every statement of the test must carry the tenant as a constant (tests/wall/query_shape.py)."""
    recorder = ShapeRecorder()
    with connections[APP].execute_wrapper(recorder):
        yield recorder
    assert not recorder.findings, "\n".join(recorder.findings)


@pytest.fixture
def api_as(world: World, query_shape: ShapeRecorder) -> Callable[[str], APIClient]:
    """`api_as("alice")` is a browser in which Alice is signed in; CSRF and Origin are enforced."""

    def client(name: str) -> APIClient:
        return browser(world[name].token)

    return client


@pytest.fixture
def api(world: World) -> APIClient:
    """A browser in which nobody is signed in."""
    return browser()


def browser(session_token: str = "") -> APIClient:
    """A client that sends what Dott's web UI sends: JSON, Origin and the session's CSRF token."""
    browser = FrontedClient(enforce_csrf_checks=True, raise_request_exception=False)
    browser.default_format = "json"
    if session_token:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session_token
    token = csrf_secret(session_token) if session_token else "t" * 32
    browser.cookies[settings.CSRF_COOKIE_NAME] = token
    browser.credentials(HTTP_X_CSRFTOKEN=token, HTTP_ORIGIN=settings.PUBLIC_ORIGIN)
    browser.defaults["SERVER_NAME"] = urlsplit(settings.PUBLIC_ORIGIN).hostname
    return browser


@pytest.fixture
def patient_pool() -> Iterator[None]:
    """Many threads share eight connections; on a busy machine waiting for one must not become a 503."""
    usual_s = connections[AUTH].settings_dict["OPTIONS"]["pool"]["timeout"]
    _reopen(60)
    yield
    _reopen(usual_s)


def _reopen(timeout_s: float) -> None:
    auth = connections[AUTH]
    auth.close()
    auth.close_pool()
    auth.settings_dict["OPTIONS"]["pool"]["timeout"] = timeout_s
