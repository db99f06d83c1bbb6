"""Compound filters once more, in plain Python over plain values: the judge of the database's answers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dott.platform.tenancy.search import search_key

DAY = timedelta(days=1)
CONTRARY = {"not_empty": "empty", "is_not": "is", "not_in": "in", "not_contains": "contains", "ne": "eq"}


class Oracle:
    """Knows which rows meet a filter. rows: field → value of each record, references as ids."""

    def __init__(self, *, me: Any, zone: str, today: date) -> None:
        self.me, self.zone, self.today = str(me), ZoneInfo(zone), today

    def meets(self, row: Mapping[str, Any], node: Mapping[str, Any]) -> bool:
        if "and" in node:
            return all(self.meets(row, child) for child in node["and"])
        if "or" in node:
            return any(self.meets(row, child) for child in node["or"])
        return self._leaf(row[node["field"]], node["op"], node.get("value"), node["field"])

    def _leaf(self, have: Any, op: str, value: Any, field: str) -> bool:
        if op in CONTRARY:
            return not self._leaf(have, CONTRARY[op], value, field)
        if op == "empty" or have is None:
            return op == "empty" and have in (None, "")
        if isinstance(have, list):
            return not set(have).isdisjoint(value if isinstance(value, list) else [value])
        if isinstance(have, date):
            return self._day(have, op, value)
        if isinstance(have, int | Decimal) and not isinstance(have, bool):
            return self._number(have, op, value)
        return self._word(have, op, value, field)

    def _word(self, have: Any, op: str, value: Any, field: str) -> bool:
        values = [self._plain(item, field) for item in (value if isinstance(value, list) else [value])]
        mine = self._plain(have, field)
        match op:
            case "contains":
                return values[0] in mine
            case "starts":
                return bool(mine.startswith(values[0]))
        return mine in values

    def _plain(self, value: Any, field: str) -> Any:
        if value == "me":
            return self.me
        if not isinstance(value, str):
            return value if isinstance(value, bool) else str(value)
        return value.lower() if field == "email" else search_key(value)

    def _number(self, have: int | Decimal, op: str, value: Any) -> bool:
        if op == "between":
            return Decimal(value[0]) <= have <= Decimal(value[1])
        other = Decimal(value)
        return {
            "eq": have == other, "lt": have < other, "lte": have <= other,
            "gt": have > other, "gte": have >= other,
        }[op]  # fmt: skip

    def _day(self, have: date, op: str, value: Any) -> bool:
        day = have.astimezone(self.zone).date() if isinstance(have, datetime) else have
        first, last = value if op == "between" else (value, value)
        start, end = self._days(first)[0], self._days(last)[1]
        return {"before": day < start, "after": day > end}.get(op, start <= day <= end)

    def _days(self, text: str) -> tuple[date, date]:
        """The periods that the tests use, spelt out."""
        today = self.today
        month = today.replace(day=1)
        named = {
            "today": (today, today),
            "yesterday": (today - DAY, today - DAY),
            "last 30 days": (today - 29 * DAY, today),
            "next 7 days": (today, today + 6 * DAY),
            "this month": (month, (month + 31 * DAY).replace(day=1) - DAY),
            "this week": (
                today - today.weekday() * DAY,
                today - today.weekday() * DAY + 6 * DAY,
            ),
        }
        return named.get(text) or (date.fromisoformat(text), date.fromisoformat(text))
