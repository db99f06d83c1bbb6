"""Finds records: asks the database and reads its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.finder.kinds import KINDS, SHOWN
from dott.modules.crm.finder.statement import Statement
from dott.modules.crm.finder.typed import Typed
from dott.modules.crm.models.numbers import account_number, deal_number
from dott.platform.tenancy.context import current

PEOPLE, NUMBERS = "people", "numbers"
_NUMBERS = {"customer": account_number, "deal": deal_number}


@dataclass(frozen=True, slots=True)
class Hit:
    """One record. line: what tells it from others of the same title. rank: how it was found, 0 best.

    subkind: the customer's or activity's kind, the deal's category. customer, contact, deal: what an
    activity or a deal is about.
    """

    kind: str
    rank: int
    id: UUID
    title: str
    line: str
    subkind: str
    customer: UUID | None
    contact: UUID | None
    deal: UUID | None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, best first. has_more: there are others."""

    kind: str
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """groups: the one with the best hit first. is_alike: nothing matched, these are near misses."""

    groups: list[Group]
    is_alike: bool


def find(text: str, *, limit: int, only: str = "") -> Found:
    """Records of the active tenant that somebody means by a text.

    limit: of each kind. only: PEOPLE (contacts, and customers who are persons), NUMBERS, or "". One round
    trip to the database, two when nothing matches and it may be a typing error, three when that may be in
    one of several words.
    """
    typed = Typed.read(text)
    if not typed.terms:
        return Found([], is_alike=False)
    groups = _groups(_exactly(typed, limit, only), typed, limit)
    if groups or only == NUMBERS or not typed.mistypable:
        return Found(groups, is_alike=False)
    groups = _groups(_alike(typed, limit, only), typed, limit)
    return Found(groups, is_alike=bool(groups))


def _exactly(typed: Typed, limit: int, only: str) -> Statement:
    statement = Statement(typed, tenant=current().tenant_id, limit=limit)
    for kind in KINDS:
        if only != PEOPLE or kind.people:
            statement.add(kind, only=only)
    return statement


def _alike(typed: Typed, limit: int, only: str) -> Statement:
    wanted = typed.alike(_unknown(typed, only))
    statement = Statement(typed, tenant=current().tenant_id, limit=limit)
    for kind in KINDS:
        if only != PEOPLE or kind.people:
            statement.add_alike(kind, wanted, only=only)
    return statement


def _unknown(typed: Typed, only: str) -> list[str]:
    """The terms that no record has: if there are any, these are mistyped."""
    terms = typed.mistypable
    if len(terms) == 1:
        return terms
    statement = Statement(typed, tenant=current().tenant_id, limit=1)
    for kind in KINDS:
        if only != PEOPLE or kind.people:
            statement.add_known(kind, terms, only=only)
    with connections[current().alias].cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        known = [any(column) for column in zip(*cursor.fetchall(), strict=True)]
    return [term for term, is_known in zip(terms, known, strict=True) if not is_known]


def _groups(statement: Statement, typed: Typed, limit: int) -> list[Group]:
    found = []
    for kind, rows in groupby(_rows(statement), key=itemgetter("kind")):
        hits = [_hit(row, typed) for row in rows]
        found.append(Group(kind, hits[:limit], has_more=len(hits) > limit))
    return sorted(found, key=lambda group: group.hits[0].rank)


def _rows(statement: Statement) -> Iterator[dict[str, Any]]:
    if not statement.sql:
        return
    with connections[current().alias].cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        for row in cursor.fetchall():
            yield dict(zip(("kind", "rank", "id", *SHOWN), row, strict=True))


def _hit(row: dict[str, Any], typed: Typed) -> Hit:
    number = _NUMBERS[row["kind"]](row["number"]) if row["number"] is not None else ""
    # What was looked for, where it would not show otherwise.
    asked = row["phone"] if typed.is_phone else row["email"] if "@" in typed.key else ""
    return Hit(
        kind=row["kind"],
        rank=row["rank"],
        id=row["id"],
        title=row["title"],
        line=" · ".join(filter(None, (number, asked, row["context"]))) or row["email"],
        subkind=row["subkind"],
        customer=row["customer_id"],
        contact=row["contact_id"],
        deal=row["deal_id"],
    )
