"""Days in words, by a business's calendar."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from dott.platform.api.filtering.periods import Calendar, parse_period

BERLIN = Calendar("Europe/Berlin", 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2026-03-18", "2026-03-18"),
        ("yesterday", "2026-03-17", "2026-03-17"),
        ("tomorrow", "2026-03-19", "2026-03-19"),
        ("this week", "2026-03-16", "2026-03-22"),
        ("last week", "2026-03-09", "2026-03-15"),
        ("next week", "2026-03-23", "2026-03-29"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("next month", "2026-04-01", "2026-04-30"),
        ("this quarter", "2026-01-01", "2026-03-31"),
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("last 1 day", "2026-03-18", "2026-03-18"),
        ("last 30 days", "2026-02-17", "2026-03-18"),
        ("next 7 days", "2026-03-18", "2026-03-24"),
        ("last 2 weeks", "2026-03-05", "2026-03-18"),
        ("next 1 month", "2026-03-18", "2026-04-17"),
        ("last 12 months", "2025-03-19", "2026-03-18"),
        ("last 999 years", "1027-03-19", "2026-03-18"),
    ],
)
def test_the_days_of_a_period(words, first, last):
    with time_machine.travel(datetime(2026, 3, 18, 12, tzinfo=UTC), tick=False):
        assert parse_period(words).days(BERLIN) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "words", ["", "Today", "last days", "last 0 days", "last 1000 days", "this 2 weeks", "now"]
)
def test_other_words_are_no_period(words):
    assert parse_period(words) is None


@pytest.mark.parametrize("week_start", range(7))
def test_a_week_begins_on_the_businesss_day(week_start):
    with time_machine.travel(datetime(2026, 3, 18, 12, tzinfo=UTC), tick=False):
        first, last = parse_period("this week").days(Calendar("UTC", week_start))
    assert (first.isoweekday() % 7, (last - first).days) == (week_start, 6)
    assert first <= date(2026, 3, 18) <= last


def test_today_is_the_day_in_the_businesss_zone():
    with time_machine.travel(datetime(2026, 3, 18, 23, 30, tzinfo=UTC), tick=False):
        assert Calendar("UTC", 1).today() == date(2026, 3, 18)
        assert BERLIN.today() == date(2026, 3, 19)
        assert Calendar("Pacific/Kiritimati", 1).today() == date(2026, 3, 19)


def test_a_month_that_is_shorter_ends_with_its_last_day():
    with time_machine.travel(datetime(2026, 3, 31, 12, tzinfo=UTC), tick=False):
        assert parse_period("last 1 month").days(BERLIN) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_day_is_as_long_as_the_clocks_make_it():
    summer = date(2026, 3, 29)
    assert BERLIN.start_of(summer) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert BERLIN.start_of(date(2026, 3, 30)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    # Where the clocks skip midnight, the day begins with the first hour there is.
    assert Calendar("America/Santiago", 1).start_of(date(2026, 9, 6)) == datetime(2026, 9, 6, 4, tzinfo=UTC)
