"""The report: pairs of customers that may be one, as a search has found and the records now are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.duplicates.reasons import JUDGED, REPORTED
from dott.modules.crm.models import Customer
from dott.modules.crm.models.numbers import account_number
from dott.platform.tenancy.context import current
from dott.platform.tenancy.visibility import condition_on

_SHOWN = (
    "id", "number", "kind", "display_name", "email", "phone", "phone_raw", "website", "tax_id",
    "billing_city", "billing_country", "created_at", "updated_at", "last_activity_at", "version",
)  # fmt: skip
_SIDES = ", ".join(f"{side}.{name}" for side in ("a", "b") for name in _SHOWN)

# The order is that of the search; the reasons are those of now. A pair of which there is nothing left to say
# (one was changed, merged, or went to the trash) is not shown, whatever the search had found.
_PAGE = f"""
SELECT pair.id, pair.score, why.reasons, why.score, {_SIDES}
  FROM crm_duplicate_pair AS pair
  JOIN crm_customer AS a ON a.tenant_id = pair.tenant_id AND a.id = pair.first_id
  JOIN crm_customer AS b ON b.tenant_id = pair.tenant_id AND b.id = pair.second_id
  {JUDGED}
 WHERE pair.tenant_id = %(tenant)s AND a.tenant_id = %(tenant)s AND b.tenant_id = %(tenant)s
   AND (pair.score, pair.id) < (%(score)s, %(id)s)
   AND a.deleted_at IS NULL AND b.deleted_at IS NULL AND {{seen}} AND why.score >= {REPORTED}
   AND NOT EXISTS (SELECT FROM crm_distinction d
                    WHERE d.tenant_id = %(tenant)s AND d.first_id = pair.first_id
                      AND d.second_id = pair.second_id)
 ORDER BY pair.score DESC, pair.id DESC
 LIMIT %(limit)s"""  # noqa: S608  (constants)
_BEYOND_ALL = (32_767, UUID(int=2**128 - 1))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers in use. found_score: the report's order. first, second: what is shown of each."""

    id: UUID
    found_score: int
    reasons: list[str]
    score: int
    first: dict[str, Any]
    second: dict[str, Any]


def report_page(*, after: tuple[int, UUID] | None, limit: int) -> list[Pair]:
    """At most `limit` pairs beyond a place (found_score, id), the likeliest first. One query."""
    score, id_ = after or _BEYOND_ALL
    params: dict[str, Any] = {"tenant": current().tenant_id, "score": score, "id": id_, "limit": limit}
    with connections[current().alias].cursor() as cursor:
        seen = f"{condition_on(Customer, 'a')} AND {condition_on(Customer, 'b')}"
        cursor.execute(_PAGE.replace("{seen}", seen), params)
        return [_pair(row) for row in cursor.fetchall()]


def _pair(row: tuple[Any, ...]) -> Pair:
    head, sides = row[:4], row[4:]
    middle = len(_SHOWN)
    id_, found_score, reasons, score = head
    return Pair(id_, found_score, list(reasons), score, _side(sides[:middle]), _side(sides[middle:]))


def _side(values: tuple[Any, ...]) -> dict[str, Any]:
    shown = dict(zip(_SHOWN, values, strict=True))
    shown["account_number"] = account_number(shown.pop("number"))
    shown["phone"] = shown["phone"] or shown.pop("phone_raw", "")
    return shown
