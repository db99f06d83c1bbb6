"""Of every exported file its rows are counted and its bytes summed, for programs and for the page."""

import base64
import hashlib
from uuid import uuid4

import pytest

from dott.modules.crm.models import Export
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, DealFactory

LISTS = {"customers": CustomerFactory, "contacts": ContactFactory, "deals": DealFactory}
URL = "/api/crm/exports/"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_sum_is_that_of_the_bytes(api_as, in_tenant, name, kind):
    with in_tenant("alice"):
        LISTS[name].create_batch(3)
    alice, receipt = api_as("alice"), str(uuid4())
    response = alice.get(f"/api/crm/{name}/export/", {"file": kind, "receipt": receipt})
    content = b"".join(response.streaming_content)
    digest = hashlib.sha256(content)
    assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert (response["Row-Count"], response["Content-Length"]) == ("3", str(len(content)))
    assert response["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
    (made,) = alice.get(URL, {"receipt": receipt}).json()["results"]
    assert (made["row_count"], made["size_bytes"], made["sha256"]) == (3, len(content), digest.hexdigest())
    assert (made["entity"], made["file"], made["created_by_name"]) == (name.removesuffix("s"), kind, "Alice")


def test_only_the_rows_of_the_view_are_counted(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill")
        CustomerFactory.create(business_name="two\nlines, one row")
        CustomerFactory.create(business_name="Forge", stage="lead")
    response = api_as("alice").get("/api/crm/customers/export/", {"stage": "customer"})
    assert response["Row-Count"] == "2"


def test_a_receipt_is_used_once(api_as, in_tenant):
    alice, receipt = api_as("alice"), str(uuid4())
    assert alice.get("/api/crm/deals/export/", {"receipt": receipt}).status_code == 200
    assert alice.get("/api/crm/customers/export/", {"receipt": receipt}).status_code == 409
    assert api_as("bob").get("/api/crm/deals/export/", {"receipt": receipt}).status_code == 200
    with in_tenant("alice"):
        assert Export.objects.count() == 1


def test_a_receipt_is_a_uuid(api_as):
    response = api_as("alice").get("/api/crm/deals/export/", {"receipt": "7"})
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "receipt")


def test_a_member_sees_her_own_and_an_owner_all(api_as):
    alice, mia, vera = api_as("alice"), api_as("mia"), api_as("vera")
    for person in (alice, mia):
        assert person.get("/api/crm/customers/export/").status_code == 200
    assert [one["created_by_name"] for one in mia.get(URL).json()["results"]] == ["Mia"]
    assert {one["created_by_name"] for one in alice.get(URL).json()["results"]} == {"Alice", "Mia"}
    assert vera.get(URL).status_code == 403
    assert api_as("bob").get(URL).json()["results"] == []
