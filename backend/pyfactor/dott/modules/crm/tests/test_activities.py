"""Activities over HTTP: writing, rules, completion, repetition, and what it does to the records around."""

from datetime import UTC, datetime

import pytest
import time_machine

from dott.modules.crm.models import Activity, Contact, Customer, Deal
from dott.modules.crm.tests.factories import ActivityFactory, ContactFactory, CustomerFactory, DealFactory
from dott.platform.history.models import Change, ChangeSet
from dott.platform.identity.models import Tenant

URL = "/api/crm/activities/"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def customer(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory(business_name="Old Mill")


@pytest.fixture
def task(in_tenant, customer):
    with in_tenant("alice"):
        return ActivityFactory(customer=customer, subject="Call back")


def address(activity, tail=""):
    return f"{URL}{activity.pk if isinstance(activity, Activity) else activity['id']}/{tail}"


def errors(response):
    return [(e["pointer"], e["code"]) for e in response.json()["errors"]]


# --- writing -----------------------------------------------------------------------------------------


def test_a_task_is_created_open_with_the_names_of_what_it_is_about(alice, customer, world):
    body = {
        "subject": "Send the offer",
        "customer": str(customer.pk),
        "assignee": str(world["mia"].membership_id),
        "due_on": "2026-03-02",
    }
    response = alice.post(URL, body)
    assert response.status_code == 201
    created = response.json()
    assert (created["kind"], created["status"], created["priority"]) == ("task", "open", "normal")
    assert (created["customer_name"], created["assignee_name"], created["contact_name"]) == (
        "Old Mill", "Mia", "",
    )  # fmt: skip
    assert created["completed_at"] is created["due_at"] is created["follows"] is None
    assert alice.get(address(created)).json() == created


def test_a_note_needs_no_subject_and_is_done_when_it_is_written(alice, customer, world):
    created = alice.post(URL, {"kind": "note", "body": "**Hi** <b>", "customer": str(customer.pk)}).json()
    assert (created["status"], created["body"]) == ("done", "**Hi** <b>")
    assert created["completed_by"] == str(world["alice"].membership_id)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"subject": ""}, ("/subject", "activity_has_a_subject")),
        ({"due_on": "2026-03-02", "due_at": "2026-03-02T10:00:00Z"}, ("/due_on", "activity_due_once")),
        ({"ends_at": "2026-03-02T10:00:00Z"}, ("/ends_at", "activity_ends_after_it_starts")),
        ({"customer": None}, ("/customer", "activity_is_about_something")),
        ({"recurrence": "FREQ=DAILY"}, ("/recurrence", "activity_recurrence_needs_due")),
        ({"due_on": "2026-03-02", "recurrence": "FREQ=SECONDLY"}, ("/recurrence", "invalid_recurrence")),
        ({"kind": "note", "status": "open"}, ("/status", "activity_note_is_done")),
        ({"due_at": "0001-01-01T00:00:00Z"}, ("/due_at", "day_out_of_range")),
        ({"remind_at": "9999-12-31T23:59:59Z"}, ("/remind_at", "day_out_of_range")),
        ({"body": "x" * 50_001}, ("/body", "max_length")),
        ({"kind": "party"}, ("/kind", "invalid_choice")),
        ({"completed_at": "2026-03-02T10:00:00Z"}, ("/completed_at", "read_only")),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name(alice, customer, in_tenant, values, expected):
    response = alice.post(URL, {"subject": "Call", "customer": str(customer.pk)} | values)
    assert response.status_code == 400
    assert expected in errors(response)
    with in_tenant("alice"):
        assert (Activity.objects.count(), ChangeSet.objects.count()) == (0, 0)


def test_a_change_is_kept_with_its_history(alice, task, in_tenant):
    response = alice.patch(address(task), {"priority": "high"}, headers={"If-Match": '"1"'})
    assert (response.status_code, response.json()["version"]) == (200, 2)
    with in_tenant("alice"):
        change = Change.objects.get()
    assert (change.entity, change.before, change.after) == (
        "crm.activity", {"priority": "normal"}, {"priority": "high"},
    )  # fmt: skip


def test_a_stale_change_is_refused(alice, task, in_tenant):
    alice.patch(address(task), {"priority": "high"}, headers={"If-Match": '"1"'})
    response = alice.patch(address(task), {"priority": "low"}, headers={"If-Match": '"1"'})
    assert response.status_code == 412
    with in_tenant("alice"):
        assert Activity.objects.get().priority == "high"


def test_trash_and_restore(alice, task):
    assert alice.delete(address(task), headers={"If-Match": '"1"'}).status_code == 204
    assert alice.get(URL).json()["results"] == []
    assert len(alice.get(f"{URL}?trashed=true").json()["results"]) == 1
    assert alice.post(address(task, "complete/")).json()["code"] == "in_trash"
    assert alice.post(address(task, "restore/")).json()["deleted_at"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=call", ["Call"]),
        ("kind__in=call,note", ["Call", "Note"]),
        ("status=open", ["Call", "Mine"]),
        ("assignee=me", ["Mine"]),
        ("priority=high", ["Call"]),
        ("q=min", ["Mine"]),
        ("due_on__lte=2026-03-01", ["Mine"]),
        ("due__lt=2026-03-02T00:00:00Z", ["Mine"]),
        ("is_pinned=true", ["Note"]),
    ],
)
def test_lists_are_narrowed(alice, world, customer, in_tenant, query, found):
    with in_tenant("alice"):
        ActivityFactory(subject="Call", kind="call", priority="high", customer=customer)
        ActivityFactory(subject="Note", kind="note", is_pinned=True, customer=customer)
        ActivityFactory(
            subject="Mine", assignee_id=world["alice"].membership_id, due_on="2026-03-01", customer=customer
        )
    rows = alice.get(f"{URL}?{query}").json()["results"]
    assert sorted(row["subject"] for row in rows) == found


def test_lists_are_ordered_by_due_time_with_the_undated_last(alice, customer, in_tenant):
    with in_tenant("alice"):
        ActivityFactory(subject="none", customer=customer)
        ActivityFactory(subject="day", due_on="2026-03-02", customer=customer)
        ActivityFactory(subject="noon", due_at=NOON, customer=customer)
    rows = alice.get(f"{URL}?ordering=due&customer={customer.pk}").json()["results"]
    assert [row["subject"] for row in rows] == ["noon", "day", "none"]


# --- completion and repetition -----------------------------------------------------------------------


def test_completing_says_who_and_when_and_can_be_taken_back(alice, task, world):
    with time_machine.travel(NOON, tick=False):
        done = alice.post(address(task, "complete/")).json()
    assert (done["status"], done["completed_at"]) == ("done", "2026-03-02T12:00:00Z")
    assert done["completed_by"] == str(world["alice"].membership_id)
    assert alice.post(address(task, "complete/")).json()["version"] == done["version"]
    open_again = alice.post(address(task, "reopen/")).json()
    assert (open_again["status"], open_again["completed_at"], open_again["completed_by"]) == (
        "open", None, None,
    )  # fmt: skip


def repeated(alice, customer, **values):
    body = {
        "subject": "Water",
        "customer": str(customer.pk),
        "due_on": "2026-03-02",
        "recurrence": "FREQ=DAILY",
    }
    return alice.post(URL, body | values).json()


@time_machine.travel(NOON, tick=False)
def test_a_repeated_task_makes_its_next_one_in_the_same_change_set(alice, customer, in_tenant):
    first = repeated(alice, customer, remind_at="2026-03-02T07:30:00Z", priority="high")
    alice.post(address(first, "complete/"))
    with in_tenant("alice"):
        following = Activity.objects.get(status="open")
        change_set = Change.objects.get(record_id=following.pk).change_set
        assert change_set.changes.count() == 2
        assert str(following.follows_id) == first["id"]
    assert (str(following.due_on), following.recurrence) == ("2026-03-03", "FREQ=DAILY")
    assert (following.remind_at, following.priority) == (datetime(2026, 3, 3, 7, 30, tzinfo=UTC), "high")


@time_machine.travel(NOON, tick=False)
def test_what_is_done_by_patch_comes_back_too_and_only_once(alice, customer, in_tenant):
    first = repeated(alice, customer)
    alice.patch(address(first), {"status": "done"}, headers={"If-Match": "*"})
    alice.patch(address(first), {"subject": "Watered"}, headers={"If-Match": "*"})
    with in_tenant("alice"):
        assert Activity.objects.count() == 2


@time_machine.travel(NOON, tick=False)
def test_reopening_takes_an_untouched_next_one_away(alice, customer, in_tenant):
    first = repeated(alice, customer)
    alice.post(address(first, "complete/"))
    alice.post(address(first, "reopen/"))
    with in_tenant("alice"):
        assert [str(activity.pk) for activity in Activity.objects.in_use()] == [first["id"]]
        change_set = Change.objects.get(operation="trash").change_set
        assert change_set.changes.count() == 2


@time_machine.travel(NOON, tick=False)
def test_reopening_leaves_a_next_one_that_was_changed(alice, customer, in_tenant):
    first = repeated(alice, customer)
    alice.post(address(first, "complete/"))
    with in_tenant("alice"):
        following = Activity.objects.get(status="open")
    alice.patch(address(following), {"subject": "Water twice"}, headers={"If-Match": "*"})
    alice.post(address(first, "reopen/"))
    with in_tenant("alice"):
        assert Activity.objects.in_use().count() == 2


@time_machine.travel(NOON, tick=False)
def test_the_last_time_is_the_last(alice, customer, in_tenant):
    first = repeated(alice, customer, recurrence="FREQ=DAILY;COUNT=1")
    assert alice.post(address(first, "complete/")).json()["status"] == "done"
    with in_tenant("alice"):
        assert Activity.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_repeated_instant_keeps_its_time_on_the_wall(alice, customer, in_tenant, world):
    Tenant.objects.filter(id=world.bakery).update(timezone="Europe/Berlin")
    with time_machine.travel(datetime(2026, 3, 28, 9, 0, tzinfo=UTC), tick=False):
        first = repeated(alice, customer, due_on=None, due_at="2026-03-28T08:00:00Z")
        alice.post(address(first, "complete/"))
    with in_tenant("alice"):
        # The clocks went forward in the night between.
        assert Activity.objects.get(status="open").due_at == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


# --- the records around ------------------------------------------------------------------------------


def times(model, record, in_tenant):
    with in_tenant("alice"):
        found = model.objects.get(pk=record.pk)
        return found.last_activity_at, found.next_activity_at, found.version


def test_activity_times_follow_without_a_new_version(alice, customer, in_tenant):
    with time_machine.travel(NOON, tick=False):
        planned = alice.post(
            URL, {"subject": "Call", "customer": str(customer.pk), "due_at": "2026-03-05T10:00:00Z"}
        ).json()
        assert times(Customer, customer, in_tenant) == (None, datetime(2026, 3, 5, 10, tzinfo=UTC), 1)
        alice.post(address(planned, "complete/"))
        assert times(Customer, customer, in_tenant) == (NOON, None, 1)
        alice.post(address(planned, "reopen/"))
        alice.delete(address(planned), headers={"If-Match": "*"})
        assert times(Customer, customer, in_tenant) == (None, None, 1)
        alice.post(address(planned, "restore/"))
    assert times(Customer, customer, in_tenant)[1] == datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_contacts_and_deals_have_them_and_a_deal_counts_for_its_customer(alice, in_tenant):
    with in_tenant("alice"):
        contact, deal = ContactFactory(), DealFactory()
    with time_machine.travel(NOON, tick=False):
        alice.post(URL, {"kind": "note", "body": "x", "contact": str(contact.pk), "deal": str(deal.pk)})
    assert times(Contact, contact, in_tenant)[0] == NOON
    assert times(Deal, deal, in_tenant)[0] == NOON
    assert times(Customer, deal.customer, in_tenant)[0] == NOON


def test_moving_an_activity_to_another_customer_changes_both(alice, customer, task, in_tenant):
    with in_tenant("alice"):
        other = CustomerFactory()
    alice.patch(address(task), {"due_on": "2026-03-02"}, headers={"If-Match": "*"})
    assert times(Customer, customer, in_tenant)[1] is not None
    alice.patch(address(task), {"customer": str(other.pk)}, headers={"If-Match": "*"})
    assert times(Customer, customer, in_tenant)[1] is None
    assert times(Customer, other, in_tenant)[1] is not None


def test_the_times_follow_an_undo(alice, customer, in_tenant):
    values = {"subject": "Call", "customer": str(customer.pk), "due_at": "2026-03-05T10:00:00Z"}
    alice.post(URL, values)
    with in_tenant("alice"):
        change_set = ChangeSet.objects.get()
    assert alice.post(f"/api/changes/{change_set.pk}/undo/").status_code == 201
    assert times(Customer, customer, in_tenant)[1] is None


def test_the_customer_of_another_business_is_as_unknown_as_any(alice, in_tenant):
    with in_tenant("bob"):
        foreign = CustomerFactory()
    response = alice.post(URL, {"subject": "Call", "customer": str(foreign.pk)})
    assert response.status_code == 400
    assert errors(response)[0][0] == "/customer"
    assert times_of_bob(in_tenant, foreign) == (None, None)


def times_of_bob(in_tenant, customer):
    with in_tenant("bob"):
        found = Customer.objects.get(pk=customer.pk)
        return found.last_activity_at, found.next_activity_at
