"""Demo data: loaded once, removed without a trace of itself, and good enough for our own rules."""

import pytest
from django.db.models import Count

from dott.modules.crm.actions.demo import demo_rows
from dott.modules.crm.api.customers import CustomerSerializer
from dott.modules.crm.models import (
    Activity,
    Contact,
    Customer,
    CustomerContact,
    Deal,
    DealStageEvent,
)
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    ContactFactory,
    ContactTagFactory,
    CustomerFactory,
)
from dott.platform.history.models import Change, ChangeSet

URL = "/api/crm/demo/"


def test_every_demo_customer_would_be_accepted_from_a_person(in_tenant):
    with in_tenant("alice"):
        for row in demo_rows():
            serializer = CustomerSerializer(data=row)
            assert serializer.is_valid(), (row, serializer.errors)
            assert serializer.validated_data["phone"] == row["phone"]


def test_demo_data_is_varied():
    rows = demo_rows()
    assert len({row["external_id"] for row in rows}) == len(rows) == 40
    assert len({row["billing_country"] for row in rows}) >= 20
    assert {row["stage"] for row in rows} == {"lead", "prospect", "customer", "former", "partner"}
    assert {row["kind"] for row in rows} == {"business", "person"}


def test_notes_and_flags_of_a_demo_customer_agree():
    said = {"do_not_email": "no more e-mail", "is_tax_exempt": "Tax exempt"}
    for row in demo_rows():
        assert {flag: row[flag] for flag in said} == {
            flag: words in row["notes"] for flag, words in said.items()
        }, row["external_id"]
    assert sum(row["do_not_email"] for row in demo_rows()) == 1


def test_loading_and_removing(api_as, in_tenant, world):
    alice = api_as("alice")
    with in_tenant("alice"):
        own = CustomerFactory(business_name="Own")
    assert alice.get(URL).json() == {"customers": 0}
    loaded = alice.post(URL)
    assert (loaded.status_code, loaded.json()) == (201, {"customers": 40})
    assert alice.get(URL).json() == {"customers": 40}
    with in_tenant("alice"):
        assert Customer.objects.count() == 41
        assert list(Customer.objects.order_by("number").values_list("number", flat=True)) == list(
            range(1, 42)
        )
        assert Customer.objects.filter(owner_id=world["alice"].membership_id).count() == 14
        assert Customer.objects.search("koln").get().display_name == "Kölner Kaffeerösterei"
        change_set = ChangeSet.objects.get(reason="Demo data")
        assert change_set.kind == "system"
        made = change_set.changes.filter(operation="create")
        assert (made.filter(entity="crm.customer").count(), made.filter(entity="crm.deal").count()) == (
            40,
            24,
        )
        deals = Deal.objects.all()
        assert set(deals.values_list("currency", flat=True)) == {"EUR", "USD"}
        assert set(deals.values_list("category", flat=True)) == {"open", "won", "lost"}
        assert DealStageEvent.objects.count() == 24

    again = alice.post(URL)
    assert (again.status_code, again.json()["code"]) == (409, "demo_data_loaded")

    # Changed and trashed ones go too.
    some = alice.get("/api/crm/customers/?q=koln").json()["results"][0]
    alice.delete(f"/api/crm/customers/{some['id']}/", headers={"If-Match": '"1"'})
    assert alice.delete(URL).status_code == 204
    with in_tenant("alice"):
        assert Customer.objects.get() == own
        assert (Deal.objects.count(), DealStageEvent.objects.count()) == (0, 0)
        gone = Change.objects.filter(operation="delete")
        assert gone.filter(entity="crm.customer").count() == 40
        assert gone.filter(entity="crm.deal").count() == 24
    assert alice.delete(URL).status_code == 204
    assert alice.post(URL).status_code == 201


def test_something_is_late_for_today_and_done_and_all_of_it_goes(api_as, in_tenant):
    alice = api_as("alice")
    alice.post(URL)
    groups = alice.get("/api/crm/activities/tasks/?assignee=me").json()["groups"]
    assert all(group["count"] > 0 for group in groups)
    with in_tenant("alice"):
        kinds = dict(Activity.objects.values_list("kind").annotate(Count("id")))
        assert kinds == {"task": 14, "call": 20, "note": 10}
        assert Customer.objects.filter(last_activity_at__isnull=False).count() == 20
        assert Change.objects.filter(operation="create", entity="crm.activity").count() == 44
    gone = alice.delete(URL)
    assert gone.status_code == 204, gone.content
    with in_tenant("alice"):
        assert Activity.objects.count() == 0
        assert Change.objects.filter(operation="delete", entity="crm.activity").count() == 44


def test_somebody_stands_for_the_businesses_and_goes_with_them(api_as, in_tenant):
    alice = api_as("alice")
    with in_tenant("alice"):
        own = ContactFactory()
    alice.post(URL)
    with in_tenant("alice"):
        people = Contact.objects.exclude(pk=own.pk)
        assert people.count() == CustomerContact.objects.filter(is_primary=True).count() == 12
        demo = ChangeSet.objects.get(reason="Demo data")
        assert demo.changes.filter(entity="crm.contact", operation="create").count() == 12
        # Tagged and called: the one stays, what is only the demo's goes.
        tagged, called = people.order_by("external_id")[:2]
        ContactTagFactory(contact=tagged)
        ActivityFactory(contact=called, customer=None)
    assert alice.delete(URL).status_code == 204
    with in_tenant("alice"):
        assert set(Contact.objects.all()) == {own, called}
        assert Change.objects.filter(entity="crm.contact", operation="delete").count() == 11
        assert Change.objects.filter(entity="crm.customercontact", operation="delete").count() == 12
    assert alice.post(URL).status_code == 201
    with in_tenant("alice"):
        assert Contact.objects.count() == 13


@pytest.mark.parametrize(
    ("name", "allowed"), [("alice", True), ("adam", True), ("mia", False), ("vera", False)]
)
def test_only_owner_and_admin_load_and_remove(api_as, in_tenant, name, allowed):
    client = api_as(name)
    assert client.get(URL).status_code == 200
    assert client.post(URL).status_code == (201 if allowed else 403)
    assert client.delete(URL).status_code == (204 if allowed else 403)
    with in_tenant("alice"):
        assert Customer.objects.count() == 0


def test_another_business_is_not_touched(api_as, in_tenant):
    api_as("bob").post(URL)
    assert api_as("alice").get(URL).json() == {"customers": 0}
    api_as("alice").delete(URL)
    with in_tenant("bob"):
        assert Customer.objects.count() == 40
