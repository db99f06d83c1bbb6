"""Why two customers may be one, what each reason weighs, and the SQL that says so of any two.

A reason looks at two sets of keys and never at which is which, so it holds of a and b as of b and a. What is
found by whatever way is judged by these alone: the candidates of a form, the pairs of the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# So much together is offered while somebody types, where a look costs nothing.
OFFERED = 15
# So much together stands in the report: one strong reason, or two weaker ones.
REPORTED = 40

# What the reasons compare; of a customer its columns of these names.
KEYS = (
    "match_name", "sound_key", "email_key", "phone_key", "tax_key", "domain_key", "external_id",
    "billing_line1", "billing_postal_code", "city_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """code: stable word. weight: -100 to 100. holds: SQL on two rows `a` and `b` with the columns KEYS."""

    code: str
    weight: int
    holds: str


def _same(key: str) -> str:
    return f"(a.{key} <> '' AND a.{key} = b.{key})"


_SIMILARITY = "public.similarity(a.match_name, b.match_name)"
_DIGITS = "regexp_replace({}.match_name, '[^0-9]', '', 'g')"
# "Branch 12" and "Branch 13" differ in what they say, not by a slip.
_SAME_DIGITS = f"{_DIGITS.format('a')} = {_DIGITS.format('b')}"
_ALIKE_NAME = (
    f"(a.match_name <> b.match_name AND a.match_name <> '' AND b.match_name <> '' AND {_SAME_DIGITS}"
    f" AND {_SIMILARITY} >= CASE WHEN a.sound_key = b.sound_key THEN 0.35 ELSE 0.6 END)"
)
# By code point the beginning of a name is the lesser one. One that ends in a digit is another number's.
_BEGINS = (
    "(a.match_name <> b.match_name AND least(length(a.match_name), length(b.match_name)) >= 3"
    " AND greatest(a.match_name, b.match_name) ^@ least(a.match_name, b.match_name)"
    " AND least(a.match_name, b.match_name) !~ '[0-9]$')"
)
_SAME_ADDRESS = (
    "(a.billing_line1 <> '' AND a.billing_postal_code <> ''"
    " AND upper(replace(a.billing_postal_code, ' ', '')) = upper(replace(b.billing_postal_code, ' ', ''))"
    " AND app.match_name(a.billing_line1) = app.match_name(b.billing_line1))"
)

REASONS = (
    Reason("external_id", 100, _same("external_id")),
    Reason("tax_id", 60, _same("tax_key")),
    Reason("email", 50, _same("email_key")),
    Reason("phone", 40, _same("phone_key")),
    Reason("same_name", 40, _same("match_name")),
    Reason("alike_name", 30, _ALIKE_NAME),
    Reason("name_begins", 15, f"({_BEGINS} AND NOT {_ALIKE_NAME})"),
    Reason("domain", 20, _same("domain_key")),
    Reason("address", 20, _SAME_ADDRESS),
    Reason("city", 10, f"({_same('city_key')} AND NOT {_SAME_ADDRESS})"),
    Reason("other_tax_id", -40, "(a.tax_key <> '' AND b.tax_key <> '' AND a.tax_key <> b.tax_key)"),
)
CODES = tuple(reason.code for reason in REASONS)
WEIGHTS = {reason.code: reason.weight for reason in REASONS}

# After FROM … AS a, … AS b: adds `why.reasons`, the codes that hold, and `why.score`, the sum of their
# weights. OFFSET 0 keeps the two from being worked out again wherever they are named.
JUDGED = (
    "CROSS JOIN LATERAL (SELECT array_remove(ARRAY["
    + ", ".join(f"CASE WHEN {reason.holds} THEN '{reason.code}' END" for reason in REASONS)
    + "], NULL) AS reasons OFFSET 0) AS held"
    " CROSS JOIN LATERAL (SELECT held.reasons, "
    + " + ".join(
        f"CASE WHEN '{reason.code}' = ANY (held.reasons) THEN {reason.weight} ELSE 0 END"
        for reason in REASONS
    )
    + " AS score OFFSET 0) AS why"
)


def explained(codes: Sequence[str]) -> list[dict[str, object]]:
    """[{"code", "weight"}], the heaviest first."""
    weighed = [{"code": code, "weight": WEIGHTS[code]} for code in codes]
    return sorted(weighed, key=lambda reason: -WEIGHTS[str(reason["code"])])
