"""Text search that stays fast below row-level security.

PostgreSQL uses an operator in an index scan under a policy only when it is LEAKPROOF; LIKE, ILIKE
and full text are not, so they would read the whole tenant (tenancy.md 7). `contains_safe` uses our
leakproof twin of LIKE over a trigram index, `alike_safe` that of pg_trgm's similarity of words over the
same index, `prefix_safe` the built-in ^@.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db.models import CharField, Func, TextField, Transform
from django.db.models.lookups import PatternLookup

_COMBINING = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans("øđłıħςþð", "odlihσtd")


def search_key(text: str) -> str:
    """Lower case without accents: "Köln" → "koln", "Straße" → "strasse". Twin of SQL app.search_key.

    The twins agree on every character that Python's Unicode table knows. PostgreSQL's is newer (16.0 in
    18; 14.0 in Python 3.11), so a letter that was added in between, such as a capital of the Garay script,
    is found only as it is written in small letters.
    """
    lowered = text.lower().replace("ß", "ss").replace("æ", "ae").replace("œ", "oe")
    return _COMBINING.sub("", unicodedata.normalize("NFKD", lowered)).translate(_LETTERS).lower()


class SearchKey(Func):
    """app.search_key(expression), immutable, so it may stand in a GeneratedField."""

    function = "app.search_key"
    arity = 1
    output_field = TextField()


@CharField.register_lookup
@TextField.register_lookup
class SearchKeyOf(Transform):
    """`field__search_key="koln"`: compares the search key of a column that keeps none. No index serves it."""

    lookup_name = "search_key"
    function = "app.search_key"
    output_field = TextField()


def escape_like(text: str) -> str:
    """The text with LIKE's wildcards made literal."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@CharField.register_lookup
@TextField.register_lookup
class ContainsSafe(PatternLookup):
    """`field__contains_safe="köln"`: substring, case-sensitive; compare search keys for anything else."""

    lookup_name = "contains_safe"
    param_pattern = "%%%s%%"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`column OPERATOR(app.~~~) '%text%'`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        pattern = f"%{escape_like(str(self.rhs))}%"
        return f"{lhs} OPERATOR(app.~~~) %s", [*lhs_params, pattern]


@CharField.register_lookup
@TextField.register_lookup
class PrefixSafe(PatternLookup):
    """`field__prefix_safe="koeln"`: starts with, served by a btree on the column."""

    lookup_name = "prefix_safe"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`column ^@ 'text'`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        return f"{lhs} ^@ %s", [*lhs_params, str(self.rhs)]


@CharField.register_lookup
@TextField.register_lookup
class AlikeSafe(PatternLookup):
    """`field__alike_safe="scmidt"`: has words that share half of their trigrams with the text's."""

    lookup_name = "alike_safe"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`column OPERATOR(app.~%) 'text'`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        return f"{lhs} OPERATOR(app.~%%) %s", [*lhs_params, str(self.rhs)]


class TrigramIndex(GinIndex):
    """GIN (tenant_id, field app.safe_trgm_ops): the index of `contains_safe` and `alike_safe`.

    The editor adds the tenant.
    """

    def __init__(self, *, fields: Sequence[str], name: str, **kwargs: Any) -> None:
        kwargs.setdefault("opclasses", ["app.safe_trgm_ops"] * len(fields))
        super().__init__(fields=fields, name=name, **kwargs)
