"""The report: pairs of records that may be one, as a search has found and the records now are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.duplicates.reasons import REPORTED
from dott.modules.crm.duplicates.subjects import Subject, columns
from dott.platform.tenancy.context import current
from dott.platform.tenancy.visibility import condition_on

_BEYOND_ALL = (32_767, UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records in use. found_score: the report's order. first, second: what is shown of each."""

    id: UUID
    found_score: int
    reasons: list[str]
    score: int
    first: dict[str, Any]
    second: dict[str, Any]


def report_page(subject: Subject, *, after: tuple[int, UUID] | None, limit: int) -> list[Pair]:
    """At most `limit` pairs beyond a place (found_score, id), the likeliest first. One query."""
    score, id_ = after or _BEYOND_ALL
    params: dict[str, Any] = {"tenant": current().tenant_id, "score": score, "id": id_, "limit": limit}
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_page(subject), params)
        return [_pair(subject, row) for row in cursor.fetchall()]


def _page(subject: Subject) -> str:
    """The order is that of the search; the reasons are those of now. A pair of which there is nothing left to
    say (one was changed, merged, or went to the trash) is not shown, whatever the search had found."""
    seen = f"{condition_on(subject.model, 'a')} AND {condition_on(subject.model, 'b')}"
    table, sides = subject.table, [columns(subject.reported, side) for side in ("a", "b")]
    return f"""
SELECT pair.id, pair.score, why.reasons, why.score, {", ".join(sides)}
  FROM {subject.pair._meta.db_table} AS pair
  JOIN {table} AS a ON a.tenant_id = pair.tenant_id AND a.id = pair.first_id
  JOIN {table} AS b ON b.tenant_id = pair.tenant_id AND b.id = pair.second_id
  {subject.judged}
 WHERE pair.tenant_id = %(tenant)s AND a.tenant_id = %(tenant)s AND b.tenant_id = %(tenant)s
   AND (pair.score, pair.id) < (%(score)s, %(id)s)
   AND a.deleted_at IS NULL AND b.deleted_at IS NULL AND {seen} AND why.score >= {REPORTED}
   AND NOT EXISTS (SELECT FROM {subject.distinction._meta.db_table} d
                    WHERE d.tenant_id = %(tenant)s AND d.first_id = pair.first_id
                      AND d.second_id = pair.second_id)
 ORDER BY pair.score DESC, pair.id DESC
 LIMIT %(limit)s"""  # noqa: S608  (constants)


def _pair(subject: Subject, row: tuple[Any, ...]) -> Pair:
    id_, found_score, reasons, score = row[:4]
    sides, middle = row[4:], len(subject.reported)
    first, second = (subject.shown(subject.reported, values) for values in (sides[:middle], sides[middle:]))
    return Pair(id_, found_score, list(reasons), score, first, second)
