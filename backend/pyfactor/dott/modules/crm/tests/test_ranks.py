"""Ranks: between any two there is room, at both ends they stay short."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dott.modules.crm.actions import ranks


def test_both_ends_stay_short():
    low = high = ranks.FIRST
    for _ in range(5_000):
        low, high = ranks.between(None, low), ranks.between(high, None)
    assert low < ranks.FIRST < high
    assert max(len(low), len(high)) <= 4


@given(st.lists(st.floats(0, 1), max_size=80))
def test_whatever_is_put_anywhere_lies_where_it_was_put(places):
    order: list[str] = []
    for place in places:
        index = int(place * len(order))
        low = order[index - 1] if index else None
        high = order[index] if index < len(order) else None
        rank = ranks.between(low, high)
        assert ranks.is_rank(rank)
        order.insert(index, rank)
    assert order == sorted(set(order))


def test_one_gap_grows_by_a_character_for_six_halvings():
    low, high = ranks.between(None, None), ranks.between(ranks.FIRST, None)
    chance = random.Random(1)
    for _ in range(60):
        middle = ranks.between(low, high)
        low, high = (low, middle) if chance.random() < 0.5 else (middle, high)
    assert len(ranks.between(low, high)) <= 2 + 60 / 5


@pytest.mark.parametrize(
    ("low", "high", "longest"),
    [(None, None, 3), (None, "a0", 3), ("a0", None, 3), ("a0", "a1", 4), ("a0", "a0V", 5)],
)
def test_several_lie_between_in_order_and_stay_short(low, high, longest):
    for count in (0, 1, 2, 3, 200):
        found = ranks.several(low, high, count)
        assert len(found) == count
        bounds = [*([low] if low else []), *found, *([high] if high else [])]
        assert bounds == sorted(set(bounds))
        assert all(map(ranks.is_rank, found))
    assert max(map(len, found)) <= longest


def test_a_column_is_spread_in_order():
    spread = ranks.spread(5_000)
    assert spread == sorted(set(spread))
    assert max(map(len, spread)) == 4
    assert ranks.spread(0) == []


@pytest.mark.parametrize("text", ["", "a", "a0V0", "a0-", "b0", "0a", "é1"])
def test_what_is_no_rank(text):
    assert not ranks.is_rank(text)


def test_nothing_lies_between_what_is_not_in_order():
    with pytest.raises(ValueError, match="nothing between"):
        ranks.between("a1", "a1")
