"""Why two records may be one, what each reason weighs, and the SQL that says so of any two.

A reason looks at two sets of keys and never at which is which, so it holds of a and b as of b and a. What is
found by whatever way is judged by these alone: the candidates of a form, the pairs of the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# So much together is offered while somebody types, where a look costs nothing.
OFFERED = 15
# So much together stands in the report: one strong reason, or two weaker ones.
REPORTED = 40
# In a reason: that the acting member sees the link `x` of a contact.
SEEN_LINK = ":seen_link"


@dataclass(frozen=True, slots=True)
class Reason:
    """code: stable word. weight: -100 to 100. holds: SQL on two rows `a` and `b` with the kind's keys, and
    %(tenant)s."""

    code: str
    weight: int
    holds: str


def _same(key: str) -> str:
    return f"(a.{key} <> '' AND a.{key} = b.{key})"


_SIMILARITY = "public.similarity(a.match_name, b.match_name)"
_DIGITS = "regexp_replace({}.match_name, '[^0-9]', '', 'g')"
# "Branch 12" and "Branch 13" differ in what they say, not by a slip.
_SAME_DIGITS = f"{_DIGITS.format('a')} = {_DIGITS.format('b')}"
_OTHER = "(a.match_name <> b.match_name AND a.match_name <> '' AND b.match_name <> ''"
_ALIKE_NAME = (
    f"{_OTHER} AND {_SAME_DIGITS}"
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
_SAME_CUSTOMER = (
    "EXISTS (SELECT FROM crm_customer_contact x JOIN crm_customer_contact y"
    " ON y.tenant_id = %(tenant)s AND y.customer_id = x.customer_id AND y.contact_id = b.id::uuid"
    " WHERE x.tenant_id = %(tenant)s AND x.contact_id = a.id::uuid AND :seen_link)"
)

_EXTERNAL_ID = Reason("external_id", 100, _same("external_id"))
_EMAIL = Reason("email", 50, _same("email_key"))
_PHONE = Reason("phone", 40, _same("phone_key"))
_NAMES = (
    Reason("same_name", 40, _same("match_name")),
    Reason("alike_name", 30, _ALIKE_NAME),
    Reason("name_begins", 15, f"({_BEGINS} AND NOT {_ALIKE_NAME})"),
)
OF_CUSTOMERS = (
    _EXTERNAL_ID,
    Reason("tax_id", 60, _same("tax_key")),
    _EMAIL,
    _PHONE,
    *_NAMES,
    Reason("domain", 20, _same("domain_key")),
    Reason("address", 20, _SAME_ADDRESS),
    Reason("city", 10, f"({_same('city_key')} AND NOT {_SAME_ADDRESS})"),
    Reason("other_tax_id", -40, "(a.tax_key <> '' AND b.tax_key <> '' AND a.tax_key <> b.tax_key)"),
)
# Colleagues share a domain, a telephone and often a mailbox; what tells them apart is the name.
OF_CONTACTS = (
    _EXTERNAL_ID,
    _EMAIL,
    _PHONE,
    *_NAMES,
    Reason("customer", 20, _SAME_CUSTOMER),
    Reason("other_name", -30, f"{_OTHER} AND NOT {_ALIKE_NAME} AND NOT {_BEGINS})"),
)
REASONS = tuple({reason.code: reason for reason in (*OF_CUSTOMERS, *OF_CONTACTS)}.values())
CODES = tuple(reason.code for reason in REASONS)
WEIGHTS = {reason.code: reason.weight for reason in REASONS}


def judged(reasons: Sequence[Reason]) -> str:
    """After FROM … AS a, … AS b: adds `why.reasons`, the codes that hold, and `why.score`, the sum of their
    weights. OFFSET 0 keeps the two from being worked out again wherever they are named."""
    codes = ", ".join(f"CASE WHEN {one.holds} THEN '{one.code}' END" for one in reasons)
    score = " + ".join(
        f"CASE WHEN '{one.code}' = ANY (held.reasons) THEN {one.weight} ELSE 0 END" for one in reasons
    )
    return (
        f"CROSS JOIN LATERAL (SELECT array_remove(ARRAY[{codes}], NULL) AS reasons OFFSET 0) AS held"
        f" CROSS JOIN LATERAL (SELECT held.reasons, {score} AS score OFFSET 0) AS why"
    )


def explained(codes: Sequence[str]) -> list[dict[str, object]]:
    """[{"code", "weight"}], the heaviest first."""
    weighed = [{"code": code, "weight": WEIGHTS[code]} for code in codes]
    return sorted(weighed, key=lambda reason: -WEIGHTS[str(reason["code"])])
