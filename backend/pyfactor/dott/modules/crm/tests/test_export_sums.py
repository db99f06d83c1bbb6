"""Of every exported file its rows are counted and its bytes summed while it leaves; what looks whole is on
record."""

import hashlib
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections
from django.db.models.signals import post_save

from dott.modules.crm.actions.exports import Csv
from dott.modules.crm.models import Export
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, DealFactory
from dott.platform.tenancy.transactions import MembershipRefused, SessionRefused

LISTS = {"customers": CustomerFactory, "contacts": ContactFactory, "deals": DealFactory}
URL = "/api/crm/exports/"


def whole(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_sum_is_that_of_the_bytes(api_as, in_tenant, name, kind):
    with in_tenant("alice"):
        LISTS[name].create_batch(3)
    alice, receipt = api_as("alice"), str(uuid4())
    response = alice.get(f"/api/crm/{name}/export/", {"file": kind, "receipt": receipt})
    content = b"".join(response.streaming_content)
    digest = hashlib.sha256(content).hexdigest()
    assert response["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
    (made,) = alice.get(URL, {"receipt": receipt}).json()["results"]
    assert (made["row_count"], made["size_bytes"], made["sha256"]) == (3, len(content), digest)
    assert (made["entity"], made["file"], made["created_by_name"]) == (name.removesuffix("s"), kind, "Alice")


def test_only_the_rows_of_the_view_are_counted(api_as, in_tenant):
    with in_tenant("alice"):
        CustomerFactory.create(business_name="Mill")
        CustomerFactory.create(business_name="two\nlines, one row")
        CustomerFactory.create(business_name="Forge", stage="lead")
    alice = api_as("alice")
    whole(alice.get("/api/crm/customers/export/", {"stage": "customer"}))
    (made,) = alice.get(URL).json()["results"]
    assert made["row_count"] == 2


def test_a_receipt_is_used_once(api_as, in_tenant):
    alice, receipt = api_as("alice"), str(uuid4())
    whole(alice.get("/api/crm/deals/export/", {"receipt": receipt}))
    again = alice.get("/api/crm/customers/export/", {"receipt": receipt})
    assert (again.status_code, again.json()["code"]) == (409, "export_receipt_is_unique")
    whole(api_as("bob").get("/api/crm/deals/export/", {"receipt": receipt}))
    with in_tenant("alice"):
        assert Export.objects.count() == 1


def test_of_two_at_once_with_one_receipt_one_breaks_off(api_as, in_tenant):
    alice, receipt = api_as("alice"), {"receipt": str(uuid4())}
    first, second = (alice.get("/api/crm/deals/export/", receipt) for _ in range(2))
    whole(first)
    with pytest.raises(IntegrityError):
        list(second.streaming_content)
    with in_tenant("alice"):
        assert Export.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nothing_leaves_for_whom_is_no_member_by_then(api_as, in_tenant, world):
    with in_tenant("alice"):
        CustomerFactory.create()
    response = api_as("mia").get("/api/crm/customers/export/")
    place = f"/api/tenants/current/members/{world['mia'].membership_id}/"
    assert api_as("alice").patch(place, {"role": "viewer"}).status_code == 200
    with pytest.raises(SessionRefused):
        list(response.streaming_content)


def test_nothing_leaves_for_whom_may_do_other_things_by_then(api_as):
    response = api_as("alice").get("/api/crm/customers/export/")
    response.wsgi_request.tenant_context = replace(response.wsgi_request.tenant_context, role="admin")
    with pytest.raises(MembershipRefused):
        list(response.streaming_content)


@pytest.mark.parametrize("rows", [0, 1, 300])
def test_the_answer_ends_when_the_record_is_made(api_as, in_tenant, rows):
    """And begins long before."""
    with in_tenant("alice"):
        CustomerFactory.create_batch(rows)
    recorded, made = [], []
    post_save.connect(lambda **_: recorded.append(1), sender=Export, weak=False, dispatch_uid="this test")
    try:
        blocks = api_as("alice").get("/api/crm/customers/export/").streaming_content
        made.extend(len(recorded) for _ in blocks)
    finally:
        post_save.disconnect(sender=Export, dispatch_uid="this test")
    assert made == [0] * len(made)
    assert len(made) == {0: 1, 1: 2, 300: 5}[rows]
    assert recorded == [1]


def test_a_client_that_reads_slowly_holds_no_transaction(api_as):
    """The mark by which the server knows; what it does then is tested with it (test_threads.py)."""
    assert api_as("alice").get("/api/crm/customers/export/").is_made_ahead


def test_a_list_may_take_longer_than_a_statement_of_a_request(in_tenant):
    with in_tenant("alice"):
        with connections["default"].cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '50ms'")
        csv = Csv(["slept"], "SELECT 1 FROM pg_sleep(0.2)", ())
        assert b"".join(csv.blocks()) == b"\xef\xbb\xbfslept\n1\n"
        assert csv.row_count == 1


def test_a_receipt_is_a_uuid(api_as):
    response = api_as("alice").get("/api/crm/deals/export/", {"receipt": "7"})
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "receipt")


def test_a_member_sees_her_own_and_an_owner_all(api_as):
    alice, mia, vera = api_as("alice"), api_as("mia"), api_as("vera")
    for person in (alice, mia):
        whole(person.get("/api/crm/customers/export/"))
    assert [one["created_by_name"] for one in mia.get(URL).json()["results"]] == ["Mia"]
    assert {one["created_by_name"] for one in alice.get(URL).json()["results"]} == {"Alice", "Mia"}
    assert vera.get(URL).status_code == 403
    assert api_as("bob").get(URL).json()["results"] == []
