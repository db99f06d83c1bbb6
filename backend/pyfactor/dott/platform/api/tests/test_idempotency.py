"""Idempotency-Key: however often and however fast it is sent, it is done once and answered alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.platform.api.errors import Conflict
from dott.platform.api.idempotency import Claim
from dott.platform.api.models import IdempotencyKey

URL = "/api/crm/customers/"
BODY = {"business_name": "Once"}


def post(client, key: str = "k-1", body=None, url: str = URL):
    return client.post(url, BODY if body is None else body, HTTP_IDEMPOTENCY_KEY=key)


def count(in_tenant, name: str = "alice") -> int:
    with in_tenant(name):
        return Customer.objects.count()


@pytest.mark.parametrize("again", ["k-1", '"k-1"'])
def test_a_repeated_request_is_answered_with_the_first_answer(api_as, in_tenant, again: str) -> None:
    first = post(api_as("alice"))
    second = post(api_as("alice"), again)
    assert (second.status_code, second.content) == (201, first.content)
    assert (second["ETag"], second["Location"]) == (first["ETag"], first["Location"])
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert count(in_tenant) == 1


def test_the_order_of_keys_and_spacing_do_not_matter(api_as, in_tenant) -> None:
    client = api_as("alice")
    bodies = ['{"business_name": "A", "notes": "n"}', '{ "notes":"n","business_name":"A" }']
    answers = [
        client.generic("POST", URL, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k")
        for body in bodies
    ]
    assert answers[0].content == answers[1].content
    assert count(in_tenant) == 1


def test_another_body_is_refused(api_as, in_tenant) -> None:
    post(api_as("alice"))
    response = post(api_as("alice"), body={"business_name": "Twice"})
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert count(in_tenant) == 1


def test_keys_belong_to_one_member_and_one_address(api_as, in_tenant) -> None:
    first = post(api_as("alice")).json()
    assert post(api_as("mia")).json()["id"] != first["id"]
    assert post(api_as("bob")).json()["id"] != first["id"]
    restore = post(api_as("alice"), url=f"{URL}{first['id']}/restore/", body={})
    assert restore.json()["code"] == "not_in_trash"
    assert count(in_tenant) == 2


def test_a_refused_request_is_not_remembered(api_as, in_tenant) -> None:
    assert post(api_as("alice"), body={"email": "x"}).status_code == 400
    assert post(api_as("alice")).status_code == 201
    assert count(in_tenant) == 1


def test_after_a_day_the_key_is_free(api_as, in_tenant) -> None:
    first = post(api_as("alice")).json()
    post(api_as("alice"), "k-2")
    with in_tenant("alice"):
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert post(api_as("alice")).json()["id"] != first["id"]
    with in_tenant("alice"):
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["k-1"]


@pytest.mark.parametrize("key", ["", " ", '""', "x" * 65, "with space", "ключ", "tab\tx"])
def test_a_malformed_key_is_refused(api_as, in_tenant, key: str) -> None:
    response = post(api_as("alice"), key)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_idempotency_key")
    assert count(in_tenant) == 0


def test_an_answer_that_a_twin_kept_in_the_meantime_is_not_overwritten(in_tenant) -> None:
    """Two that both saw no answer, as two snapshots may: the second may not do its work."""
    with in_tenant("alice"):
        first, second = (Claim(URL, "k", BODY, QueryDict()) for _ in range(2))
        assert first.take() is None
        assert second.take() is None
        first.store(HttpResponse(b"{}", status=201))
        with pytest.raises(Conflict):
            second.store(HttpResponse(b"{}", status=201))


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_simultaneous_requests_make_one_record(api_as, in_tenant) -> None:
    """30 at once: one does it, the others are told to wait or get its answer; asked again, all agree."""

    def attempt(_):
        try:
            return post(api_as("alice"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(30)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    created = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in created}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in created) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "idempotency_in_flight"
    }
    assert count(in_tenant) == 1
    assert post(api_as("alice")).content == created[0].content
