"""Each attack finds the hole that was planted for it: an attack that cannot fail proves nothing."""

from collections.abc import Iterator

import pytest
from django.urls import clear_url_caches

from dott.platform.identity import roles
from dott.platform.identity.csrf import CsrfMiddleware
from tests.attacks import over_http
from tests.attacks.inventory import Operation, operations
from tests.attacks.planted import TalkativeViewSet
from tests.attacks.report import Report
from tests.test_schema import described

ROLES = {
    "planted-customer-list": {"GET": roles.VIEWER, "POST": roles.MEMBER},
    "planted-customer-detail": dict.fromkeys(("GET", "PUT", "PATCH", "DELETE"), roles.MEMBER),
    "planted-lenient": {"POST": roles.VIEWER},
    "planted-plain": {"GET": roles.VIEWER},
}


@pytest.fixture
def holes(settings, monkeypatch) -> Iterator[list[Operation]]:
    settings.ROOT_URLCONF = "tests.attacks.planted"
    settings.TENANT_FREE_PREFIXES = (*settings.TENANT_FREE_PREFIXES, "/planted/")
    for route, rules in ROLES.items():
        monkeypatch.setitem(roles._table, route, rules)
    clear_url_caches()
    TalkativeViewSet.remembered.clear()
    yield operations()
    clear_url_caches()


def found_in(report: Report) -> str:
    assert report.attempts > len(report.findings)
    return "\n".join(report.findings)


def test_a_door_that_opens_to_anybody(holes, api, subject) -> None:
    assert "anonymous GET /planted/plain/" in found_in(over_http.anonymous(holes, api, subject))


def test_a_door_that_asks_for_no_proof_of_origin(holes, api_as, subject, monkeypatch) -> None:
    monkeypatch.setattr(CsrfMiddleware, "_check_source", lambda self, request: None)
    findings = found_in(over_http.forged_origin(holes, api_as, subject, "y" * 32))
    assert "POST /api/planted/lenient/ with a foreign origin" in findings
    assert "with no token" not in findings


def test_a_door_that_asks_for_no_role(holes, api_as, subject) -> None:
    findings = found_in(over_http.below_the_role(holes, api_as, subject))
    assert "viewer POST /api/planted/customers/" in findings
    assert "GET /api/planted/unlisted/ has no entry in the role table" in findings


def test_a_role_table_that_lets_viewers_write(holes) -> None:
    assert "a viewer may POST /api/planted/lenient/" in found_in(over_http.viewers_writing(holes))


def test_a_refusal_that_tells_a_foreign_id_from_a_random_one(holes, api_as, subject) -> None:
    findings = found_in(over_http.foreign_ids_in_paths(holes, api_as, subject))
    assert "GET /api/planted/customers/{pk}/ tells a foreign id from a random one" in findings


def test_a_reference_that_tells_a_foreign_id_from_a_random_one(holes, api_as, subject) -> None:
    findings = found_in(
        over_http.foreign_ids_in_bodies(holes, api_as, subject, lambda _: {"application/json"})
    )
    assert "PATCH /api/planted/customers/{pk}/ tells a foreign owner from a random one" in findings


def test_a_cache_that_knows_no_tenants(holes, api_as, subject, in_tenant) -> None:
    secret = str(subject(TalkativeViewSet.queryset.model, "alice"))
    findings = found_in(over_http.canaries(holes, api_as, subject, {secret}))
    assert f"GET /api/planted/customers/ shows Bob ['{secret}']" in findings


def test_a_method_that_is_not_refused(holes, api_as, subject) -> None:
    assert "PROPFIND /planted/plain/" in found_in(over_http.unknown_methods(holes, api_as, subject))


def test_a_view_that_ignores_what_it_does_not_know(holes, api_as, subject) -> None:
    findings = found_in(over_http.unknown_parameters(holes, api_as, subject))
    assert "POST /api/planted/lenient/?no_such=1" in findings


def test_a_parser_that_guesses(holes, api_as, subject) -> None:
    targets = [operation for operation in holes if operation.route == "planted-lenient"]
    report = over_http.malformed_bodies(targets, api_as, subject, lambda _: {"application/json"})
    assert "POST /api/planted/lenient/ with duplicate_key" in found_in(report)


def test_a_route_outside_the_schema(holes) -> None:
    assert {operation.key for operation in holes} - set(described())
