"""Days in words, such as “last 30 days”, in a business's own calendar."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from dott.platform.api.memory import Memory, Premise
from dott.platform.identity.models import Tenant
from dott.platform.tenancy.context import current

MAX_COUNT = 999
_SQL = "SELECT timezone, week_start FROM identity_tenant WHERE id = %s"
_DAY = timedelta(days=1)
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WORDS = re.compile(
    r"(?P<named>yesterday|today|tomorrow)"
    r"|(?P<which>this|last|next) (?P<unit>week|month|quarter|year)"
    r"|(?P<side>last|next) (?P<count>[1-9][0-9]{0,2}) (?P<units>day|week|month|quarter|year)s?"
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_OFFSETS = {"last": -1, "this": 0, "next": 1}


class Days(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a business counts days. week_start: 0 Sunday … 6 Saturday."""

    timezone: str
    week_start: int

    def today(self) -> date:
        """The day it is there."""
        return timezone.now().astimezone(ZoneInfo(self.timezone)).date()

    def start_of(self, day: date) -> datetime:
        """The instant, in UTC, at which a day begins. Raises OverflowError at the ends of time."""
        return datetime.combine(day, time.min, ZoneInfo(self.timezone)).astimezone(UTC)


remembered: Memory[Calendar] = Memory()


def business_calendar() -> Calendar:
    """The calendar of the active business; one round trip."""
    context = current()
    rows = Tenant.objects.using(context.alias).filter(id=context.tenant_id)
    calendar = Calendar(*rows.values_list("timezone", "week_start").get())
    remembered.put(context.tenant_id, calendar)
    return calendar


def calendar_premise() -> Premise | None:
    """The calendar of the active business as last read, to be asked about again; None when it was not."""
    known = remembered.get(current().tenant_id)
    return None if known is None else Premise(_SQL, (known.timezone, known.week_start), _learn)


def _learn(tenant_id: UUID, row: tuple[Any, ...]) -> None:
    remembered.put(tenant_id, Calendar(*row))


@dataclass(frozen=True, slots=True)
class Period:
    """Days that depend on what day it is. `words` as `parse_period` took them."""

    words: str

    def days(self, calendar: Calendar) -> Days:
        """The days, by the calendar, today."""
        match, today = _WORDS.fullmatch(self.words), calendar.today()
        if match is None:
            raise ValueError(self.words)
        if match["named"]:
            day = today + _NAMED[match["named"]] * _DAY
            return Days(day, day)
        if match["which"]:
            return _calendar_unit(today, match["unit"], _OFFSETS[match["which"]], calendar.week_start)
        count = int(match["count"])
        if match["side"] == "last":
            return Days(_moved(today, match["units"], -count) + _DAY, today)
        return Days(today, _moved(today, match["units"], count) - _DAY)


def parse_period(text: str) -> Period | None:
    """today, yesterday, tomorrow; this|last|next week|month|quarter|year (of the calendar); last|next N
    days|weeks|months|quarters|years (today included, N up to 999). None for any other text."""
    return Period(text) if _WORDS.fullmatch(text) else None


def _calendar_unit(today: date, unit: str, offset: int, week_start: int) -> Days:
    if unit == "week":
        # isoweekday: 1 Monday … 7 Sunday.
        first = today - ((today.isoweekday() - week_start) % 7) * _DAY + offset * 7 * _DAY
        return Days(first, first + 6 * _DAY)
    months = _MONTHS[unit]
    current_start = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    first = _moved(current_start, "month", offset * months)
    return Days(first, _moved(first, "month", months) - _DAY)


def _moved(day: date, unit: str, count: int) -> date:
    """The same day of another month, or that month's last; or so many days on."""
    if unit in ("day", "week"):
        return day + count * (7 if unit == "week" else 1) * _DAY
    index = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
