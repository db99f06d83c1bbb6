"""My tasks: grouped by when they are due on the business's calendar."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.modules.crm import tasks
from dott.modules.crm.tests.factories import ActivityFactory, CustomerFactory
from dott.platform.identity.models import Tenant

URL = "/api/crm/activities/tasks/"
# Already the 3rd in Auckland, still the 2nd in New York.
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def make(in_tenant, **tasks_by_name):
    with in_tenant("alice"):
        customer = CustomerFactory()
        for name, values in tasks_by_name.items():
            ActivityFactory(subject=name, customer=customer, **values)


def groups(client, query=""):
    body = client.get(URL + query).json()
    return {group["name"]: [task["subject"] for task in group["results"]] for group in body["groups"]}


def test_tasks_are_grouped_by_when_they_are_due(alice, in_tenant):
    make(
        in_tenant,
        yesterday={"due_on": "2026-03-01"},
        past_hour={"due_at": datetime(2026, 3, 2, 11, tzinfo=UTC)},
        on_the_day={"due_on": "2026-03-02"},
        tonight={"due_at": datetime(2026, 3, 2, 20, tzinfo=UTC)},
        meeting={"kind": "meeting", "starts_at": datetime(2026, 3, 2, 15, tzinfo=UTC)},
        tomorrow={"due_on": "2026-03-03"},
        some_day={},
        written={"kind": "note"},
        finished={"status": "done", "due_on": "2026-03-01"},
        given_up={"status": "cancelled", "due_on": "2026-03-01"},
    )
    assert groups(alice) == {
        "overdue": ["yesterday", "past_hour"],
        "today": ["meeting", "tonight", "on_the_day"],
        "upcoming": ["tomorrow"],
        "no_date": ["some_day"],
    }


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize(
    ("zone", "today", "group"),
    [("Pacific/Auckland", "2026-03-03", "overdue"), ("America/New_York", "2026-03-02", "today")],
)
def test_the_day_is_the_business_s(alice, in_tenant, world, zone, today, group):
    Tenant.objects.filter(id=world.bakery).update(timezone=zone)
    make(in_tenant, task={"due_on": "2026-03-02"})
    assert alice.get(URL).json()["today"] == today
    assert groups(alice)[group] == ["task"]


def test_filters_narrow_it(alice, in_tenant, world):
    make(in_tenant, mine={"assignee_id": world["alice"].membership_id}, hers={}, call={"kind": "call"})
    assert groups(alice, "?assignee=me")["no_date"] == ["mine"]
    assert groups(alice, "?kind=call")["no_date"] == ["call"]
    assert alice.get(URL + "?assignee=nobody").status_code == 400
    assert alice.get(URL + "?limit=2").json()["code"] == "unknown_parameter"


def test_a_long_group_is_cut_and_counted(alice, in_tenant, monkeypatch):
    monkeypatch.setattr(tasks, "TASKS_PER_GROUP", 2)
    days = {"one": "2026-02-03", "two": "2026-02-01", "three": "2026-02-02"}
    make(in_tenant, **{name: {"due_on": day} for name, day in days.items()})
    body = alice.get(URL).json()["groups"][0]
    assert (body["count"], [task["subject"] for task in body["results"]]) == (3, ["two", "three"])


def test_it_costs_the_same_however_many_there_are(alice, in_tenant):
    costs = []
    for made in ({"one": {}}, {f"task{n}": {"due_on": "2026-03-02"} for n in range(5)}):
        make(in_tenant, **made)
        with CaptureQueriesContext(connection) as queries:
            alice.get(URL)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 6
