"""From a write to a message that has arrived, over a real socket."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.egress.tests.receiver import Receiver, status
from dott.platform.identity.factors.keys import is_sealed_by_the_first
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import soon
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.webhooks import deliver, dispatch, signing
from dott.platform.webhooks.models import Delivery, Endpoint, EndpointSecret
from dott.platform.webhooks.settle import SCHEDULE
from tests.round_trips import counted_round_trips

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

CUSTOMERS = "/api/crm/customers/"


@pytest.fixture
def alice(api_as) -> Any:
    return api_as("alice")


@pytest.fixture
def hook(alice, receiver: Receiver) -> dict[str, Any]:
    """Alice's webhook at the receiver, for everything."""
    response = alice.post("/api/webhooks/endpoints/", {"url": receiver.url, "events": ["*"]})
    assert response.status_code == 201, response.json()
    run_queued()
    return response.json()


def new_customer(client, name: str = "Kwik") -> dict[str, Any]:
    response = client.post(CUSTOMERS, {"business_name": name})
    assert response.status_code == 201, response.json()
    return response.json()


def log(client, **query: str) -> list[dict[str, Any]]:
    return client.get("/api/webhooks/deliveries/", query).json()["results"]


def test_a_change_arrives_signed(alice, hook, receiver, world) -> None:
    customer = new_customer(alice)
    run_queued()
    (received,) = receiver.received
    assert received.path == "/hook?of=dott"
    body = json.loads(received.body)
    assert (body["type"], body["data"]["business"]) == ("crm.customer.created", str(world.bakery))
    assert (body["data"]["count"], body["data"]["has_more"]) == (1, False)
    assert body["data"]["records"] == [{"id": customer["id"]}]
    at = int(received.headers["webhook-timestamp"])
    assert abs(at - time.time()) < 60
    expected = signing.signature(hook["secret"], received.headers["webhook-id"], at, received.body)
    assert received.headers["webhook-signature"] == expected
    (kept,) = log(alice)
    assert (kept["state"], kept["last_status"], kept["tries"]) == ("delivered", 204, 1)
    assert kept["message_id"] == received.headers["webhook-id"]


def test_an_update_names_fields_and_no_values(alice, hook, receiver) -> None:
    customer = new_customer(alice)
    alice.patch(f"{CUSTOMERS}{customer['id']}/", {"business_name": "Canary GmbH"}, HTTP_IF_MATCH='"1"')
    run_queued()
    update = json.loads(receiver.received[-1].body)
    assert update["type"] == "crm.customer.updated"
    assert "business_name" in update["data"]["records"][0]["changed"]
    assert b"Canary" not in b"".join(received.body for received in receiver.received)


def test_an_endpoint_hears_of_what_it_asked_for(alice, receiver) -> None:
    alice.post("/api/webhooks/endpoints/", {"url": receiver.url, "events": ["crm.customer.trashed"]})
    customer = new_customer(alice)
    alice.delete(f"{CUSTOMERS}{customer['id']}/", HTTP_IF_MATCH='"1"')
    run_queued()
    assert [json.loads(received.body)["type"] for received in receiver.received] == ["crm.customer.trashed"]


def test_a_write_that_is_refused_tells_nobody(alice, hook, receiver, in_tenant) -> None:
    assert alice.post(CUSTOMERS, {"nothing": 1}).status_code == 400
    with pytest.raises(ZeroDivisionError), in_tenant("alice"):
        from dott.platform.history.tracked import create_record
        from dott.platform.tenancy.context import current

        create_record(CustomerFactory.build(), actor=current())
        raise ZeroDivisionError
    run_queued()
    assert receiver.received == []


def test_nobody_hears_of_another_business(api_as, hook, receiver) -> None:
    new_customer(api_as("bob"))
    run_queued()
    assert receiver.received == []


def test_many_records_are_one_message(alice, hook, receiver, in_tenant) -> None:
    with in_tenant("alice"):
        CustomerFactory.create_batch(dispatch.MAX_NAMED + 5)
    count = dispatch.MAX_NAMED + 5
    body = {"action": "edit", "expected_count": count, "values": {"stage": "former"}}
    response = alice.post(f"{CUSTOMERS}bulk/", body)
    assert response.json()["changed"] == count, response.json()
    run_queued()
    (received,) = receiver.received
    data = json.loads(received.body)["data"]
    assert (data["count"], len(data["records"]), data["has_more"]) == (count, dispatch.MAX_NAMED, True)
    assert data["change_set"] == response.json()["change_set"]
    assert len(received.body) <= dispatch.MAX_BODY_BYTES
    rest = alice.get(f"/api/changes/{data['change_set']}/records/", {"limit": 200}).json()["results"]
    assert {record["id"] for record in data["records"]} < {record["record_id"] for record in rest}


def test_an_undo_is_told_as_what_it_did(alice, hook, receiver) -> None:
    response = alice.post(CUSTOMERS, {"business_name": "Kwik"})
    change_set = response["Dott-Change-Set"]
    assert alice.post(f"/api/changes/{change_set}/undo/", {"on_conflict": "refuse"}).status_code == 201
    run_queued()
    made, taken_back = (json.loads(received.body) for received in receiver.received)
    assert (made["type"], taken_back["type"]) == ("crm.customer.created", "crm.customer.deleted")
    assert taken_back["data"]["undoes"] == change_set


def test_a_dispatch_that_runs_twice_tells_once(alice, hook, receiver, in_tenant) -> None:
    new_customer(alice)
    with in_tenant("alice"):
        (change_set_id,) = Job.objects.filter(kind="webhooks.dispatch").values_list(
            "args__change_set_id", flat=True
        )
    run_queued()
    with in_tenant("alice"):
        soon(dispatch.KIND, change_set_id=change_set_id)
    run_queued()
    assert len(receiver.received) == 1
    with in_tenant("alice"):
        assert not Job.objects.filter(kind__startswith="webhooks.", state="succeeded").exists()


def test_failures_are_tried_again_by_the_schedule_and_given_up(alice, hook, receiver) -> None:
    receiver.answers = [status(500)] * (len(SCHEDULE) + 1)
    new_customer(alice)
    now = timezone.now()
    run_queued()
    for pause in SCHEDULE:
        (kept,) = log(alice)
        assert kept["state"] == "waiting"
        assert (kept["last_status"], kept["last_error"]) == (500, "status_refused")
        wait = _instant(kept["next_attempt_at"]) - _instant(kept["last_attempt_at"])
        assert pause * 0.8 <= wait <= pause * 1.2
        _make_due(alice, now)
    (kept,) = log(alice)
    assert (kept["state"], kept["tries"]) == ("failed", len(SCHEDULE) + 1)
    assert len({received.headers["webhook-id"] for received in receiver.received}) == 1
    assert len(receiver.received) == len(SCHEDULE) + 1


def _instant(text: str) -> Any:
    from django.utils.dateparse import parse_datetime

    return parse_datetime(text)


def _make_due(client, now) -> None:
    """The next attempt's time comes, and the clock with it."""
    from hashlib import sha256

    from django.conf import settings

    from dott.platform.tenancy import transactions

    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    with transactions.session(sha256(token.encode()).digest()):
        Delivery.objects.filter(state="waiting").update(next_attempt_at=now)
        Job.objects.filter(kind=deliver.KIND).update(run_after=now)
    queue_due()
    run_queued()


def test_replay_of_one_and_of_all_that_failed_since(alice, hook, receiver, in_tenant) -> None:
    new_customer(alice, "One")
    new_customer(alice, "Two")
    run_queued()
    with in_tenant("alice"):
        Delivery.objects.update(state="failed")
    first, second = (received.headers["webhook-id"] for received in receiver.received)
    one = next(kept for kept in log(alice) if kept["message_id"] == first)
    replayed = alice.post(f"/api/webhooks/deliveries/{one['id']}/replay/", {})
    assert (replayed.status_code, replayed.json()["state"]) == (200, "waiting")
    again = alice.post(f"/api/webhooks/deliveries/{one['id']}/replay/", {})
    assert (again.status_code, again.json()["code"]) == (409, "already_waiting")
    run_queued()
    assert receiver.received[-1].headers["webhook-id"] == first
    path = f"/api/webhooks/endpoints/{hook['id']}/replay-failed/"
    assert alice.post(path, {"since": (timezone.now() + timedelta(days=1)).isoformat()}).json() == {
        "count": 0
    }
    assert alice.post(path, {"since": "2020-01-01T00:00:00Z"}).json() == {"count": 1}
    run_queued()
    assert receiver.received[-1].headers["webhook-id"] == second
    assert {kept["state"] for kept in log(alice)} == {"delivered"}


def test_a_test_message(alice, hook, receiver) -> None:
    sent = alice.post(f"/api/webhooks/endpoints/{hook['id']}/send-test/", {})
    assert (sent.status_code, sent.json()["state"]) == (201, "waiting")
    run_queued()
    assert json.loads(receiver.received[0].body)["type"] == "webhooks.test"
    shown = alice.get(f"/api/webhooks/deliveries/{sent.json()['id']}/").json()
    assert [attempt["status"] for attempt in shown["attempts"]] == [204]
    assert shown["body"].encode() == receiver.received[0].body


def test_both_secrets_sign_while_one_replaces_the_other(alice, hook, receiver) -> None:
    new = alice.post(f"/api/webhooks/endpoints/{hook['id']}/rotate-secret/", {}).json()["secret"]
    new_customer(alice)
    run_queued()
    (received,) = receiver.received
    id_, at = received.headers["webhook-id"], int(received.headers["webhook-timestamp"])
    assert received.headers["webhook-signature"].split(" ") == [
        signing.signature(secret, id_, at, received.body) for secret in (new, hook["secret"])
    ]


def test_a_new_key_seals_secrets_anew_and_a_lost_one_sends_nothing(
    alice, hook, receiver, settings, in_tenant
) -> None:
    def sealed() -> str:
        with in_tenant("alice"):
            return EndpointSecret.objects.get().sealed

    settings.FACTOR_KEYS = ["new", *settings.FACTOR_KEYS]
    new_customer(alice)
    run_queued()
    assert len(receiver.received) == 1
    assert is_sealed_by_the_first(sealed())
    settings.FACTOR_KEYS = ["another"]
    new_customer(alice, "Unsigned")
    run_queued()
    assert len(receiver.received) == 1
    assert alice.get(f"/api/webhooks/endpoints/{hook['id']}/").json()["is_enabled"] is False
    assert sorted(kept["state"] for kept in log(alice)) == ["delivered", "failed"]


def test_an_endpoint_that_came_back_by_an_undo_needs_a_secret(alice, hook, receiver) -> None:
    path = f"/api/webhooks/endpoints/{hook['id']}/"
    deleted = alice.delete(path, HTTP_IF_MATCH='"1"')
    assert deleted.status_code == 204
    undone = alice.post(f"/api/changes/{deleted['Dott-Change-Set']}/undo/", {"on_conflict": "refuse"})
    assert undone.status_code == 201, undone.json()
    new_customer(alice)
    run_queued()
    assert receiver.received == []
    off, on = alice.get(path), {"is_enabled": True}
    assert off.json()["is_enabled"] is False
    refused = alice.patch(path, on, HTTP_IF_MATCH=off["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (409, "no_secret")
    assert alice.post(f"{path}rotate-secret/", {}).status_code == 200
    assert alice.patch(path, on, HTTP_IF_MATCH=off["ETag"]).status_code == 200


def test_a_write_costs_two_round_trips_more_where_somebody_listens(alice, hook) -> None:
    def cost() -> int:
        new_customer(alice)
        with counted_round_trips() as counted:
            new_customer(alice)
        return counted.total

    heard = cost()
    path = f"/api/webhooks/endpoints/{hook['id']}/"
    assert alice.patch(path, {"is_enabled": False}, HTTP_IF_MATCH='"1"').status_code == 200
    assert heard - cost() == 2


def test_gone_switches_off_and_admins_are_told(alice, hook, receiver) -> None:
    receiver.answers = [status(410)]
    new_customer(alice)
    run_queued()
    shown = alice.get(f"/api/webhooks/endpoints/{hook['id']}/").json()
    assert (shown["is_enabled"], shown["disabled_reason"]) == (False, "gone")
    assert sorted(message.to[0] for message in mail.outbox) == ["adam@example.com", "alice@example.com"]
    assert receiver.url in mail.outbox[0].body
    assert [kept["state"] for kept in log(alice)] == ["failed"]


def test_ten_failures_over_three_days_switch_off(alice, hook, receiver, in_tenant) -> None:
    receiver.answers = [status(503)] * 2
    with in_tenant("alice"):
        Endpoint.objects.update(failures=8, failing_since=timezone.now() - timedelta(days=4))
    new_customer(alice)
    run_queued()
    endpoint = alice.get(f"/api/webhooks/endpoints/{hook['id']}/").json()
    assert (endpoint["is_enabled"], endpoint["failures"]) == (True, 9)
    new_customer(alice, "Last")
    run_queued()
    endpoint = alice.get(f"/api/webhooks/endpoints/{hook['id']}/").json()
    assert (endpoint["is_enabled"], endpoint["disabled_reason"]) == (False, "failing")


def test_a_success_forgets_the_failures(alice, hook, receiver, in_tenant) -> None:
    with in_tenant("alice"):
        Endpoint.objects.update(failures=9, failing_since=timezone.now() - timedelta(days=4))
    new_customer(alice)
    run_queued()
    with in_tenant("alice"):
        assert Endpoint.objects.values_list("failures", "failing_since", "version").get() == (0, None, 1)


def test_an_answer_is_kept_without_its_body(alice, hook, receiver) -> None:
    receiver.answers = [status(302, Location="http://127.0.0.1:1/canary", Server="till/1")]
    new_customer(alice)
    run_queued()
    (kept,) = log(alice)
    assert (kept["last_status"], kept["last_error"]) == (302, "redirect_refused")
    shown = alice.get(f"/api/webhooks/deliveries/{kept['id']}/").json()
    assert shown["attempts"][0]["head"]["server"].startswith("BaseHTTP")
    assert "canary" not in json.dumps(shown["attempts"][0]["head"]).replace("/canary", "")
    assert len(receiver.received) == 1


def test_the_member_who_wrote_may_have_left(api_as, hook, receiver, world) -> None:
    from dott.platform.identity.memberships import all_memberships

    new_customer(api_as("mia"))
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    run_queued()
    assert len(receiver.received) == 1


def test_the_log_is_kept_for_thirty_days(alice, hook, receiver, in_tenant) -> None:
    new_customer(alice)
    run_queued()
    with in_tenant("alice"):
        Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert Job.objects.filter(kind="webhooks.purge").update(run_after=timezone.now()) == 1
    queue_due()
    run_queued()
    assert log(alice) == []


def test_a_message_in_somebodys_hand_is_not_taken_twice(alice, hook, receiver, in_tenant) -> None:
    new_customer(alice)
    with in_tenant("alice"):
        dispatch_job = Job.objects.get(kind=dispatch.KIND)
    from dott.platform.jobs import runner

    runner.run(dispatch_job.pk)
    with in_tenant("alice"):
        Delivery.objects.update(leased_until=timezone.now() + timedelta(seconds=50))
    run_queued()
    assert receiver.received == []
    with in_tenant("alice"):
        (job,) = Job.objects.filter(kind=deliver.KIND)
        assert (job.state, job.run_after > timezone.now()) == ("queued", True)
        assert Customer.objects.count() == 1
