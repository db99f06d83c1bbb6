"""Repetition rules: what is understood, what comes next, and that no rule costs much."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.recurrence import InvalidRule, counted_down, next_due, parse

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)


def following(text, due=MONDAY, today=MONDAY, zone=BERLIN):
    return next_due(parse(text), due, zone=zone, today=today)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", date(2026, 3, 3)),
        ("RRULE:FREQ=DAILY;INTERVAL=3", date(2026, 3, 5)),
        ("freq=weekly", date(2026, 3, 9)),
        ("FREQ=WEEKLY;BYDAY=MO,WE", date(2026, 3, 4)),
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 3, 16)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", date(2026, 3, 3)),
        ("FREQ=MONTHLY", date(2026, 4, 2)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 3, 31)),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2026, 4, 6)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 3, 31)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2028, 2, 29)),
        ("FREQ=DAILY;COUNT=2", date(2026, 3, 3)),
        ("FREQ=DAILY;COUNT=1", None),
        ("FREQ=DAILY;UNTIL=20260303", date(2026, 3, 3)),
        ("FREQ=DAILY;UNTIL=20260302", None),
        ("FREQ=DAILY;UNTIL=20260303T225959Z", date(2026, 3, 3)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
    ],
)
def test_the_next_day(rule, expected):
    assert following(rule) == expected


def test_what_was_missed_is_left_out_but_the_rhythm_stays():
    assert following("FREQ=WEEKLY", today=date(2026, 3, 20)) == date(2026, 3, 23)
    assert following("FREQ=DAILY", today=date(2026, 3, 20)) == date(2026, 3, 21)


def test_the_31st_comes_in_months_that_have_one():
    assert following("FREQ=MONTHLY", due=date(2026, 1, 31), today=date(2026, 1, 31)) == date(2026, 3, 31)


def test_an_instant_keeps_its_time_of_day_in_the_zone_across_the_change_of_clocks():
    due = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)
    expected = datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
    assert following("FREQ=DAILY", due=due, today=date(2026, 3, 28)) == expected


def test_what_was_left_for_ten_years_does_not_come_back():
    assert following("FREQ=DAILY", due=date(1999, 1, 1)) is None


def test_the_count_goes_down():
    assert counted_down("FREQ=DAILY;COUNT=3") == "FREQ=DAILY;COUNT=2"
    assert counted_down("FREQ=DAILY") == "FREQ=DAILY"


@pytest.mark.parametrize(
    "text",
    [
        "", "DAILY", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=DAILY;FREQ=DAILY", "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999", "FREQ=YEARLY;INTERVAL=11",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=1001", "FREQ=DAILY;COUNT=２",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20261301", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYSETPOS=1", "FREQ=DAILY;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=DAILY;BYHOUR=1", "FREQ=DAILY;WKST=1",
        "FREQ=DAILY\nDTSTART:20260101", "DTSTART:20260101;FREQ=DAILY", "FREQ=DAILY;", "FREQ=DAILY;X-A=1",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(InvalidRule):
        parse(text)


@settings(max_examples=200)
@given(
    st.text(max_size=60)
    | st.lists(
        st.tuples(
            st.sampled_from(["FREQ", "COUNT", "UNTIL", "INTERVAL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY"]),
            st.sampled_from(["DAILY", "MONTHLY", "YEARLY", "1", "-1", "31", "12", "MO", "5FR", "20991231"]),
        ).map("=".join),
        max_size=6,
    ).map(";".join)
)
def test_any_text_is_a_rule_or_is_refused(text):
    try:
        rule = parse(text)
    except InvalidRule:
        return
    found = next_due(rule, MONDAY, zone=BERLIN, today=MONDAY)
    assert found is None or found > MONDAY


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=SA",
        "FREQ=DAILY;INTERVAL=364;BYDAY=SA",
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=8",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=" + ",".join(f"{n}MO" for n in range(-20, 21) if n) + ";BYSETPOS=366",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
    ],
)
def test_a_rule_that_never_comes_costs_little(rule):
    begin = time.process_time()
    assert following(rule, due=date(2016, 4, 1)) is None
    assert time.process_time() - begin < 0.5
