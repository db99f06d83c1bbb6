"""What the log tells of signing in and of who was given what, and to whom."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from conftest import browser
from dott.platform.history import chain
from dott.platform.history.security import REDACTIONS, SEAL
from dott.platform.identity import events
from dott.platform.identity.tests.factors_support import enrol
from dott.platform.identity.tests.support import NEW_PASSWORD, SESSION, sign_in
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.tenancy.router import AUTH
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

CHANGES = "/api/changes/"
KINDS = {"kind": "security"}


def told(client: Any, **query: str) -> list[tuple[str, str]]:
    """(event, by whom), newest first."""
    results = client.get(CHANGES, KINDS | query).json()["results"]
    return [(entry["event"], entry["actor_name"]) for entry in results]


@pytest.mark.asvs("16.3.1")
def test_signing_in_and_out_is_told(api_as: Any) -> None:
    mia = browser()
    assert sign_in(mia, "mia").status_code == 200
    assert mia.delete(SESSION).status_code == 401
    alice = api_as("alice")
    assert told(alice) == [("signed_out", "Mia"), ("signed_in", "Mia")]
    (entry,) = alice.get(CHANGES, KINDS | {"event": "signed_in"}).json()["results"]
    assert entry["details"]["by"] == ["password"]
    assert (entry["can_undo"], entry["summary"]) == (False, [])


@pytest.mark.asvs("16.3.1")
def test_a_failed_sign_in_is_in_the_operators_log(world: Any, caplog: Any) -> None:
    sign_in(browser(), "mia", "not the right one")
    lines = "".join(str(record.msg) for record in caplog.records)
    assert "sign_in_failed" in lines
    assert "mia@" not in lines


def test_what_was_given_and_taken_is_told(api_as: Any, world: Any) -> None:
    alice = api_as("alice")
    member = f"/api/tenants/current/members/{world['vera'].membership_id}/"
    assert alice.patch(member, {"role": "member"}).status_code == 200
    assert alice.post("/api/tenants/current/invitations/", {"email": "n@example.com", "role": "viewer"})
    body = {"name": "Till", "scopes": ["customers:read"], "expires_in_days": 30}
    key = alice.post("/api/tenants/current/api-keys/", body)
    assert key.status_code == 201, key.content
    assert alice.delete(f"/api/tenants/current/api-keys/{key.json()['id']}/").status_code == 204
    team = alice.post("/api/tenants/current/teams/", {"name": "North"})
    assert alice.delete(f"/api/tenants/current/teams/{team.json()['id']}/").status_code == 204
    assert alice.patch("/api/tenants/current/scopes/", {"viewer": "own"}).status_code == 200
    assert [event for event, _ in told(alice)] == [
        "scopes_changed",
        "team_changed",
        "team_changed",
        "api_key_revoked",
        "api_key_made",
        "member_invited",
        "member_changed",
    ]
    kept = json.dumps(alice.get(CHANGES, KINDS).json())
    assert key.json()["key"] not in kept


def test_a_change_of_factors_is_told_in_every_business_of_hers(api_as: Any) -> None:
    enrol(api_as("sam"))
    for owner in ("alice", "bob"):
        assert ("totp_added", "Sam") in told(api_as(owner))


def test_a_password_is_told_of_and_not_told(api_as: Any) -> None:
    alice = api_as("alice")
    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert alice.post("/api/auth/browser/v1/account/password/change", body).status_code < 400
    with connections[AUTH].cursor() as cursor, pytest.raises(DatabaseError):
        # The login role adds to the log and reads none of it.
        cursor.execute("SELECT * FROM history_change_set")


def test_who_is_no_admin_sees_her_own_alone(api_as: Any) -> None:
    for name in ("mia", "vera"):
        assert sign_in(browser(), name).status_code == 200
    assert told(api_as("mia")) == [("signed_in", "Mia")]
    assert told(api_as("adam")) == [("signed_in", "Vera"), ("signed_in", "Mia")]
    assert told(api_as("bob")) == []


@pytest.mark.asvs("16.4.2")
def test_the_login_role_adds_nothing_but_security_events(world: Any) -> None:
    sql = "INSERT INTO history_change_set (tenant_id, kind) VALUES (%s, 'user')"
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(using=AUTH),
        connections[AUTH].cursor() as cursor,
    ):
        cursor.execute(sql, [world.bakery])


def test_a_refused_act_leaves_no_entry(api_as: Any, world: Any) -> None:
    alice = api_as("alice")
    assert alice.post("/api/tenants/current/leave/").status_code == 409
    assert told(alice) == []


def test_the_log_is_exported_for_admins(api_as: Any) -> None:
    sign_in(browser(), "mia")
    refused = api_as("mia").get(f"{CHANGES}export/")
    assert refused.status_code == 403
    response = api_as("alice").get(f"{CHANGES}export/", KINDS)
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    (line,) = response.content.decode().splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["actor_name"], entry["position"]) == ("signed_in", "Mia", None)


def test_a_word_that_nobody_knows_is_no_event(world: Any) -> None:
    with pytest.raises(ValueError, match="no event"):
        events.tell_of(world.bakery, world["mia"].user_id, "did_something")


def test_the_web_has_a_sentence_for_each_event() -> None:
    messages = Path(settings.BASE_DIR).parents[1] / "frontend/pyfactor_next/messages"
    for catalogue in sorted(messages.glob("*/history.json")):
        sentences = json.loads(catalogue.read_text(encoding="utf-8"))["events"]
        assert set(sentences) == {*events.EVENTS, *REDACTIONS, "other"}, catalogue


def test_the_job_of_an_event_seals_it(world: Any, in_tenant: Any) -> None:
    sign_in(browser(), "mia")
    with in_tenant("alice"):
        assert chain.verify().waiting == 1
        Job.objects.filter(kind=SEAL).update(run_after=timezone.now())
    queue_due()
    assert run_queued() == 1
    with in_tenant("alice"):
        verdict = chain.verify()
        assert (verdict.sealed, verdict.waiting, verdict.findings) == (1, 0, ())
        assert not Job.objects.filter(kind=SEAL).exists()


@pytest.mark.parametrize(
    "values", ["'history.purge', '{}', 'queued'", "'history.seal', '{\"a\": 1}', 'queued'"]
)
def test_the_login_role_leaves_no_other_job(world: Any, values: str) -> None:
    sql = "INSERT INTO jobs_job (tenant_id, kind, args, state, run_after, created_by_id, updated_by_id)"
    member = world["mia"].membership_id
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(using=AUTH),
        connections[AUTH].cursor() as cursor,
    ):
        cursor.execute(f"{sql} VALUES (%s, {values}, now(), %s, %s)", [world.bakery, member, member])
