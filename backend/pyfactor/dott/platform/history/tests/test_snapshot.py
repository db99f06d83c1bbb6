"""Snapshots and their differences."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dott.modules.crm.models import Customer
from dott.platform.history.snapshot import as_json, diff, empty_of, filled

VALUES = st.none() | st.booleans() | st.integers() | st.text()
SNAPSHOTS = st.dictionaries(st.sampled_from("abcdef"), VALUES)


def test_values_become_what_jsonb_gives_back():
    assert as_json(
        {
            "id": UUID("0190b5f0-0000-7000-8000-000000000000"),
            "at": datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
            "on": date(2026, 1, 2),
            "amount": Decimal("1.50"),
        }
    ) == {
        "id": "0190b5f0-0000-7000-8000-000000000000",
        "at": "2026-01-02T03:04:05.678901+00:00",
        "on": "2026-01-02",
        "amount": "1.50",
    }


def test_only_what_holds_something_is_kept():
    held = {"notes": "x", "number": 0, "is_tax_exempt": True}
    empty = {"email": "", "owner": None, "do_not_call": False}
    assert filled(Customer, held | empty) == held
    assert {name: empty_of(Customer._meta.get_field(name)) for name in empty} == empty


@given(SNAPSHOTS, SNAPSHOTS)
def test_a_diff_turns_one_snapshot_into_the_other(before, after):
    old, new = diff(before, after)
    assert set(old) == set(new)
    complete = set(before) | set(after)
    wanted = {name: after.get(name) for name in complete}
    assert {name: before.get(name) for name in complete} | new == wanted
    assert wanted | old == {name: before.get(name) for name in complete}


@given(SNAPSHOTS)
def test_equal_snapshots_have_no_diff(values):
    assert diff(values, dict(values)) == ({}, {})
