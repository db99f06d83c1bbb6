"""Moves of several cards of the board at once: all of them or none, in their order, as one change."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.actions.ranks import spread
from dott.modules.crm.api.deal_serializers import MAX_MOVED
from dott.modules.crm.models import Deal, DealStageEvent, LostReason, Stage
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, DealFactory
from dott.platform.history.models import Change, ChangeSet
from dott.platform.tenancy.router import MIGRATOR

URL = "/api/crm/deals/"
MOVE = f"{URL}move/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


def make(in_tenant, stage, *names: str, who="alice", **values) -> dict[str, Deal]:
    """Deals in the order of their names, from the top."""
    with in_tenant(who):
        customer = CustomerFactory()
        return {
            name: DealFactory(name=name, stage=stage, customer=customer, rank=rank, **values)
            for name, rank in zip(names, spread(len(names)), strict=True)
        }


def move(client, deals, stage, **body):
    """Deals are moved in the order given. body: records by name, or values."""
    told = {name: str(value.pk) if hasattr(value, "pk") else value for name, value in body.items()}
    return client.post(MOVE, {"ids": [str(deal.pk) for deal in deals], "stage": str(stage.pk), **told})


def cards(client, stage) -> list[str]:
    page = client.get(URL, {"stage": str(stage.pk), "ordering": "rank", "limit": 200}).json()
    return [deal["name"] for deal in page["results"]]


def told(response) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


@pytest.fixture
def nothing_moved(in_tenant):
    """Afterwards: everything is as it was, and history knows of nothing."""
    before: dict = {}

    def look() -> tuple:
        with in_tenant("alice"):
            deals = list(Deal.objects.order_by("id").values("id", "stage", "rank", "version", "closed_at"))
            return deals, ChangeSet.objects.count(), DealStageEvent.objects.count()

    def begin() -> None:
        before["seen"] = look()

    yield begin
    assert look() == before["seen"]


# --- where they lie ----------------------------------------------------------------------------------


def test_they_lie_at_the_place_in_the_order_given(alice, stages, in_tenant):
    new, proposal = stages["New"], stages["Proposal"]
    deals = make(in_tenant, new, "a", "b", "c", "d")
    there = make(in_tenant, proposal, "x", "y")
    response = move(
        alice, [deals["d"], deals["a"], deals["c"]], proposal, after=there["x"], before=there["y"]
    )
    assert response.status_code == 200, response.json()
    assert (cards(alice, new), cards(alice, proposal)) == (["b"], ["x", "d", "a", "c", "y"])
    assert (response.json()["changed"], response.json()["unchanged"]) == (3, 0)
    move(alice, [deals["c"], there["y"]], proposal)
    assert cards(alice, proposal) == ["c", "y", "x", "d", "a"]


def test_some_may_be_in_the_column_already(alice, stages, in_tenant):
    new, proposal = stages["New"], stages["Proposal"]
    deals = make(in_tenant, new, "a", "b", "c")
    there = make(in_tenant, proposal, "x", "y", "z")
    assert move(alice, [deals["b"], there["x"]], proposal, after=there["y"]).status_code == 200
    assert cards(alice, proposal) == ["y", "b", "x", "z"]
    with in_tenant("alice"):
        # One has been there all the time.
        assert list(DealStageEvent.objects.values_list("deal__name", flat=True)) == ["b"]
        assert Deal.objects.get(name="x").stage_entered_at == there["x"].stage_entered_at


def test_the_versions_of_the_next_move_are_told(alice, stages, in_tenant):
    deals = make(in_tenant, stages["New"], "a", "b")
    first = move(alice, deals.values(), stages["Proposal"], versions=[1, 1]).json()
    assert first["deals"] == [{"id": str(deal.pk), "version": 2} for deal in deals.values()]
    again = move(alice, deals.values(), stages["New"], versions=[one["version"] for one in first["deals"]])
    assert again.status_code == 200


def test_a_column_without_room_is_spread(alice, stages, in_tenant):
    new, proposal = stages["New"], stages["Proposal"]
    deals = make(in_tenant, new, "a", "b", "c")
    there = make(in_tenant, proposal, "x", "y")
    with in_tenant("alice"):
        Deal.objects.filter(stage=proposal).update(rank="")
    last, first = sorted(there.values(), key=lambda deal: deal.pk, reverse=True)
    assert move(alice, deals.values(), proposal, after=first).status_code == 200
    assert cards(alice, proposal) == [first.name, "a", "b", "c", last.name]


def test_a_neighbour_that_is_gone_is_said(alice, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b", "c")
    nothing_moved()
    response = move(alice, [deals["a"], deals["b"]], stages["Proposal"], after=deals["c"])
    assert (response.status_code, response.json()["code"]) == (409, "neighbour_gone")


# --- what a stage brings along -----------------------------------------------------------------------


def test_a_reason_is_given_once_for_all_that_enter(alice, stages, in_tenant):
    lost = stages["Lost"]
    with in_tenant("alice"):
        price, timing = LostReason.objects.order_by("position")[:2]
    deals = make(in_tenant, stages["New"], "a", "b", probability=40)
    old = {"category": "lost", "closed_at": "2026-01-01T00:00Z", "lost_reason": timing, "lost_note": "Late"}
    (before,) = make(in_tenant, lost, "x", **old).values()
    response = move(
        alice,
        [*deals.values(), before],
        lost,
        lost_reason=price,
        lost_note="Too dear",
        closed_at="2026-02-03T12:00:00Z",
    )
    assert response.status_code == 200, response.json()
    with in_tenant("alice"):
        found = {deal.name: deal for deal in Deal.objects.select_related("lost_reason")}
        for name in ("a", "b"):
            deal = found[name]
            assert (deal.category, deal.lost_reason, deal.lost_note) == ("lost", price, "Too dear")
            assert (deal.closed_at.isoformat(), deal.probability) == ("2026-02-03T12:00:00+00:00", None)
        # It was lost before, and for another reason.
        assert (found["x"].lost_reason, found["x"].lost_note) == (timing, "Late")
        assert found["x"].closed_at.isoformat() == "2026-01-01T00:00:00+00:00"


def test_lost_without_a_reason_moves_none(alice, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b")
    nothing_moved()
    response = move(alice, deals.values(), stages["Lost"])
    assert (response.status_code, told(response)) == (400, [("/lost_reason", "lost_needs_a_reason")])


def test_within_lost_no_reason_is_asked(alice, stages, in_tenant):
    with in_tenant("alice"):
        reason = LostReason.objects.first()
    values = {"category": "lost", "closed_at": "2026-01-01T00:00Z", "lost_reason": reason}
    deals = make(in_tenant, stages["Lost"], "a", "b", "c", **values)
    assert move(alice, [deals["b"], deals["c"]], stages["Lost"]).status_code == 200
    assert cards(alice, stages["Lost"]) == ["b", "c", "a"]


def test_an_archived_stage_takes_none(alice, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b")
    with in_tenant("alice"):
        Stage.objects.filter(pk=stages["Proposal"].pk).update(is_archived=True)
    nothing_moved()
    assert told(move(alice, deals.values(), stages["Proposal"])) == [("/stage", "stage_is_archived")]


# --- one change --------------------------------------------------------------------------------------


def test_all_are_one_change_and_one_undo_takes_all_back(alice, stages, in_tenant):
    new, won = stages["New"], stages["Won"]
    deals = make(in_tenant, new, "a", "b", "c", "d", probability=40)
    with in_tenant("alice"):
        before = {deal["id"]: deal for deal in Deal.objects.values()}
    response = move(alice, [deals["a"], deals["c"], deals["d"]], won)
    change_set = response.json()["change_set"]
    assert response["Dott-Change-Set"] == change_set
    with in_tenant("alice"):
        changes = {change.record_id: change for change in Change.objects.filter(change_set=change_set)}
        assert set(changes) == {deals[name].pk for name in "acd"}
        for change in changes.values():
            assert change.operation == "update"
            assert {"stage", "category", "closed_at", "stage_entered_at"} <= change.after.keys()
    undo = alice.post(f"/api/changes/{change_set}/undo/")
    assert undo.status_code == 201, undo.json()
    assert (cards(alice, new), cards(alice, won)) == (["a", "b", "c", "d"], [])
    with in_tenant("alice"):
        for deal in Deal.objects.values():
            differs = {name for name in deal if deal[name] != before[deal["id"]][name]}
            assert differs <= {"version", "updated_at", "updated_by_id"}
    visits = alice.get(f"{URL}{deals['a'].pk}/stages/").json()["results"]
    assert [visit["stage_name"] for visit in visits] == ["Won", "New"]


def test_a_repeat_with_the_same_key_moves_nothing_again(alice, stages, in_tenant):
    deals = make(in_tenant, stages["New"], "a", "b")
    body = {"ids": [str(deal.pk) for deal in deals.values()], "stage": str(stages["Proposal"].pk)}
    first, again = (alice.post(MOVE, body, headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert first.json() == again.json()
    with in_tenant("alice"):
        assert set(Deal.objects.values_list("version", flat=True)) == {2}


@pytest.mark.parametrize("source", ["New", "Lost"])
def test_many_cost_the_same_statements_as_two(alice, stages, in_tenant, source):
    with in_tenant("alice"):
        reason = LostReason.objects.first()
    lost = {"category": "lost", "closed_at": "2026-01-01T00:00Z", "lost_reason": reason}
    costs = []
    for count in (2, MAX_MOVED):
        names = [f"{n:03d}" for n in range(count)]
        deals = make(in_tenant, stages[source], *names, **(lost if source == "Lost" else {}))
        with CaptureQueriesContext(connection) as queries:
            assert move(alice, deals.values(), stages["Proposal"]).status_code == 200
        costs.append(len(queries))
        assert cards(alice, stages["Proposal"])[:count] == list(deals)
    assert costs[0] == costs[1], costs


# --- refusals ----------------------------------------------------------------------------------------


def test_one_that_was_changed_since_keeps_all_where_they_are(alice, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b", "c")
    nothing_moved()
    response = move(alice, deals.values(), stages["Won"], versions=[1, 7, 1])
    assert (response.status_code, response.json()["code"]) == (412, "stale_version")
    assert response.json()["refused"] == 1
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["record"]) == ("/versions/1", str(deals["b"].pk))


def test_one_in_the_trash_keeps_all_where_they_are(alice, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b")
    with in_tenant("alice"):
        Deal.objects.filter(name="b").update(deleted_at="2026-01-01T00:00Z")
    nothing_moved()
    response = move(alice, deals.values(), stages["Proposal"])
    assert (response.status_code, response.json()["code"]) == (409, "in_trash")
    assert [error["record"] for error in response.json()["errors"]] == [str(deals["b"].pk)]


def test_another_business_s_deal_is_refused_like_one_that_nobody_has(
    alice, api_as, stages, in_tenant, nothing_moved
):
    api_as("bob").get("/api/crm/pipelines/")
    with in_tenant("bob"):
        theirs = DealFactory(name="theirs", stage=Stage.objects.first())
    deals = make(in_tenant, stages["New"], "a")
    nothing_moved()
    answers = []
    for foreign in (theirs.pk, uuid4()):
        body = {"ids": [str(deals["a"].pk), str(foreign)], "stage": str(stages["Proposal"].pk)}
        response = alice.post(MOVE, body)
        answers.append((response.status_code, told(response)))
    assert answers == [(400, [("/ids/1", "does_not_exist")])] * 2
    with in_tenant("bob"):
        assert Deal.objects.get().version == 1


def test_what_is_out_of_sight_is_not_moved(api_as, in_tenant, world):
    api_as("olga").get("/api/crm/pipelines/")
    with in_tenant("olga"):
        new, proposal = Stage.objects.filter(name__in=("New", "Proposal")).order_by("position")
        mine, hers = (
            DealFactory(name=name, stage=new, owner_id=world[name].membership_id, rank=rank)
            for name, rank in (("tara", "a0"), ("nora", "a1"))
        )
    response = move(api_as("tara"), [mine, hers], proposal)
    assert (response.status_code, told(response)) == (400, [("/ids/1", "does_not_exist")])
    with in_tenant("olga"):
        assert set(Deal.objects.values_list("version", "stage")) == {(1, new.pk)}
    assert move(api_as("tara"), [mine], proposal).status_code == 200


def test_a_viewer_moves_nothing(api_as, stages, in_tenant, nothing_moved):
    deals = make(in_tenant, stages["New"], "a", "b")
    nothing_moved()
    assert move(api_as("vera"), deals.values(), stages["Proposal"]).status_code == 403


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda ids: {"ids": [*ids, ids[0].upper()]}, ("/ids", "named_twice")),
        (lambda ids: {"ids": []}, ("/ids", "required")),
        (lambda ids: {"ids": [str(uuid4()) for _ in range(MAX_MOVED + 1)]}, ("/ids", "too_many")),
        (lambda ids: {"ids": "all"}, ("/ids", "not_a_list")),
        (lambda ids: {"versions": [1]}, ("/versions", "other_length")),
        (lambda ids: {"stage": str(uuid4())}, ("/stage", "does_not_exist")),
        (lambda ids: {"rank": "a0"}, ("/rank", "unknown_field")),
    ],
)
def test_what_cannot_be_meant_is_refused(alice, stages, in_tenant, nothing_moved, change, expected):
    ids = [str(deal.pk) for deal in make(in_tenant, stages["New"], "a", "b").values()]
    nothing_moved()
    response = alice.post(MOVE, {"ids": ids, "stage": str(stages["Proposal"].pk), **change(ids)})
    assert (response.status_code, told(response)) == (400, [expected])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_moves_in_opposite_order_at_once_all_succeed(api_as, in_tenant):
    api_as("alice").get("/api/crm/pipelines/")
    with in_tenant("alice"):
        new, proposal = Stage.objects.filter(name__in=("New", "Proposal")).order_by("position")
    deals = list(make(in_tenant, new, *(f"{n:02d}" for n in range(12))).values())

    def put(turn: int) -> int:
        try:
            order = deals if turn % 2 else deals[::-1]
            return move(api_as("alice"), order, (new, proposal)[turn % 2]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(put, range(12))) == [200] * 12
    with in_tenant("alice"):
        # Whoever came last moved all of them.
        assert Deal.objects.values("stage").distinct().count() == 1
        assert len(set(Deal.objects.values_list("rank", flat=True))) == len(deals)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_groups_that_are_put_at_one_place_at_once_stay_together(api_as, in_tenant):
    api_as("alice").get("/api/crm/pipelines/")
    with in_tenant("alice"):
        new, proposal = Stage.objects.filter(name__in=("New", "Proposal")).order_by("position")
    deals = make(in_tenant, new, *(f"{group}{n}" for group in "abcdefgh" for n in range(4)))
    there = make(in_tenant, proposal, "anchor", "last")

    def put(group: str) -> int:
        try:
            own = [deals[f"{group}{n}"] for n in range(4)]
            return move(api_as("alice"), own, proposal, after=there["anchor"]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(put, "abcdefgh")) == [200] * 8
    found = cards(api_as("alice"), proposal)
    assert (found[0], found[-1]) == ("anchor", "last")
    assert {"".join(found[at : at + 4]) for at in range(1, 33, 4)} == {
        "".join(f"{group}{n}" for n in range(4)) for group in "abcdefgh"
    }


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("reference", ["stage", "customer", "contact"])
def test_who_waited_for_a_deal_finds_it_with_its_new_references(api_as, in_tenant, reference):
    api_as("alice").get("/api/crm/pipelines/")
    with in_tenant("alice"):
        new, proposal = Stage.objects.filter(name__in=("New", "Proposal")).order_by("position")
        given = {"stage": proposal, "customer": CustomerFactory(), "contact": ContactFactory()}[reference]
    (deal,) = make(in_tenant, new, "a").values()

    def put() -> Any:
        try:
            body = {"stage": str(proposal.pk)}
            return api_as("alice").post(f"{URL}{deal.pk}/move/", body, HTTP_IF_MATCH="*")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as thread:
        with in_tenant("alice"):
            Deal.objects.filter(pk=deal.pk).update(**{reference: given})
            waiting = thread.submit(put)
            wait_for_a_lock()
        response = waiting.result(timeout=20)
    assert (response.status_code, response.json()["stage"]) == (200, str(proposal.pk))
    name = given.name if reference == "stage" else given.display_name
    assert response.json()[f"{reference}_name"] == name


def wait_for_a_lock() -> None:
    """Until somebody waits for somebody else."""
    for _ in range(200):
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
            if cursor.rowcount:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
