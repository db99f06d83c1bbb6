"""One SQL statement for all kinds: of each, a few records, the best first.

A kind has several ways to a hit, from the best to the worst. PostgreSQL goes them one by one and stops when
the group is full. What makes it fast in a business of a million is that no way reads many rows:

- number, beginning of the name, e-mail: a btree, at most CANDIDATES rows;
- a word's beginning, then a piece of a word, among the RECENT records that were changed last: what thousands
  have in common is found among those that somebody works with, newest first;
- the same in all the others: the trigram index, of which CANDIDATES rows are read. What comes so far is rare,
  or fewer of the recent records would have had it than the group takes.
"""

import re
from typing import Any
from uuid import UUID

from django.db.models import Q

from dott.modules.crm.finder.kinds import SEEN_FIRM, Kind
from dott.modules.crm.finder.typed import Typed
from dott.modules.crm.models import Customer
from dott.platform.api.plans.conditions import Compiler
from dott.platform.tenancy.visibility import TRUE, condition_on

CANDIDATES = 200
RECENT = 1_000
# 42 is also the beginning of 42n, 42nn and 42nnn.
NUMBER_POWERS = (10, 100, 1_000)
# How a record was found, best first.
EXACT, NAME, WORD, PIECE, ALIKE = range(5)

_LIKE = re.compile(r'(r\."search_text") OPERATOR\(app\.~~~\) (%\(\w+\)s)')

Params = dict[str, Any]


class Statement:
    """SQL with named parameters. Its rows are (kind, rank, id, *kinds.SHOWN), kind by kind, best first, of
    each at most one more than the limit."""

    def __init__(self, typed: Typed, *, tenant: UUID, limit: int) -> None:
        self.typed = typed
        self.params: Params = {
            "tenant": tenant, "key": typed.key, "number": typed.number, "limit": limit + 1,
            "candidates": CANDIDATES, "recent": RECENT,
        }  # fmt: skip
        self._parts: list[str] = []

    @property
    def sql(self) -> str:
        """All of it; empty when there is nothing to ask."""
        return "\nUNION ALL\n".join(self._parts)

    def add(self, kind: Kind, *, only: str = "") -> None:
        """Look for a kind. only: "people", "numbers", or "" for any record in any way."""
        ways = Ways(self, kind, is_person=only == "people")
        if only == "numbers":
            ways.by_number_begun()
        else:
            ways.by_number()
            ways.by_name()
            ways.by_email()
            ways.by_words()
        self._add(kind, ways)

    def add_alike(self, kind: Kind, *, only: str = "") -> None:
        """Look for a kind as if there were a typing error in each word."""
        ways = Ways(self, kind, is_person=only == "people")
        ways.by_likeness()
        self._add(kind, ways)

    def _add(self, kind: Kind, ways: "Ways") -> None:
        if not ways.found:
            return
        union = "\nUNION ALL\n".join(f"({way})" for way in ways.found)
        self._parts.append(
            f"(WITH {', '.join(ways.tables)}"
            f" SELECT '{kind.name}', r.rank, r.id, {kind.shown}"
            f" FROM (SELECT * FROM ({union}) AS way LIMIT %(limit)s) AS r {_joins(kind)}"
            f" ORDER BY r.rank, r.score DESC, r.is_active DESC, r.{kind.recent} DESC, r.id)"
        )

    def parameter(self, value: object) -> str:
        """A placeholder for one more value."""
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"


class Ways:
    """The ways to records of one kind. None finds what one before it finds.

    found: a SELECT of (rank, score, columns) each. tables: what they read, each planned as if all its rows
    were wanted: for the first few of them PostgreSQL would rather read the table from one end than use the
    trigram index, and for rare words that is all of it.
    """

    def __init__(self, statement: Statement, kind: Kind, *, is_person: bool) -> None:
        self.statement = statement
        self.kind = kind
        self.typed = statement.typed
        self.found: list[str] = []
        self.tables: list[str] = []
        self._seen: list[str] = []
        own = ["r.tenant_id = %(tenant)s", "r.deleted_at IS NULL"]
        if (seen := condition_on(kind.model, "r")) != TRUE:
            own.append(seen)
        self._own = " AND ".join([*own, kind.people] if is_person and kind.people else own)
        names = ["id", "search_text", kind.recent, kind.name_key, kind.email_key, *kind.columns]
        columns = ", ".join(f"r.{name}" for name in dict.fromkeys(filter(None, names)))
        self._table = f"SELECT {columns}, ({kind.is_active}) AS is_active FROM {kind.table} r"
        self._best_first = f"ORDER BY r.is_active DESC, r.{kind.recent} DESC, r.id LIMIT %(limit)s"
        self._add_table(
            "recent",
            f"{self._table} WHERE {self._own} ORDER BY r.{kind.recent} DESC, r.id DESC LIMIT %(recent)s",
        )

    def by_number(self) -> None:
        """The record with the number itself."""
        if self.typed.number is not None and self.kind.series and self.typed.series in ("", self.kind.series):
            self._find(f"{self._table} WHERE {self._own} AND r.number = %(number)s", str(EXACT))
            self._seen.append("r.number <> %(number)s")

    def by_number_begun(self) -> None:
        """The record with the number itself, then those whose numbers begin with it."""
        self.by_number()
        if not self.found:
            return
        for power in NUMBER_POWERS:
            first = self.statement.parameter(self.statement.params["number"] * power)
            end = self.statement.parameter((self.statement.params["number"] + 1) * power)
            self._find(
                f"{self._table} WHERE {self._own} AND r.number >= {first} AND r.number < {end}"
                " ORDER BY r.number LIMIT %(limit)s",
                str(NAME),
                "-r.number",
            )

    def by_name(self) -> None:
        """Those whose name is or begins with it, in the order of names."""
        self._by_key(self.kind.name_key)

    def by_email(self) -> None:
        """Those whose e-mail address is or begins with it."""
        if self.typed.is_email:
            self._by_key(self.kind.email_key)

    def by_words(self) -> None:
        """Those with words that begin with its terms, then those with its terms anywhere."""
        words = self._condition(self.typed.words)
        self._in_texts("words", words, WORD)
        if self.typed.says_more_anywhere:
            self._seen.append(f"NOT {_unindexed(words)}")
            self._in_texts("pieces", self._condition(self.typed.anywhere), PIECE)

    def by_likeness(self) -> None:
        """Those with words like its terms, the likest first."""
        self._add_table("alike", f"{self._table} WHERE {self._own} AND {self._condition(self.typed.alike)}")
        term = self.statement.parameter(" ".join(self.typed.terms))
        score = f"public.word_similarity({term}, r.search_text)"
        likest = f"SELECT * FROM (SELECT * FROM alike LIMIT %(candidates)s) r ORDER BY {score} DESC, r.id"
        self._find(f"{likest} LIMIT %(limit)s", str(ALIKE), score)

    def _by_key(self, column: str) -> None:
        if not column:
            return
        condition = f"r.{column} ^@ %(key)s"
        first = (
            f"{self._table} WHERE {' AND '.join([self._own, condition, *self._seen])}"
            f" ORDER BY r.{column}, r.id LIMIT %(candidates)s"
        )
        rank = f"CASE WHEN r.{column} = %(key)s THEN {EXACT} ELSE {NAME} END"
        self.found.append(
            f"SELECT {rank} AS rank, 0 AS score, r.* FROM ({first}) r ORDER BY 1, {self._best()}"
        )
        self._seen.append(f"NOT {condition}")

    def _in_texts(self, name: str, condition: str, rank: int) -> None:
        """First among the records changed last, then in the others."""
        conditions = " AND ".join([_unindexed(condition), *self._seen])
        self._find(f"SELECT * FROM recent r WHERE {conditions} {self._best_first}", str(rank))
        self._add_table(name, f"{self._table} WHERE {self._own} AND {condition}")
        others = f"SELECT * FROM {name} r WHERE {' AND '.join(['true', *self._seen])}"
        others += " AND r.id NOT IN (SELECT id FROM recent) LIMIT %(candidates)s"
        self._find(f"SELECT * FROM ({others}) r {self._best_first}", str(rank))

    def _find(self, rows: str, rank: str, score: str = "0") -> None:
        self.found.append(f"SELECT {rank} AS rank, {score} AS score, r.* FROM ({rows}) r")

    def _best(self) -> str:
        return self._best_first.removeprefix("ORDER BY ")

    def _add_table(self, name: str, select: str) -> None:
        self.tables.append(f"{name} AS MATERIALIZED ({select})")

    def _condition(self, wanted: Q) -> str:
        """A condition as SQL on the record `r`."""
        sql, values = Compiler(self.kind.model).compile(wanted)
        for value in values:
            sql = sql.replace("%s", self.statement.parameter(value), 1)
        return sql.replace(f'"{self.kind.table}".', "r.")


def _joins(kind: Kind) -> str:
    return kind.joins.replace(SEEN_FIRM, condition_on(Customer, "c"))


def _unindexed(condition: str) -> str:
    """The same by the operator's function: where no index is at hand, PostgreSQL need not estimate how many
    rows it holds for, which with many terms takes longer than to look."""
    return _LIKE.sub(r"app.like_safe(\1, \2)", condition)
