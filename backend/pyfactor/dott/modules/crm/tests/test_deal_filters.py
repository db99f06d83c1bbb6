"""For any filter, the list of deals, its count, its sums, the board and the export say the same."""

import csv
import io
import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.models import Deal, Stage
from dott.modules.crm.tests.factories import CustomerFactory, DealFactory

URL = "/api/crm/deals/"
DAY = date(2026, 3, 4)


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}


AMOUNTS = st.sampled_from(["0", "10", "10.5", "250", "9999"])
DAYS = st.integers(-4, 4).map(lambda days: (DAY + timedelta(days=days)).isoformat())
LEAVES = st.one_of(
    st.builds(leaf, st.just("amount"), st.sampled_from(["eq", "ne", "lt", "gte"]), AMOUNTS),
    st.builds(leaf, st.just("currency"), st.sampled_from(["is", "is_not"]), st.sampled_from(["EUR", "JPY"])),
    st.builds(leaf, st.just("name"), st.sampled_from(["contains", "starts"]), st.sampled_from("ae1")),
    st.builds(leaf, st.just("category"), st.sampled_from(["is", "is_not"]), st.sampled_from(["open", "won"])),
    st.builds(leaf, st.just("owner"), st.sampled_from(["is", "is_not"]), st.just("me")),
    st.builds(leaf, st.just("expected_close_on"), st.sampled_from(["before", "on", "after"]), DAYS),
    st.builds(
        leaf, st.sampled_from(["amount", "owner", "next_step"]), st.sampled_from(["empty", "not_empty"])
    ),
)


def groups(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    listed = st.lists(inner, min_size=1, max_size=3)
    return st.builds(lambda key, nodes: {key: nodes}, st.sampled_from(["and", "or"]), listed)


FILTERS = LEAVES | groups(LEAVES) | groups(LEAVES | groups(LEAVES))


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def deals(alice, in_tenant, world) -> None:
    """Sixty of them in four stages: three currencies and none, with and without owner, some in the trash."""
    alice.get("/api/crm/pipelines/")
    with in_tenant("alice"):
        customer = CustomerFactory.create()
        stages = {stage.category: stage for stage in Stage.objects.order_by("-position")}
        for n in range(60):
            stage = stages[("open", "open", "won")[n % 3]]
            currency = ("EUR", "JPY", "USD", "")[n % 4]
            DealFactory.create(
                name=f"{['Oven', 'Bread', 'Rack'][n % 3]} {n}",
                customer=customer,
                stage=stage,
                category=stage.category,
                closed_at="2026-03-01T12:00Z" if stage.category == "won" else None,
                amount=Decimal(n * n) / 4 if currency else None,
                currency=currency,
                owner_id=world["alice"].membership_id if n % 5 else None,
                expected_close_on=DAY + timedelta(days=n % 9 - 4),
                next_step="Call" if n % 7 else "",
                deleted_at="2026-03-02T12:00Z" if n % 11 == 0 else None,
            )


def listed(client: Any, query: str) -> list[dict[str, Any]]:
    """The deals of every page."""
    found, address = [], f"{URL}?limit=25&ordering=name&{query}"
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.content
        found += page.json()["results"]
        parts = urlsplit(page.json()["next"] or "")
        address = f"{parts.path}?{parts.query}" if parts.path else ""
    return found


def added(sums: list[dict[str, str]], into: dict[str, Decimal]) -> None:
    for one in sums:
        into[one["currency"]] += Decimal(one["amount"])


def exported(client: Any, query: str) -> list[str]:
    answer = client.get(f"{URL}export/?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return sorted(row["deal_number"] for row in csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("deals")
def test_list_count_sums_board_and_export_agree(alice, in_tenant):
    sizes = set()

    @settings(
        max_examples=60,
    )
    @given(FILTERS)
    def check(node: dict[str, Any]) -> None:
        query = urlencode({"filter": json.dumps(node)})
        rows = listed(alice, query)
        worth: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            if row["currency"]:
                worth[row["currency"]] += Decimal(row["amount"])
        assert alice.get(f"{URL}?limit=1&count=exact&{query}").json()["count"] == len(rows), node
        said = alice.get(f"{URL}sums/?{query}").json()
        assert said["count"] == len(rows), node
        assert {one["currency"]: Decimal(one["amount"]) for one in said["sums"]} == worth, node
        columns = alice.get(f"{URL}board/?{query}").json()["columns"]
        assert sum(column["count"] for column in columns) == len(rows), node
        of_board: dict[str, Decimal] = defaultdict(Decimal)
        for column in columns:
            added(column["sums"], of_board)
        assert of_board == worth, node
        assert exported(alice, query) == sorted(row["deal_number"] for row in rows), node
        sizes.add(len(rows))

    check()
    # Filters that all found everything, or nothing, would show little.
    assert len(sizes) > 10


@pytest.mark.usefixtures("deals")
def test_sums_are_weighted_by_the_probability_and_leave_the_trash_out(alice, in_tenant):
    with in_tenant("alice"):
        Deal.objects.exclude(category="open").delete()
        Deal.objects.exclude(currency="EUR").delete()
        Deal.objects.update(probability=25)
        left = [deal.amount for deal in Deal.objects.filter(deleted_at=None)]
    said = alice.get(f"{URL}sums/").json()
    assert said["count"] == len(left) > 3
    assert [one["currency"] for one in said["sums"]] == ["EUR"]
    assert Decimal(said["sums"][0]["weighted"]) == sum(left) / 4
    assert alice.get(f"{URL}sums/?limit=3").status_code == 400
