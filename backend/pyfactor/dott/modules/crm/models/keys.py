"""Generated columns of the customer: what lists sort by and what search looks into.

PostgreSQL does not let one generated column read another, so the expressions are built from the
stored fields each time.
"""

from django.db.models import Case, CharField, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Concat, Greatest, Left, Length, Lower, LPad, Replace, Trim

from dott.platform.tenancy.search import SearchKey

# NFKD makes up to 18 characters of one (U+FDFA), and a btree entry may have 2,704 bytes.
KEY_MAX_LENGTH = 200


class Digits(Func):
    """The ASCII digits of a text."""

    function = "regexp_replace"
    template = "%(function)s(%(expressions)s, '[^0-9]', '', 'g')"
    arity = 1
    output_field = TextField()


def display_name() -> Case:
    """The name a person reads: of a business its own, of a person first and last name."""
    return Case(
        When(kind="business", then=F("business_name")),
        default=Trim(Concat("first_name", Value(" "), "last_name")),
        output_field=CharField(),
    )


def key(expression: object) -> Left:
    """Sort and comparison key of a text: "Åbo" and "abo" are the same place."""
    return Left(SearchKey(expression), KEY_MAX_LENGTH)


def email_key() -> Lower:
    """E-mail addresses are compared without case, but with accents."""
    return Lower("email")


def account_number(prefix: str) -> Concat:
    """C-000042 from 42, and C-1000042 from 1000042: lpad alone would cut it off."""
    number = Cast("number", TextField())
    return Concat(
        Value(prefix), LPad(number, Greatest(Length(number), 6), Value("0")), output_field=TextField()
    )


def search_text() -> Concat:
    """Everything `q` looks into; each word has a space in front, so " an" finds words that begin so.

    The account number stands there as 42/c-000042: as a word of its own, C- would make everybody match
    the letter c. Phone numbers are bare digits.
    """
    space = Value(" ")
    words = Concat(
        "business_name", space, "first_name", space, "last_name", space,
        "email", space, "external_id", space, "billing_city",
        output_field=TextField(),
    )  # fmt: skip
    return Concat(
        space, SearchKey(words),
        space, Cast("number", TextField()), account_number("/c-"),
        space, Replace("phone", Value("+")), space, Digits("phone_raw"),
        output_field=TextField(),
    )  # fmt: skip
