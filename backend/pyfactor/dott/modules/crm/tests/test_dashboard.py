"""GET /api/crm/dashboard/: every figure is the count of the list whose address stands beside it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.models import Activity, Customer, Deal, Pipeline
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    CustomerFactory,
    DealFactory,
    LostReasonFactory,
    PipelineFactory,
    StageFactory,
)
from dott.platform.identity.models import Tenant

# What the tenant's own calendar decides is committed by another role than reads it.
pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

URL = "/api/crm/dashboard/"
# A Wednesday evening in Berlin, where the sun has set on UTC's Tuesday long ago.
NOW = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)


@pytest.fixture
def stages(in_tenant):
    """A default pipeline with two open stages, won and lost."""
    with in_tenant("alice"):
        pipeline = PipelineFactory(name="Sales", is_default=True)
        return {
            "first": StageFactory(pipeline=pipeline, name="First", probability=20, position=1),
            "second": StageFactory(pipeline=pipeline, name="Second", probability=50, position=2),
            "won": StageFactory(pipeline=pipeline, name="Won", category="won", probability=100, position=3),
            "lost": StageFactory(pipeline=pipeline, name="Lost", category="lost", probability=0, position=4),
            "reason": LostReasonFactory(),
        }


def _deal(stages, stage, amount=None, currency="", closed_at=None, **values):
    is_lost = stage == "lost"
    return DealFactory(
        stage=stages[stage],
        category=stages[stage].category,
        amount=amount,
        currency=currency,
        closed_at=closed_at,
        lost_reason=stages["reason"] if is_lost else None,
        **values,
    )


@time_machine.travel(NOW, tick=False)
def test_the_worth_of_stages_by_currency(stages, in_tenant, api_as):
    with in_tenant("alice"):
        customer = CustomerFactory()
        for amount, currency, probability in (
            ("100.50", "EUR", None), ("200", "EUR", 10), ("7", "JPY", None), (None, "", None),
        ):  # fmt: skip
            _deal(
                stages,
                "first",
                amount and Decimal(amount),
                currency,
                customer=customer,
                probability=probability,
            )
        _deal(stages, "first", Decimal(1), "EUR", customer=customer, deleted_at=NOW)
    (pipeline,) = api_as("vera").get(URL).json()["pipelines"]
    first, second = pipeline["stages"]
    assert (pipeline["name"], pipeline["is_default"]) == ("Sales", True)
    assert (first["name"], first["deals"], second["deals"]) == ("First", 4, 0)
    assert [
        {name: worth[name] for name in ("currency", "deals", "amount", "weighted")}
        for worth in first["worth"]
    ] == [
        {"currency": "EUR", "deals": 2, "amount": "300.5000", "weighted": "40.1000"},
        {"currency": "JPY", "deals": 1, "amount": "7.0000", "weighted": "1.4000"},
    ]
    assert second["worth"] == []


@pytest.mark.parametrize(
    ("zone", "week_start", "instant", "week", "month"),
    [
        # Half past eleven at night in UTC is tomorrow in Berlin, and today in Denver.
        ("Europe/Berlin", 1, "2026-02-28T23:30Z", "2026-02-23", "2026-03-01"),
        ("America/Denver", 1, "2026-02-28T23:30Z", "2026-02-23", "2026-02-01"),
        ("Europe/Berlin", 1, "2026-03-01T22:59Z", "2026-02-23", "2026-03-01"),
        ("Europe/Berlin", 1, "2026-03-01T23:00Z", "2026-03-02", "2026-03-01"),
        ("Europe/Berlin", 0, "2026-02-28T23:00Z", "2026-03-01", "2026-03-01"),
        ("Europe/Berlin", 6, "2026-02-28T22:59Z", "2026-02-28", "2026-02-01"),
    ],
)
def test_weeks_and_months_are_the_business_s(
    stages, in_tenant, api_as, zone, week_start, instant, week, month
):
    at = datetime.fromisoformat(instant)
    with time_machine.travel(NOW, tick=False):
        _set_calendar(zone, week_start)
        with in_tenant("alice"):
            customer = CustomerFactory(created_at=at)
            _deal(stages, "won", Decimal(5), "EUR", at, customer=customer)
        answer = api_as("alice").get(URL).json()
    assert [one["first_on"] for one in answer["weeks"] if one["customers"]] == [week]
    assert [one["first_on"] for one in answer["months"] if one["won"]["deals"]] == [month]
    assert len(answer["weeks"]) == len(answer["months"]) == 12


@time_machine.travel(NOW, tick=False)
def test_tasks_that_are_late_and_due_today(in_tenant, api_as, world):
    _set_calendar("Europe/Berlin", 1)
    with in_tenant("alice"):
        customer, mine = CustomerFactory(), world["alice"].membership_id
        today, yesterday = date(2026, 3, 4), date(2026, 3, 3)
        ActivityFactory(customer=customer, due_on=yesterday, assignee_id=mine)
        ActivityFactory(customer=customer, due_on=today, assignee_id=mine)
        ActivityFactory(customer=customer, due_on=today)
        ActivityFactory(customer=customer, due_at=NOW - timedelta(minutes=1))
        ActivityFactory(customer=customer, due_on=yesterday, status="done", completed_at=NOW)
        ActivityFactory(customer=customer, due_on=yesterday, kind="note")
        ActivityFactory(customer=customer, due_on=yesterday, deleted_at=NOW)
    answer = api_as("alice").get(URL).json()
    assert (answer["my_tasks"]["overdue"], answer["my_tasks"]["today"]) == (1, 1)
    assert (answer["all_tasks"]["overdue"], answer["all_tasks"]["today"]) == (2, 2)


def test_a_new_business_has_nothing(api_as):
    answer = api_as("bob").get(URL).json()
    assert (answer["has_customers"], answer["has_deals"], answer["pipelines"]) == (False, False, [])
    assert {week["customers"] for week in answer["weeks"]} == {0}


def test_nothing_of_another_business_is_counted(stages, in_tenant, api_as):
    before = api_as("bob").get(URL).json()
    with in_tenant("alice"):
        deal = _deal(stages, "first", Decimal(5), "EUR")
        ActivityFactory(customer=deal.customer, due_on=date(2020, 1, 1))
    assert api_as("bob").get(URL).json() == before


def test_the_number_of_queries_does_not_grow(stages, in_tenant, api_as):
    alice = api_as("alice")
    alice.get(URL)
    counts = []
    for more in (1, 20):
        with in_tenant("alice"):
            customer = CustomerFactory()
            for _ in range(more):
                _deal(stages, "first", Decimal(5), "EUR", customer=customer)
                StageFactory(pipeline=stages["first"].pipeline)
        with CaptureQueriesContext(connection) as queries:
            alice.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]


WHEN = st.datetimes(datetime(2025, 2, 20), datetime(2026, 3, 4, 22, 29)).map(  # noqa: DTZ001 - made aware here
    lambda instant: instant.replace(tzinfo=UTC)
)
DEAL = st.tuples(
    st.sampled_from(["first", "second", "won", "lost"]),
    st.one_of(st.none(), st.tuples(st.integers(0, 9_999), st.sampled_from(["EUR", "USD", "JPY"]))),
    WHEN,
    st.booleans(),
)
TASK = st.tuples(
    st.sampled_from(["task", "call", "note"]), st.one_of(st.none(), st.integers(-3, 3)), st.booleans()
)


@settings(max_examples=20)
@given(
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"]),
    week_start=st.integers(0, 6),
    customers=st.lists(st.tuples(WHEN, st.booleans()), max_size=6),
    deals=st.lists(DEAL, max_size=8),
    tasks=st.lists(TASK, max_size=6),
)
def test_every_figure_is_the_count_of_its_list(
    stages, in_tenant, api_as, world, zone, week_start, customers, deals, tasks
):
    with time_machine.travel(NOW, tick=False):
        _set_calendar(zone, week_start)
        with in_tenant("alice"):
            _fill(stages, world["alice"].membership_id, zone, customers, deals, tasks)
        alice = api_as("alice")
        answer = alice.get(URL).json()
        for figure, count in _figures(answer):
            counting = "&count=exact" if count is not None else ""
            listed = alice.get(figure["address"] + counting)
            assert listed.status_code == 200, (figure, listed.json())
            if count is not None:
                assert listed.json()["count"] == count, figure
            else:
                groups = {group["name"]: group["count"] for group in listed.json()["groups"]}
                assert (groups["overdue"], groups["today"]) == (figure["overdue"], figure["today"])
        _amounts_add_up(answer, alice)
        with in_tenant("alice"):
            for model in (Activity, Deal, Customer):
                model.objects.all().delete()


def _fill(stages, me, zone, customers, deals, tasks) -> None:
    for at, is_trashed in customers:
        CustomerFactory(created_at=at, deleted_at=NOW if is_trashed else None)
    customer = CustomerFactory(created_at=NOW)
    for stage, worth, at, is_trashed in deals:
        _deal(
            stages,
            stage,
            Decimal(worth[0]) if worth else None,
            worth[1] if worth else "",
            at if stage in ("won", "lost") else None,
            customer=customer,
            deleted_at=NOW if is_trashed else None,
        )
    today = NOW.astimezone(ZoneInfo(zone)).date()
    for kind, days, is_mine in tasks:
        due = None if days is None else today + timedelta(days=days)
        ActivityFactory(kind=kind, customer=customer, due_on=due, assignee_id=me if is_mine else None)


def _figures(answer):
    """(what has an address, the count beside it; None for tasks, which are counted by group)."""
    stages = [stage for pipeline in answer["pipelines"] for stage in pipeline["stages"]]
    closed = [month[outcome] for month in answer["months"] for outcome in ("won", "lost")]
    for one in (*stages, *closed):
        yield one, one["deals"]
        yield from ((worth, worth["deals"]) for worth in one["worth"])
    yield from ((week, week["customers"]) for week in answer["weeks"])
    yield answer["my_tasks"], None
    yield answer["all_tasks"], None


def _amounts_add_up(answer, alice) -> None:
    """The sums are those of the listed deals."""
    for pipeline in answer["pipelines"]:
        for stage in pipeline["stages"]:
            for worth in stage["worth"]:
                listed = alice.get(worth["address"]).json()["results"]
                assert sum(Decimal(deal["amount"]) for deal in listed) == Decimal(worth["amount"])


def _set_calendar(zone: str, week_start: int) -> None:
    Tenant.objects.filter(slug="bakery").update(timezone=zone, week_start=week_start)


def test_an_archived_pipeline_is_left_out(in_tenant, api_as):
    with in_tenant("alice"):
        StageFactory(pipeline=PipelineFactory(is_archived=True))
        assert Pipeline.objects.count() == 1
    assert api_as("alice").get(URL).json()["pipelines"] == []
