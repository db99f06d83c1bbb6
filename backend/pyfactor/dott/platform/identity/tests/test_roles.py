"""The role table: complete, and what it says happens."""

from typing import Any

import pytest
from django.core.checks import run_checks

from dott.platform.identity import roles
from dott.platform.identity.checks import routes, routes_have_roles


def test_every_route_has_an_entry() -> None:
    assert routes_have_roles(None) == []
    assert len(list(routes())) > 20


def test_a_route_without_an_entry_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "_table", {key: value for key, value in roles.table().items() if key != "me"})
    messages = [message.msg for message in run_checks(tags=["security"]) if message.id == "identity.E001"]
    assert messages == [
        "GET api/auth/me/ (me) has no entry in the role table.",
        "PATCH api/auth/me/ (me) has no entry in the role table.",
    ]


@pytest.mark.asvs("16.5.3")
def test_a_route_without_an_entry_is_refused_to_everybody(
    api_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "_table", {key: value for key, value in roles.table().items() if key != "me"})
    assert api_as("alice").get("/api/auth/me/").status_code == 403


def test_registering_refuses_what_would_be_a_slip() -> None:
    with pytest.raises(ValueError, match="no such standing: boss"):
        roles.register({"somewhere": {"GET": "boss"}})
    with pytest.raises(ValueError, match="already has an entry"):
        roles.register({"me": {"GET": roles.ANYONE}})


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("owner", ["viewer", "member", "admin", "owner"]),
        ("admin", ["viewer", "member", "admin"]),
        ("member", ["viewer", "member"]),
        ("viewer", ["viewer"]),
    ],
)
def test_each_role_may_what_those_below_it_may(role: str, may: list[str]) -> None:
    assert [least for least in ("viewer", "member", "admin", "owner") if roles.suffices(role, least)] == may


def test_an_action_wins_over_its_method() -> None:
    roles.register({"test-route": {"GET": roles.VIEWER, "export": roles.ADMIN}})
    assert roles.minimum("test-route", "GET") == roles.VIEWER
    assert roles.minimum("test-route", "HEAD") == roles.VIEWER
    assert roles.minimum("test-route", "GET", "export") == roles.ADMIN
    assert roles.minimum("test-route", "DELETE") is None


@pytest.mark.parametrize(("name", "status"), [("alice", 200), ("adam", 200), ("mia", 403), ("vera", 403)])
def test_the_isolation_report_is_for_owner_and_admin(api_as: Any, name: str, status: int) -> None:
    assert api_as(name).get("/api/isolation/").status_code == status


def test_a_stranger_gets_401_with_a_challenge(api: Any) -> None:
    for path in ("/api/auth/me/", "/api/tenants/", "/api/tenants/current/", "/api/auth/sessions/"):
        response = api.get(path)
        assert response.status_code == 401
        assert response.json()["code"] == "not_authenticated"
        assert response.headers["WWW-Authenticate"].startswith("Session")


def test_a_method_that_is_not_there_is_405(api_as: Any) -> None:
    assert api_as("alice").put("/api/auth/me/", {}).status_code == 405
