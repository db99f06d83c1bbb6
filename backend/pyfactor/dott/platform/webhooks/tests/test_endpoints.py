"""Setting webhooks up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dott.platform.history.models import Change
from dott.platform.webhooks.endpoints import MAX_ENDPOINTS, current_secrets
from dott.platform.webhooks.models import Delivery, Endpoint, EndpointSecret
from dott.platform.webhooks.tests.factories import DeliveryFactory, EndpointFactory

URL = "/api/webhooks/endpoints/"
NEW = {"url": "https://hooks.example/dott", "events": ["crm.customer.created"], "description": "Till"}


def created(client, **values):
    response = client.post(URL, NEW | values)
    assert response.status_code == 201, response.json()
    return response.json()


def test_a_secret_is_shown_once_and_kept_sealed(api_as, in_tenant) -> None:
    alice = api_as("alice")
    made = created(alice)
    assert made["secret"].startswith("whsec_")
    assert (made["url"], made["events"], made["is_enabled"], made["version"]) == (
        NEW["url"], NEW["events"], True, 1,
    )  # fmt: skip
    for path in (URL, f"{URL}{made['id']}/"):
        assert "secret" not in alice.get(path).content.decode()
    with in_tenant("alice"):
        endpoint = Endpoint.objects.get()
        assert current_secrets(endpoint) == [made["secret"]]
        assert made["secret"].removeprefix("whsec_") not in EndpointSecret.objects.get().sealed
        kept = list(Change.objects.filter(record_id=endpoint.pk).values_list("after", flat=True))
    assert len(kept) == 1
    assert "whsec" not in str(kept)


def test_the_answer_with_the_secret_is_not_kept_for_a_repeated_request(api_as, in_tenant) -> None:
    from dott.platform.api.models import IdempotencyKey

    response = api_as("alice").post(URL, NEW, HTTP_IDEMPOTENCY_KEY="once")
    assert response.status_code == 201
    with in_tenant("alice"):
        assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example/", "scheme_refused"),
        ("ftp://hooks.example/", "scheme_refused"),
        ("javascript:alert(1)", "scheme_refused"),
        ("https://user:pass@hooks.example/", "userinfo_refused"),
        ("https://hooks.example:22/", "port_refused"),
        ("https://hooks.example:99999/", "url_malformed"),
        ("https://0x7f.1/", "host_malformed"),
        ("https://2130706433/", "host_malformed"),
        ("https://hooks.example/#top", "url_malformed"),
        ("https://hooks.example\\@evil.example/", "url_malformed"),
        ("https://①②⑦.⓪.⓪.①/", "url_malformed"),
        ("https:///", "host_malformed"),
    ],
)
def test_an_address_that_would_not_be_called(api_as, url: str, code: str) -> None:
    response = api_as("alice").post(URL, NEW | {"url": url})
    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/url", code)]


@pytest.mark.parametrize("events", [[], ["crm.customer.exploded"], ["crm.savedview.created"], "*", [1]])
def test_events_that_there_are_not(api_as, events) -> None:
    response = api_as("alice").post(URL, NEW | {"events": events})
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"].startswith("/events")


def test_event_types_are_what_modules_offer(api_as) -> None:
    types = api_as("alice").get("/api/webhooks/event-types/").json()["results"]
    assert types[:5] == [
        f"crm.customer.{word}" for word in ("created", "updated", "trashed", "restored", "deleted")
    ]
    assert "crm.tag.trashed" not in types
    assert not [name for name in types if "savedview" in name or "notification" in name]


def test_no_business_has_more_than_ten(api_as, in_tenant) -> None:
    with in_tenant("alice"):
        EndpointFactory.create_batch(MAX_ENDPOINTS)
    response = api_as("alice").post(URL, NEW)
    assert (response.status_code, response.json()["code"]) == (409, "too_many_endpoints")
    with in_tenant("alice"):
        assert Endpoint.objects.count() == MAX_ENDPOINTS


def test_members_neither_see_nor_make_them(api_as) -> None:
    for name in ("mia", "vera"):
        assert api_as(name).get(URL).status_code == 403
        assert api_as(name).post(URL, NEW).status_code == 403
    assert created(api_as("adam"))["created_by"]


def test_a_new_secret_signs_beside_the_old_one_for_a_day(api_as, in_tenant) -> None:
    alice = api_as("alice")
    made = created(alice)
    new = alice.post(f"{URL}{made['id']}/rotate-secret/", {}).json()["secret"]
    with in_tenant("alice"):
        endpoint, now = Endpoint.objects.get(), timezone.now()
        assert current_secrets(endpoint) == [new, made["secret"]]
        assert current_secrets(endpoint, at=now + timedelta(hours=25)) == [new]


def test_a_secret_that_became_known_ends_at_once(api_as, in_tenant) -> None:
    alice = api_as("alice")
    made = created(alice)
    second = alice.post(f"{URL}{made['id']}/rotate-secret/", {}).json()["secret"]
    third = alice.post(f"{URL}{made['id']}/rotate-secret/", {"overlap_hours": 0}).json()["secret"]
    with in_tenant("alice"):
        assert current_secrets(Endpoint.objects.get()) == [third]
    assert len({made["secret"], second, third}) == 3


def test_switched_off_what_waits_has_failed(api_as, in_tenant) -> None:
    with in_tenant("alice"):
        endpoint = EndpointFactory.create()
        DeliveryFactory.create(endpoint=endpoint)
    response = api_as("alice").patch(f"{URL}{endpoint.pk}/", {"is_enabled": False}, HTTP_IF_MATCH='"1"')
    assert response.status_code == 200, response.json()
    with in_tenant("alice"):
        assert Delivery.objects.values_list("state", "last_error").get() == ("failed", "endpoint_disabled")


def test_nothing_is_sent_to_an_endpoint_that_is_off(api_as, in_tenant) -> None:
    with in_tenant("alice"):
        endpoint = EndpointFactory.create(is_enabled=False)
        delivery = DeliveryFactory.create(endpoint=endpoint, state="failed")
    alice, since = api_as("alice"), {"since": "2020-01-01T00:00:00Z"}
    for path, body in (
        (f"{URL}{endpoint.pk}/send-test/", {}),
        (f"{URL}{endpoint.pk}/replay-failed/", since),
        (f"/api/webhooks/deliveries/{delivery.pk}/replay/", {}),
    ):
        response = alice.post(path, body)
        assert (response.status_code, response.json()["code"]) == (409, "endpoint_disabled"), path
