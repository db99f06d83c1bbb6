"""Rules between the fields of a customer: the constraint and the sentence for whoever broke it.

Each rule is stated twice on purpose, side by side: as the CHECK that holds whatever the way in, and as
a predicate on plain values, because asking the database would cost a round trip per rule.
tests/test_customer_limits.py holds the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CheckConstraint, Q


@dataclass(frozen=True, slots=True)
class Rule:
    """code: name of the constraint and of the error. fields: where the sentence is shown."""

    code: str
    fields: tuple[str, ...]
    sentence: str
    condition: Q
    holds: Callable[[Mapping[str, Any]], bool]

    def constraint(self) -> CheckConstraint:
        """The CHECK constraint of the rule."""
        return CheckConstraint(name=self.code, condition=self.condition)


CUSTOMER_RULES = (
    Rule(
        code="customer_business_has_business_name",
        fields=("business_name",),
        sentence="A business needs its name.",
        condition=~Q(kind="business") | ~Q(business_name=""),
        holds=lambda values: values["kind"] != "business" or bool(values["business_name"]),
    ),
    Rule(
        code="customer_person_has_a_name",
        fields=("first_name", "last_name"),
        sentence="A person needs a first or a last name.",
        condition=~Q(kind="person") | ~Q(first_name="") | ~Q(last_name=""),
        holds=lambda values: (
            values["kind"] != "person" or bool(values["first_name"]) or bool(values["last_name"])
        ),
    ),
    Rule(
        code="customer_exemption_details_need_exemption",
        fields=("is_tax_exempt",),
        sentence="A certificate or its expiry belongs to a customer who is tax exempt.",
        condition=Q(is_tax_exempt=True) | Q(tax_exempt_certificate="", tax_exempt_expires_on__isnull=True),
        holds=lambda values: (
            values["is_tax_exempt"]
            or not (values["tax_exempt_certificate"] or values["tax_exempt_expires_on"])
        ),
    ),
)
