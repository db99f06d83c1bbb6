"""Generated columns: what lists sort by and what search looks into.

PostgreSQL does not let one generated column read another, so the expressions are built from the
stored fields each time.
"""

from django.db.models import BigIntegerField, Case, CharField, DateTimeField, F, Func, TextField, Value, When
from django.db.models.functions import (
    Cast,
    Coalesce,
    Concat,
    Greatest,
    Least,
    Left,
    Length,
    Lower,
    LPad,
    Replace,
    Trim,
    Upper,
)

from dott.modules.crm.models.numbers import DIGITS
from dott.platform.tenancy.search import SearchKey

# NFKD makes up to 18 characters of one (U+FDFA), and a btree entry may have 2,704 bytes.
KEY_MAX_LENGTH = 200
# Search looks into so many characters of a text; a trigram index of whole letters would dwarf the table.
BODY_SEARCHED_LENGTH = 2_000


class OwnWords(Func):
    """app.own_words(custom): what can be searched of the business's own fields."""

    function = "app.own_words"
    arity = 1
    output_field = TextField()


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


def person_name() -> Trim:
    """First and last name, of a contact."""
    return Trim(Concat("first_name", Value(" "), "last_name"), output_field=CharField())


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
        Value(prefix), LPad(number, Greatest(Length(number), DIGITS), Value("0")), output_field=TextField()
    )


def search_text() -> Concat:
    """Everything `q` looks into; each word has a space in front, so " an" finds words that begin so.

    The account number stands there as 42/c-000042: as a word of its own, C- would make everybody match
    the letter c. Phone numbers are bare digits.
    """
    space = Value(" ")
    words = Concat(
        "business_name", space, "first_name", space, "last_name", space,
        "email", space, "external_id", space, "billing_city", space, OwnWords("custom"),
        output_field=TextField(),
    )  # fmt: skip
    return Concat(
        space, SearchKey(words),
        space, Cast("number", TextField()), account_number("/c-"),
        space, Replace("phone", Value("+")), space, Digits("phone_raw"),
        output_field=TextField(),
    )  # fmt: skip


_OWN = (OwnWords("custom"),)


def _words(*fields: str, more: tuple[Func, ...] = ()) -> SearchKey:
    """The search key of several fields, a space between each. more: expressions behind them."""
    parts = [part for field in (*map(F, fields), *more) for part in (Value(" "), field)][1:]
    return SearchKey(Concat(*parts, output_field=TextField()) if len(parts) > 1 else parts[0])


def contact_search_text() -> Concat:
    """Of a contact: names, e-mail, job, own fields, and the phone's digits."""
    space = Value(" ")
    return Concat(
        space, _words("first_name", "last_name", "email", "external_id", "job_title", more=_OWN),
        space, Replace("phone", Value("+")), space, Digits("phone_raw"),
        output_field=TextField(),
    )  # fmt: skip


def deal_search_text() -> Concat:
    """Of a deal: its name, number, next step and own fields."""
    space = Value(" ")
    return Concat(
        space, _words("name", "external_id", "next_step", more=_OWN),
        space, Cast("number", TextField()), account_number("/d-"),
        output_field=TextField(),
    )  # fmt: skip


def amount_key() -> Cast:
    """An amount of four decimals in its ten-thousandths."""
    return Cast(F("amount") * 10_000, BigIntegerField())


def activity_search_text() -> Concat:
    """Of an activity: subject and the beginning of its text."""
    return Concat(
        Value(" "), _words("subject"), Value(" "), SearchKey(Left("body", BODY_SEARCHED_LENGTH)),
        output_field=TextField(),
    )  # fmt: skip


class _EndOfDay(Func):
    """A date → its last second in UTC. PostgreSQL calls date + interval at a fixed zone immutable."""

    template = "((%(expressions)s + interval '1 day' - interval '1 second') AT TIME ZONE 'UTC')"
    arity = 1
    output_field = DateTimeField()


def due_order() -> Coalesce:
    """When an activity is due, as one instant."""
    return Coalesce(F("due_at"), _EndOfDay("due_on"), output_field=DateTimeField())


def happened_at() -> Coalesce:
    """When an activity took place: done, else begun, else written."""
    return Coalesce("starts_at", "completed_at", "created_at", output_field=DateTimeField())


class MatchName(Func):
    """app.match_name(name): what is left of a name when it is compared with another."""

    function = "app.match_name"
    arity = 1
    output_field = TextField()


class NameSound(Func):
    """app.name_sound(match name): alike for names that differ in vowels, doubled letters and the like."""

    function = "app.name_sound"
    arity = 1
    output_field = TextField()


class OwnDomain(Func):
    """app.own_domain(website, email): the party's own part of the internet, "" for a mail provider's."""

    function = "app.own_domain"
    arity = 2
    output_field = TextField()


def match_name() -> Case:
    """Of a business its name without legal form; of a person both names."""
    return Case(
        When(kind="business", then=MatchName("business_name")),
        default=person_match_name(),
        output_field=TextField(),
    )


def person_match_name() -> MatchName:
    """Both names, whichever field each stands in."""
    names = (Lower("first_name"), Lower("last_name"))
    return MatchName(Concat(Least(*names), Value(" "), Greatest(*names), output_field=TextField()))


def sound_key(name: Case | MatchName | None = None) -> NameSound:
    """By which names that may be one are found. name: of a customer when none is given."""
    return NameSound(match_name() if name is None else name)


def phone_key() -> Case:
    """The number's digits with country code, or what can be read off one that is kept as it was given."""
    raw = Func(Digits("phone_raw"), Value("0"), function="ltrim", output_field=TextField())
    return Case(
        When(phone__gt="", then=Replace("phone", Value("+"))),
        default=raw,
        output_field=TextField(),
    )


class Alphanumeric(Func):
    """The ASCII digits and capitals of a text."""

    function = "regexp_replace"
    template = "%(function)s(%(expressions)s, '[^0-9A-Z]', '', 'g')"
    arity = 1
    output_field = TextField()


def tax_key() -> Alphanumeric:
    """A tax id however it is grouped: "DE 123.456.789" is DE123456789."""
    return Alphanumeric(Upper("tax_id"))


def domain_key() -> OwnDomain:
    """Where the website lies, or the mailbox."""
    return OwnDomain("website", "email")
