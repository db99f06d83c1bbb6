"""The written form of codes and addresses, as the database checks it.

Whether a code exists is for the validators (validators.py, identity's), which know the lists; these
patterns are what holds when a row comes in another way. The expressions use only what Python's and
PostgreSQL's dialects agree on; both take \\Z for the very end, where Python's $ would let a final newline
pass. A Shape is a Django validator too, for fields that no list describes.
"""

import re
from typing import Any, cast

from django.core.validators import RegexValidator
from django.db.models import CheckConstraint, Q
from django.utils.deconstruct import deconstructible


@deconstructible
class Shape(RegexValidator):
    """A pattern that a filled field must have; the empty string always passes."""

    def constraint(self, field: str, of: str = "customer") -> CheckConstraint:
        """CHECK (field = '' OR field ~ pattern), named <of>_<field>_<code>."""
        return CheckConstraint(
            name=f"{of}_{field}_{self.code}",
            condition=Q(**{field: ""}) | Q(**{f"{field}__regex": cast(re.Pattern[str], self.regex).pattern}),
        )


def _shape(code: str, pattern: str, message: str, **kwargs: Any) -> Shape:
    return Shape(regex=rf"^{pattern}\Z", code=code, message=message, **kwargs)


E164 = _shape(
    "is_e164", r"\+[1-9][0-9]{6,14}", "Write the phone number with + and country code, such as +4930901820."
)
EMAIL = _shape("is_address", r".+@[^@\s]+", "Write an e-mail address such as name@example.com.")
WEBSITE = _shape("is_http", r"[hH][tT][tT][pP][sS]?://\S+", "Start the address with https:// or http://.")
CURRENCY = _shape("is_code", r"[A-Z]{3}", "Use the three-letter currency code, such as EUR.")
COUNTRY = _shape("is_code", r"[A-Z]{2}", "Use the two-letter country code, such as DE.")
LANGUAGE = _shape("is_tag", r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", "Use a language tag, such as de or pt-BR.")
TIMEZONE = _shape(
    "is_name", r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", "Use a time zone's name, such as Europe/Berlin."
)
