"""Rules of RFC 5545 (RRULE) by which a task comes back: read strictly, and bounded so that none costs much.

A rule is `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE`, without DTSTART: the task's due day is where it begins. Days
and months only; the time of day is that of the task, in the business's time zone. COUNT is how many
occurrences are left, this one included, so it counts down from task to task.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule

# A year that has the day is at most eight years away (29 February around 2100), ten with the interval.
HORIZON = timedelta(days=366 * 12)
# A task that was left undone for longer does not come back.
OLDEST = timedelta(days=366 * 10)
MAX_COUNT = 1_000
# Ten years of each.
FREQUENCIES = {
    "DAILY": (rrule.DAILY, 3_660),
    "WEEKLY": (rrule.WEEKLY, 520),
    "MONTHLY": (rrule.MONTHLY, 120),
    "YEARLY": (rrule.YEARLY, 10),
}
_DAYS = {str(day): day for day in (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)}
_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z)?")


class InvalidRule(Exception):
    """The text is no rule that is understood. code is stable, the message a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read. options: arguments of dateutil's rrule, without start and end."""

    frequency: str
    count: int | None = None
    until: str = ""
    options: dict[str, Any] = field(default_factory=dict)


def parse(text: str) -> Rule:
    """Read a rule. Raises InvalidRule for anything but the parts that are understood, within their bounds."""
    parts = _parts(text)
    frequency = parts.pop("FREQ", "")
    if frequency not in FREQUENCIES:
        raise _refusal("A repetition is daily, weekly, monthly or yearly.")
    options: dict[str, Any] = {"freq": FREQUENCIES[frequency][0]}
    count, until = None, ""
    for name, value in parts.items():
        if name == "COUNT":
            count = _integer(value, 1, MAX_COUNT)
        elif name == "UNTIL":
            until = _until(value)
        elif name == "INTERVAL":
            options["interval"] = _integer(value, 1, FREQUENCIES[frequency][1])
        elif name == "WKST":
            options["wkst"] = _week_start(value)
        elif name == "BYDAY":
            options["byweekday"] = _days(value, frequency)
        else:
            option, read = _LISTS[name]
            options[option] = [read(item) for item in value.split(",")]
    if count is not None and until:
        raise _refusal("A repetition ends after a number of times or on a day, not both.")
    if frequency in ("DAILY", "WEEKLY") and options.keys() & {"bymonthday", "bysetpos"}:
        raise _refusal("Days of the month belong to a monthly or yearly repetition.")
    if "bysetpos" in options and len(options.keys() & {"byweekday", "bymonthday", "bymonth"}) == 0:
        raise _refusal("BYSETPOS chooses among days that another part names.")
    return Rule(frequency, count, until, options)


def next_due(rule: Rule, due: date | datetime, *, zone: ZoneInfo, today: date) -> date | datetime | None:
    """When it is due again after the later of its due day and today; None when that was the last time.

    Both lie between the years 1900 and 2200. due: a day, or an instant, of which the answer keeps the time
    of day in the zone.
    """
    local = due.astimezone(zone).replace(tzinfo=None) if isinstance(due, datetime) else _midnight(due)
    now = _midnight(today)
    if (rule.count is not None and rule.count <= 1) or now - local > OLDEST:
        return None
    # From the end of today on: what was due in the meantime was missed.
    after = max(local, datetime.combine(today, time.max))
    horizon = after + HORIZON
    end = min(horizon, _local_until(rule.until, zone)) if rule.until else horizon
    if end <= after:
        return None
    found = _first_after(rule, local, after, end)
    if found is None or not isinstance(due, datetime):
        return found.date() if found else None
    return found.replace(tzinfo=zone).astimezone(UTC)


def _first_after(rule: Rule, start: datetime, after: datetime, end: datetime) -> datetime | None:
    """The first time after `after` and not after `end`, all on the wall.

    dateutil does not look at `until` while nothing matches: 30 February is sought until the year 9999. The
    calendar repeats every 400 years with its weekdays, so the search is moved to where that is near.
    """
    shift = (MAXYEAR - end.year) // 400 * 400
    far_start, far_after, far_end = (at.replace(year=at.year + shift) for at in (start, after, end))
    times = rrule.rrule(dtstart=far_start, until=far_end, **rule.options)
    found = next((at for at in times if at > far_after), None)
    return found.replace(year=found.year - shift) if found else None


def counted_down(text: str) -> str:
    """The rule for the next occurrence."""
    count = parse(text).count
    return text if count is None else re.sub(r"(?i)\bCOUNT=[0-9]+", f"COUNT={count - 1}", text)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.upper().removeprefix("RRULE:").split(";"):
        name, separator, value = part.partition("=")
        if not separator or name in parts or name not in _NAMES:
            raise _refusal(f"“{part[:20]}” is not understood in a repetition.")
        parts[name] = value
    return parts


def _integer(text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise _refusal(f"“{text[:20]}” is not a whole number from {least} to {most}.")
    return int(text)


def _nonzero(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = _integer(text, -most, most)
        if number == 0:
            raise _refusal("There is no day 0.")
        return number

    return read


def _days(text: str, frequency: str) -> list[Any]:
    most = {"MONTHLY": 5, "YEARLY": 53}.get(frequency, 0)
    days = []
    for item in text.split(","):
        match = _DAY.fullmatch(item)
        if match is None or abs(int(match[1] or 0)) > most:
            raise _refusal(f"“{item[:20]}” is no day of the week here.")
        days.append(_DAYS[match[2]](int(match[1])) if match[1] else _DAYS[match[2]])
    return days


def _week_start(text: str) -> Any:
    if text not in _DAYS:
        raise _refusal(f"“{text[:20]}” is no day of the week.")
    return _DAYS[text]


def _until(text: str) -> str:
    try:
        if _UNTIL.fullmatch(text):
            _local_until(text, ZoneInfo("UTC"))
            return text
    except ValueError:
        pass
    raise _refusal("The last day is written as 20261231 or 20261231T225959Z.")


def _local_until(text: str, zone: ZoneInfo) -> datetime:
    if len(text) == len("20261231"):
        return datetime.combine(datetime.strptime(text, "%Y%m%d"), time.max)  # noqa: DTZ007  (a day)
    instant = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    try:
        return instant.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return instant.replace(tzinfo=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _refusal(message: str) -> InvalidRule:
    return InvalidRule("invalid_recurrence", message)


_LISTS: dict[str, tuple[str, Callable[[str], int]]] = {
    "BYMONTH": ("bymonth", lambda text: _integer(text, 1, 12)),
    "BYMONTHDAY": ("bymonthday", _nonzero(31)),
    "BYSETPOS": ("bysetpos", _nonzero(366)),
}
_NAMES = {"FREQ", "COUNT", "UNTIL", "INTERVAL", "WKST", "BYDAY", *_LISTS}
