"""The board: columns, their sums, and moves between cards, also many at once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.actions.ranks import spread
from dott.modules.crm.models import Deal, Stage
from dott.modules.crm.tests.factories import CustomerFactory, DealFactory, StageFactory

URL = "/api/crm/deals/"
BOARD = f"{URL}board/"
ANY = {"If-Match": "*"}


@pytest.fixture
def alice(api_as):
    return api_as("alice")


def column(client, stage, **query) -> dict:
    response = client.get(BOARD, query)
    assert response.status_code == 200, response.json()
    return next(one for one in response.json()["columns"] if one["stage"]["id"] == str(stage.pk))


def cards(client, stage) -> list[str]:
    found, url = [], f"{URL}?stage={stage.pk}&ordering=rank&limit=7"
    while url:
        page = client.get(url).json()
        found += [deal["name"] for deal in page["results"]]
        url = page["next"]
    return found


def make(in_tenant, stage, *names: str, **values) -> dict[str, Deal]:
    """Deals in the order of their names, from the top."""
    with in_tenant("alice"):
        customer = CustomerFactory()
        return {
            name: DealFactory(name=name, stage=stage, customer=customer, rank=rank, **values)
            for name, rank in zip(names, spread(len(names)), strict=True)
        }


def move(client, deal: Deal, stage: Stage, **body):
    body = {name: str(other.pk) for name, other in body.items()}
    return client.post(f"{URL}{deal.pk}/move/", {"stage": str(stage.pk), **body}, headers=ANY)


# --- columns and sums --------------------------------------------------------------------------------


def test_the_columns_are_the_stages_in_their_order(alice, stages):
    body = alice.get(BOARD).json()
    assert body["pipeline"] == str(stages["New"].pipeline_id)
    assert [one["stage"]["name"] for one in body["columns"]] == list(stages)
    assert [(one["count"], one["sums"], one["cards"], one["next"]) for one in body["columns"]] == (
        [(0, [], [], None)] * 6
    )


def test_sums_are_per_currency_and_weighted(alice, stages, in_tenant):
    new = stages["New"]
    make(in_tenant, new, "a", "b", amount=Decimal("100.50"), currency="EUR")
    make(in_tenant, new, "c", amount=Decimal("7"), currency="USD", probability=50)
    make(in_tenant, new, "d")
    make(
        in_tenant, stages["Won"], "e", amount=1, currency="EUR", category="won", closed_at="2026-01-01T00:00Z"
    )
    found = column(alice, new)
    assert found["count"] == 4
    assert found["sums"] == [
        {"currency": "EUR", "amount": "201.0000", "weighted": "20.1000"},
        {"currency": "USD", "amount": "7.0000", "weighted": "3.5000"},
    ]
    assert column(alice, stages["Won"])["sums"] == [
        {"currency": "EUR", "amount": "1.0000", "weighted": "1.0000"}
    ]


def test_sums_are_of_all_that_match_and_not_of_the_cards(alice, stages, in_tenant, world):
    new = stages["New"]
    make(in_tenant, new, *(f"{n:02d}" for n in range(25)), amount=1, currency="EUR")
    mine = {"owner_id": world["alice"].membership_id}
    make(in_tenant, new, *(f"mine {n:02d}" for n in range(23)), amount=2, currency="EUR", **mine)
    found = column(alice, new, owner="me")
    assert (found["count"], len(found["cards"])) == (23, 20)
    assert found["sums"][0]["amount"] == "46.0000"
    rest = alice.get(found["next"]).json()
    names = [card["name"] for card in (*found["cards"], *rest["results"])]
    assert names == [f"mine {n:02d}" for n in range(23)]
    assert rest["next"] is None
    assert column(alice, new, q="no such")["count"] == 0


def test_cards_are_what_the_list_shows(alice, stages, in_tenant):
    make(in_tenant, stages["New"], "a", amount=1, currency="EUR")
    (card,) = column(alice, stages["New"])["cards"]
    (shown,) = alice.get(URL).json()["results"]
    assert card == shown
    (some,) = column(alice, stages["New"], fields="id,name")["cards"]
    assert some == {"id": card["id"], "name": "a"}


def test_the_trash_is_not_on_the_board(alice, stages, in_tenant):
    make(in_tenant, stages["New"], "a", amount=1, currency="EUR", deleted_at="2026-01-01T00:00Z")
    found = column(alice, stages["New"])
    assert (found["count"], found["sums"], found["cards"]) == (0, [], [])


def test_an_archived_stage_is_shown_while_deals_are_in_it(alice, stages, in_tenant):
    with in_tenant("alice"):
        stage = StageFactory(pipeline=stages["New"].pipeline, is_archived=True, position=9)
    assert str(stage.pk) not in [one["stage"]["id"] for one in alice.get(BOARD).json()["columns"]]
    make(in_tenant, stage, "a")
    assert column(alice, stage)["count"] == 1


def test_a_board_costs_the_same_queries_for_any_number(alice, stages, in_tenant):
    costs = []
    for names in (["a"], [f"{n}" for n in range(60)]):
        for name in ("New", "Proposal"):
            make(in_tenant, stages[name], *names, amount=1, currency="EUR")
        with CaptureQueriesContext(connection) as queries:
            alice.get(BOARD)
        costs.append(len([one for one in queries if 'FROM "crm_' in one["sql"]]))
    # The pipeline, its stages, the sums, the cards.
    assert costs == [4, 4]


@pytest.mark.parametrize("value", ["no-uuid", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_pipeline_is_refused(alice, stages, value):
    response = alice.get(BOARD, {"pipeline": value})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "pipeline"


# --- moves -------------------------------------------------------------------------------------------


def test_a_card_lies_where_it_is_put(alice, stages, in_tenant):
    new, proposal = stages["New"], stages["Proposal"]
    deals = make(in_tenant, new, "a", "b", "c", "d")
    assert move(alice, deals["d"], new, before=deals["b"]).status_code == 200
    assert cards(alice, new) == ["a", "d", "b", "c"]
    move(alice, deals["a"], new, after=deals["c"])
    assert cards(alice, new) == ["d", "b", "c", "a"]
    move(alice, deals["c"], new, after=deals["d"], before=deals["b"])
    assert cards(alice, new) == ["d", "c", "b", "a"]
    move(alice, deals["a"], new)
    assert cards(alice, new) == ["a", "d", "c", "b"]
    other = make(in_tenant, proposal, "x", "y")
    move(alice, deals["d"], proposal, after=other["x"])
    assert (cards(alice, new), cards(alice, proposal)) == (["a", "c", "b"], ["x", "d", "y"])


def test_a_card_may_be_put_where_it_is(alice, stages, in_tenant):
    new = stages["New"]
    deals = make(in_tenant, new, "a", "b", "c")
    move(alice, deals["b"], new, after=deals["a"], before=deals["c"])
    assert cards(alice, new) == ["a", "b", "c"]


def test_a_neighbour_that_is_gone_is_said(alice, stages, in_tenant):
    new = stages["New"]
    deals = make(in_tenant, new, "a", "b")
    (elsewhere,) = make(in_tenant, stages["Proposal"], "x").values()
    response = move(alice, deals["a"], new, after=elsewhere)
    assert (response.status_code, response.json()["code"]) == (409, "neighbour_gone")
    assert move(alice, deals["a"], new, before=elsewhere, after=deals["b"]).status_code == 200
    assert cards(alice, new) == ["b", "a"]


def test_new_deals_lie_on_top(alice, stages, in_tenant):
    deals = make(in_tenant, stages["New"], "a")
    body = {"name": "new", "customer": str(deals["a"].customer_id)}
    assert alice.post(URL, body).status_code == 201
    assert cards(alice, stages["New"]) == ["new", "a"]
    alice.patch(f"{URL}{deals['a'].pk}/", {"stage": str(stages["Proposal"].pk)}, headers=ANY)
    assert cards(alice, stages["Proposal"]) == ["a"]


def test_cards_that_were_never_placed_are_spread_when_one_is_put_among_them(alice, stages, in_tenant):
    new = stages["New"]
    deals = make(in_tenant, new, "a", "b", "c", "d")
    with in_tenant("alice"):
        Deal.objects.update(rank="")
    assert move(alice, deals["d"], new, after=deals["a"]).status_code == 200
    assert cards(alice, new) == ["a", "d", "b", "c"]
    with in_tenant("alice"):
        assert sorted(Deal.objects.values_list("rank", flat=True)) == ["a0", "a0V", "a1", "a2"]
        # Nobody changed the others.
        assert sorted(Deal.objects.values_list("version", flat=True)) == [1, 1, 1, 2]


def test_ranks_stay_short_however_often_one_gap_is_used(alice, stages, in_tenant):
    new = stages["New"]
    deals = make(in_tenant, new, "a", "b", "c")
    with in_tenant("alice"):
        Deal.objects.filter(name="a").update(rank="a0" + "0" * 21 + "1")
        Deal.objects.filter(name="b").update(rank="a0" + "0" * 21 + "2")
    assert move(alice, deals["c"], new, after=deals["a"]).status_code == 200
    assert cards(alice, new) == ["a", "c", "b"]
    with in_tenant("alice"):
        assert max(len(rank) for rank in Deal.objects.values_list("rank", flat=True)) == 3


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_many_moves_at_once_keep_an_order_and_lose_no_card(api_as, in_tenant):
    """Every card is put behind the same one, by four people at once, in a column that has to be spread."""
    alice = api_as("alice")
    alice.get("/api/crm/pipelines/")
    with in_tenant("alice"):
        new, proposal = Stage.objects.filter(name__in=("New", "Proposal")).order_by("position")
    deals = make(in_tenant, new, *(f"{n:02d}" for n in range(16)))
    (anchor,) = make(in_tenant, proposal, "anchor").values()
    make(in_tenant, proposal, "last")
    with in_tenant("alice"):
        Deal.objects.filter(stage=proposal).update(rank="")

    def put(deal: Deal) -> int:
        try:
            return move(api_as("alice"), deal, proposal, after=anchor).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(put, deals.values())) == [200] * 16
    found = cards(alice, proposal)
    assert (found[0], found[-1]) == ("anchor", "last")
    assert sorted(found[1:-1]) == sorted(deals)
    assert cards(alice, new) == []
    with in_tenant("alice"):
        placed = list(Deal.objects.filter(stage=proposal).values_list("rank", flat=True))
    assert len(set(placed)) == len(placed)
