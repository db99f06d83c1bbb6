"""Writes as a client sees them. Customers stand for every resource."""

import json
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from dott.modules.crm.models import Customer
from dott.platform.api.serializers import StrictModelSerializer

URL = "/api/crm/customers/"


@pytest.fixture
def client(api_as):
    return api_as("alice")


@pytest.fixture
def customer(client) -> dict:
    return client.post(URL, {"business_name": "Köln & Söhne", "source": "fair", "do_not_call": True}).json()


def address(customer: dict) -> str:
    return f"{URL}{customer['id']}/"


def errors_of(response) -> set[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return {(error["pointer"], error["code"]) for error in response.json()["errors"]}


def test_a_new_record_says_where_it_is_and_which_version(client) -> None:
    response = client.post(URL, {"business_name": "A"})
    assert response.status_code == 201
    assert response["ETag"] == '"1"'
    assert client.get(response["Location"]).json() == response.json()


def test_unknown_and_read_only_fields_are_refused_together_with_the_rest(client) -> None:
    body = {"business_name": "A", "email": "x", "tenant_id": str(uuid4()), "version": 7, "rôle": "owner"}
    assert errors_of(client.post(URL, body)) == {
        ("/email", "invalid"),
        ("/tenant_id", "unknown_field"),
        ("/version", "read_only"),
        ("/rôle", "unknown_field"),
    }


@pytest.mark.parametrize("body", [[], "text", 1, None, [{"business_name": "A"}]])
def test_a_body_that_is_no_object_is_refused(client, body) -> None:
    response = client.generic("POST", URL, json.dumps(body), content_type="application/json")
    assert errors_of(response) <= {("", "invalid"), ("", "null"), ("", "required")}


@pytest.mark.parametrize("owner", ["x", 1, [], {}, str(uuid4())])
def test_a_reference_that_cannot_be_is_refused(client, owner) -> None:
    (error,) = client.post(URL, {"business_name": "A", "owner": owner}).json()["errors"]
    assert error["pointer"] == "/owner"
    assert str(owner) not in error["detail"] or owner in (1, "x")


def test_patch_changes_what_is_sent_and_put_replaces_the_rest(client, customer) -> None:
    patched = client.patch(address(customer), {"industry": "Bells"}, HTTP_IF_MATCH='"1"')
    assert patched["ETag"] == '"2"'
    assert patched.json()["source"] == "fair"
    replaced = client.put(address(customer), {"business_name": "New"}, HTTP_IF_MATCH='"2"').json()
    fresh = client.post(URL, {"business_name": "New"}).json()
    kept = {"id", "account_number", "created_at", "updated_at", "version"}
    assert {k: v for k, v in replaced.items() if k not in kept} == {
        k: v for k, v in fresh.items() if k not in kept
    }
    assert replaced["version"] == 3


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_change_must_say_which_version_it_changes(client, customer, method: str) -> None:
    response = getattr(client, method)(address(customer), {"business_name": "B"})
    assert (response.status_code, response.json()["code"]) == (428, "if_match_required")
    assert client.get(address(customer)).json() == customer


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("tag", ['"2"', 'W/"1"', '"0"', '"x", "y"', '""'])
def test_a_change_of_another_version_is_refused(client, customer, method: str, tag: str) -> None:
    response = getattr(client, method)(address(customer), {"business_name": "B"}, HTTP_IF_MATCH=tag)
    assert (response.status_code, response.json()["code"]) == (412, "stale_version")
    assert response.json()["current_version"] == 1
    assert client.get(address(customer)).json() == customer


@pytest.mark.parametrize("tag", ["1", "'1'", '"1" "2"', '"1', "", '"1";'])
def test_an_etag_that_is_none_is_malformed(client, customer, tag: str) -> None:
    response = client.patch(address(customer), {"notes": "n"}, HTTP_IF_MATCH=tag)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_etag")


@pytest.mark.parametrize("tag", ['"1"', "*", '"7", "1"'])
def test_the_current_version_is_changed(client, customer, tag: str) -> None:
    response = client.patch(address(customer), {"notes": "n"}, HTTP_IF_MATCH=tag)
    assert (response.status_code, response["ETag"]) == (200, '"2"')


@pytest.mark.parametrize(
    ("tag", "status"), [('"1"', 304), ('W/"1"', 304), ("*", 304), ('"2"', 200), ('"0", "1"', 304)]
)
def test_what_the_client_has_is_not_sent_again(client, customer, tag: str, status: int) -> None:
    response = client.get(address(customer), HTTP_IF_NONE_MATCH=tag)
    assert (response.status_code, response["ETag"]) == (status, '"1"')
    assert bool(response.content) == (status == 200)


def test_trash_and_restore(client, customer) -> None:
    assert client.delete(address(customer), HTTP_IF_MATCH='"1"').status_code == 204
    assert client.get(URL).json()["results"] == []
    (trashed,) = client.get(f"{URL}?trashed=true").json()["results"]
    assert trashed["id"] == customer["id"]
    assert client.get(address(customer)).json()["deleted_at"]
    for method in ("put", "patch", "delete"):
        response = getattr(client, method)(address(customer), {"business_name": "B"}, HTTP_IF_MATCH="*")
        assert (response.status_code, response.json()["code"]) == (409, "in_trash")
    stale = client.post(f"{address(customer)}restore/", HTTP_IF_MATCH='"1"')
    assert stale.status_code == 412
    restored = client.post(f"{address(customer)}restore/")
    assert (restored.status_code, restored.json()["deleted_at"]) == (200, None)
    again = client.post(f"{address(customer)}restore/")
    assert (again.status_code, again.json()["code"]) == (409, "not_in_trash")
    assert [row["id"] for row in client.get(URL).json()["results"]] == [customer["id"]]


def test_sparse_answers_do_not_make_sparse_input(client) -> None:
    response = client.post(f"{URL}?fields=id,version", {"business_name": "A", "notes": "kept"})
    assert set(response.json()) == {"id", "version"}
    assert client.get(response["Location"]).json()["notes"] == "kept"


def test_a_query_on_a_write_is_read_strictly_too(client, customer) -> None:
    assert client.patch(f"{address(customer)}?stage=lead", {}, HTTP_IF_MATCH="*").status_code == 400
    assert client.delete(f"{address(customer)}?fields=id", HTTP_IF_MATCH="*").status_code == 400


@pytest.mark.parametrize("fields", ["__all__", None])
def test_a_serializer_must_name_its_fields(fields) -> None:
    with pytest.raises(ImproperlyConfigured):
        type(
            "Careless",
            (StrictModelSerializer,),
            {"Meta": type("Meta", (), {"model": Customer, "fields": fields})},
        )
