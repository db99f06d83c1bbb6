"""One SQL statement for all kinds: of each, a few records, the best first.

A kind has several ways to a hit, from the best to the worst. PostgreSQL goes them one by one and stops when
the group is full. What makes it fast in a business of a million is that no way reads many rows:

- number, phone, beginning of the name, e-mail: a btree, at most CANDIDATES rows;
- a word's beginning, then a piece of a word, among the RECENT records that were changed last: what thousands
  have in common is found among those that somebody works with, newest first;
- the same in all the others: the trigram index, of which CANDIDATES rows are read. What comes so far is rare,
  or fewer of the recent records would have had it than the group takes. But the index also finds what only
  looks like it (trigrams.py): where that is common among the recent ones, it is not asked, for to compare
  hundreds of thousands of texts takes a second. Nor is it when the recent records are all there are.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from dott.modules.crm.finder.kinds import SEEN_FIRM, Kind
from dott.modules.crm.finder.trigrams import Part, indexed_parts
from dott.modules.crm.finder.typed import Typed
from dott.modules.crm.models import Customer
from dott.platform.api.plans.conditions import Compiler
from dott.platform.tenancy.visibility import TRUE, condition_on

CANDIDATES = 200
RECENT = 500
# 42 is also the beginning of 42n, 42nn and 42nnn.
NUMBER_POWERS = (10, 100, 1_000)
# Of how many digits numbers are: six filled up with zeros, or more.
NUMBER_WIDTHS = (6, 7)
# How a record was found, best first.
EXACT, NAME, WORD, PIECE, ALIKE = range(5)

# A text of which so many of the recent records have the trigrams is nothing that the index tells apart.
COMMON = 10
_LIKE = re.compile(r'(r\."search_text") OPERATOR\(app\.~~~\) %\((\w+)\)s')
# That the candidates among the pieces are all there are.
_ALL_PIECES = "(SELECT is_rare FROM pieces_rare) AND (SELECT count(*) FROM pieces) < %(candidates)s"

Params = dict[str, Any]


class Statement:
    """SQL with named parameters. Its rows are (kind, rank, id, *kinds.SHOWN), kind by kind, best first, of
    each at most one more than the limit."""

    def __init__(self, typed: Typed, *, tenant: UUID, limit: int) -> None:
        self.typed = typed
        self.params: Params = {
            "tenant": tenant, "key": typed.key, "number": typed.number, "phone": typed.phone,
            "limit": limit + 1, "candidates": CANDIDATES, "recent": RECENT,
            "common": COMMON,
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
            ways.by_series()
        else:
            ways.by_number()
            ways.by_phone()
            ways.by_name()
            ways.by_email()
            ways.by_series()
            ways.by_words()
        self._add(kind, ways)

    def add_alike(self, kind: Kind, wanted: Q, *, only: str = "") -> None:
        """Look for a kind as if there were a typing error. wanted: of Typed.alike."""
        ways = Ways(self, kind, is_person=only == "people")
        ways.by_likeness(wanted)
        self._add(kind, ways)

    def add_known(self, kind: Kind, terms: Sequence[str], *, only: str = "") -> None:
        """A row that says of each term whether a record of the kind has it."""
        ways = Ways(self, kind, is_person=only == "people")
        known = [ways.has(f"term{number}", term) for number, term in enumerate(terms)]
        self._parts.append(f"(WITH {', '.join(ways.tables)} SELECT {', '.join(known)})")

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
        keys = [kind.name_key, kind.email_key, kind.phone_key]
        names = ["id", "search_text", kind.recent, *keys, *kind.columns]
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
            number = self.statement.params["number"]
            self._between(number * power, (number + 1) * power, NAME)

    def by_series(self) -> None:
        """Those whose numbers begin with what was typed, zeros included: C-0004 begins C-000042."""
        digits = self.typed.series_digits
        if digits is None or self.kind.series != self.typed.series:
            return
        for width in NUMBER_WIDTHS:
            more = width - len(digits)
            # Only numbers of six digits are filled up with zeros.
            if more > 0 and (width == NUMBER_WIDTHS[0] or digits[:1] not in ("", "0")):
                number = int(digits or "0")
                self._between(number * 10**more, (number + 1) * 10**more, WORD)

    def by_phone(self) -> None:
        """Those who have this very telephone number, country code and all."""
        if self.typed.is_phone and self.kind.phone_key:
            same = f"r.{self.kind.phone_key} = %(phone)s"
            conditions = " AND ".join([self._own, f"r.{self.kind.phone_key} <> ''", same, *self._seen])
            first = f"{self._table} WHERE {conditions} ORDER BY r.id LIMIT %(limit)s"
            self._find(first, str(EXACT))
            self._seen.append(f"NOT {same}")

    def by_name(self) -> None:
        """Those whose name is or begins with it, in the order of names."""
        self._by_key(self.kind.name_key)

    def by_email(self) -> None:
        """Those whose e-mail address is or begins with it."""
        if self.typed.is_email:
            self._by_key(self.kind.email_key)

    def by_words(self) -> None:
        """Those with words that begin with its terms, then those with its terms anywhere."""
        words, anywhere = self._condition(self.typed.words), self._condition(self.typed.anywhere)
        if self.typed.says_words and self.typed.says_more_anywhere:
            self._by_words_and_pieces(words, anywhere)
        elif self.typed.says_words:
            self._by_one(words, WORD)
        else:
            self._by_one(anywhere, PIECE)

    def by_likeness(self, wanted: Q) -> None:
        """Those with words like its terms, the likest first."""
        self._add_table("alike", f"{self._table} WHERE {self._own} AND ({self._condition(wanted)})")
        term = self.statement.parameter(" ".join(self.typed.terms))
        score = f"public.word_similarity({term}, r.search_text)"
        likest = f"SELECT * FROM (SELECT * FROM alike LIMIT %(candidates)s) r ORDER BY {score} DESC, r.id"
        self._find(f"{likest} LIMIT %(limit)s", str(ALIKE), score)

    def has(self, name: str, term: str) -> str:
        """That a record has the term: one of the recent ones, which settles common terms, or any other."""
        condition = self._condition(Q(search_text__contains_safe=term))
        self._add_table(name, f"{self._table} WHERE {self._own} AND {condition}")
        recent = f"EXISTS (SELECT FROM recent r WHERE {_unindexed(condition)})"
        return f"{recent} OR EXISTS (SELECT FROM {name})"

    def _between(self, first: int, end: int, rank: int) -> None:
        numbers = (
            f"r.number >= {self.statement.parameter(first)} AND r.number < {self.statement.parameter(end)}"
        )
        conditions = " AND ".join([self._own, numbers, *self._seen])
        self._find(
            f"{self._table} WHERE {conditions} ORDER BY r.number LIMIT %(limit)s", str(rank), "-r.number"
        )
        self._seen.append(f"NOT ({numbers})")

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

    def _by_one(self, condition: str, rank: int) -> None:
        self._in_recent(condition, rank)
        if not self.typed.is_vague:
            self._ask_index("others", condition)
            self._in_table("others", rank)

    def _by_words_and_pieces(self, words: str, anywhere: str) -> None:
        """Whatever has the words has the pieces too. So the words are looked for among these, which often are
        all; the index is asked for the words only if not."""
        begin = f"({_unindexed(words)})"
        self._in_recent(words, WORD)
        if not self.typed.is_vague:
            self._ask_index("pieces", anywhere)
            self._in_table("pieces", WORD, begin)
            self._ask_index("words", words, unless=_ALL_PIECES)
            self._in_table("words", WORD, "r.id NOT IN (SELECT id FROM pieces)")
        self._seen.append(f"NOT {begin}")
        self._in_recent(anywhere, PIECE)
        if not self.typed.is_vague:
            self._in_table("pieces", PIECE)

    def _in_recent(self, condition: str, rank: int) -> None:
        self._in_table("recent", rank, f"({_unindexed(condition)})")

    def _in_table(self, name: str, rank: int, condition: str = TRUE) -> None:
        conditions = " AND ".join([condition, *self._seen])
        self._find(f"SELECT * FROM {name} r WHERE {conditions} {self._best_first}", str(rank))

    def _ask_index(self, name: str, condition: str, *, unless: str = "false") -> None:
        """A table of candidates that are not among the recent records, empty where these would be too many to
        look at. unless: condition under which it is not needed."""
        alike = f"count(*) FILTER (WHERE {self._trigrams(condition)})"
        rare = f"SELECT count(*) = %(recent)s AND {alike} < %(common)s AS is_rare FROM recent r"
        self._add_table(f"{name}_rare", rare)
        gate = f"(SELECT is_rare FROM {name}_rare) AND NOT ({unless})"
        self._add_table(f"{name}_all", f"{self._table} WHERE {self._own} AND {condition} AND {gate}")
        others = " AND ".join(["r.id NOT IN (SELECT id FROM recent)", *self._seen])
        self._add_table(name, f"SELECT * FROM {name}_all r WHERE {others} LIMIT %(candidates)s")

    def _trigrams(self, condition: str) -> str:
        """That a record has the trigrams by which the index looks for a condition."""

        def of_pattern(match: re.Match[str]) -> str:
            parts = indexed_parts(self.statement.params[match[2]])
            return f"({' AND '.join(map(self._has, parts)) or TRUE})"

        return _LIKE.sub(of_pattern, condition)

    def _has(self, part: Part) -> str:
        found = f"strpos(r.search_text, {self.statement.parameter(part.run)}) > 0"
        # A regular expression is dearer, so it is only tried where the letters are there at all.
        return f"{found} AND r.search_text ~ {self.statement.parameter(part.regex)}" if part.regex else found

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
    return _LIKE.sub(r"textlike(\1, %(\2)s)", condition)
