"""One cell → one value, or a CellError that says what is wrong with it.

Every function takes text without outer white space that is not empty. Limits are those of the
customer (model.md), stated once in fields.py.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
import zoneinfo
from collections.abc import Callable
from functools import lru_cache

import pycountry

from .countries import country_code
from .errors import CellError
from .fields import CHOICES
from .formula import unguard
from .headers import words

EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z][A-Za-z-]{0,61}[A-Za-z]|[Xx][Nn]--[A-Za-z0-9]{1,59})"
)
EMAIL_IN_BRACKETS = re.compile(r".*<\s*([^<>\s]+@[^<>\s]+)\s*>")
WEBSITE = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d\d.*")
LINE_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")

TRUE_WORDS = frozenset(
    ["true", "t", "yes", "y", "1", "x", "on", "ja", "j", "oui", "o", "si", "sim", "s", "wahr", "vrai", "tak"]
)
FALSE_WORDS = frozenset(
    ["false", "f", "no", "n", "0", "off", "nein", "non", "nao", "falsch", "falso", "faux", "nie"]
)
CURRENCY_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "R$": "BRL",
    "₹": "INR",
    "₺": "TRY",
    "₩": "KRW",
    "₽": "RUB",
    "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF",
}
LANGUAGE_NAMES = {
    "de": "deutsch|alemán|allemand|tedesco",
    "en": "englisch|inglés|anglais|inglese",
    "es": "español|castellano|spanisch|espagnol|spagnolo",
    "fr": "français|französisch|francés|francese",
    "it": "italiano|italienisch|italien",
    "pt": "português|portugiesisch|portugués|portugais",
    "nl": "nederlands|niederländisch|dutch",
    "pl": "polski|polnisch",
    "sv": "svenska",
    "da": "dansk",
    "nb": "norsk",
    "fi": "suomi",
}
CHOICE_WORDS: dict[str, dict[str, str]] = {
    "customer_kind": {
        "company": "business", "organisation": "business", "organization": "business", "firma": "business",
        "empresa": "business", "entreprise": "business", "b2b": "business", "individual": "person",
        "private": "person", "privat": "person", "persona": "person", "personne": "person", "b2c": "person",
    },
    "stage": {
        "client": "customer", "kunde": "customer", "cliente": "customer", "opportunity": "prospect",
        "interessent": "prospect", "ex customer": "former", "churned": "former", "lost": "former",
    },
    "status": {
        "aktiv": "active", "activo": "active", "actif": "active", "enabled": "active", "inaktiv": "inactive",
        "inactivo": "inactive", "inactif": "inactive", "disabled": "inactive", "gesperrt": "blocked",
        "bloqueado": "blocked", "bloque": "blocked",
    },
    "role": {
        "decision maker": "decision_maker", "entscheider": "decision_maker",
        "economic buyer": "decision_maker", "budget holder": "decision_maker",
        "executive sponsor": "decision_maker", "champion": "influencer", "blocker": "influencer",
        "end user": "user", "accounting": "billing", "rechnung": "billing", "technik": "technical",
    },
}  # fmt: skip


def clean(text: str, *, keeps_lines: bool = False) -> str:
    """NFC text without control characters. Line breaks in a one-line field become ', '."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if text[:1] == "'":
        text = unguard(text)
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not keeps_lines:
        text = LINE_BREAKS.sub(", ", text).replace("\t", " ")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()


def bounded(text: str, max_length: int) -> str:
    if len(text) > max_length:
        raise CellError(
            "too_long", f"At most {max_length:,} characters are possible; this has {len(text):,}."
        )
    return text


def text_of(max_length: int) -> Callable[[str], str]:
    """A normaliser for one-line text."""

    def normalise(text: str) -> str:
        text = clean(text)
        return text if len(text) <= max_length else bounded(text, max_length)

    return normalise


def long_text_of(max_length: int) -> Callable[[str], str]:
    return lambda text: bounded(clean(text, keeps_lines=True), max_length)


def email(text: str) -> str:
    text = clean(text).removeprefix("mailto:")
    if bracketed := EMAIL_IN_BRACKETS.fullmatch(text):
        text = bracketed[1]
    bounded(text, 254)
    if not EMAIL.fullmatch(text):
        local, at, domain = text.rpartition("@")
        try:
            ascii_domain = domain.encode("idna").decode("ascii") if at and not domain.isascii() else ""
        except UnicodeError:
            ascii_domain = ""
        if not (ascii_domain and EMAIL.fullmatch(f"{local}@{ascii_domain}")):
            raise CellError("invalid_email", f"{text!r} is not an e-mail address.")
    return text


def website(text: str) -> str:
    text = clean(text)
    if not WEBSITE.fullmatch(text):
        if not HOST.fullmatch(text):
            raise CellError("invalid_url", f"{text!r} is not a web address (http or https).")
        text = f"https://{text}"
    return bounded(text, 2048)


@lru_cache(maxsize=4096)
def country(text: str) -> str:
    code = country_code(clean(text))
    if code is None:
        raise CellError("unknown_country", f"{text!r} is not a country that is known here.")
    return code


@lru_cache(maxsize=1024)
def currency(text: str) -> str:
    found = CURRENCY_SIGNS.get(text)
    known = pycountry.currencies.get(alpha_3=text.upper()) if len(text) == 3 else None
    if found is None and known is None:
        known = next((c for c in pycountry.currencies if c.name.casefold() == text.casefold()), None)
    if found is None and known is None:
        raise CellError("unknown_currency", f"{text!r} is not an ISO 4217 currency code.")
    return found or str(known and known.alpha_3)


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    table = {words(item.name): item.alpha_2 for item in pycountry.languages if hasattr(item, "alpha_2")}
    for code, names in LANGUAGE_NAMES.items():
        table.update((words(name), code) for name in names.split("|"))
    return table


@lru_cache(maxsize=1024)
def language(text: str) -> str:
    """'German', 'deutsch', 'de_DE' → a BCP 47 tag: 'de', 'de-DE'."""
    if name := _language_names().get(words(text)):
        return name
    primary, _, region = text.replace("_", "-").partition("-")
    known = pycountry.languages.get(alpha_2=primary.lower()) or pycountry.languages.get(
        alpha_3=primary.lower()
    )
    is_region = not region or pycountry.countries.get(alpha_2=region.upper())
    if len(primary) not in (2, 3) or known is None or not is_region:
        raise CellError("unknown_language", f"{text!r} is not a language code such as en or de-AT.")
    code = getattr(known, "alpha_2", known.alpha_3)
    return f"{code}-{region.upper()}" if region else code


@lru_cache(maxsize=1024)
def timezone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise CellError("unknown_timezone", f"{text!r} is not an IANA time zone such as Europe/Berlin.")
    return text


@lru_cache(maxsize=1024)
def boolean(text: str) -> bool:
    word = words(text)
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise CellError("invalid_boolean", f"{text!r} is neither yes nor no.")


def choice_of(kind: str) -> Callable[[str], str]:
    """A normaliser for a fixed list of words, or their names in other tongues."""
    options = CHOICES[kind]

    @lru_cache(maxsize=256)
    def normalise(text: str) -> str:
        word = words(text)
        value = word if word in options else CHOICE_WORDS[kind].get(word)
        if value is None:
            raise CellError("invalid_choice", f"{text!r} is none of {', '.join(options)}.")
        return value

    return normalise


def date_of(order: str | None) -> Callable[[str], str]:
    """A normaliser giving ISO 8601 dates. order: 'dmy', 'mdy' or 'ymd' for 03/04/2025."""

    @lru_cache(maxsize=4096)
    def normalise(text: str) -> str:
        parts = [int(part) for part in re.findall(r"\d+", TIME_OF_DAY.sub("", text))]
        if len(parts) == 3:
            if parts[0] > 31:
                year, month, day = parts
            elif order == "mdy":
                month, day, year = parts
            else:
                day, month, year = parts
            # POSIX's pivot for years of two digits.
            year += (2000 if year < 69 else 1900) if year < 100 else 0
            try:
                return dt.date(year, month, day).isoformat()
            except ValueError:
                pass
        raise CellError("invalid_date", f"{text!r} is not a date. Write it as 2025-12-31.")

    return normalise


def instant_of(order: str | None) -> Callable[[str], str]:
    """A normaliser giving an instant as PostgreSQL writes it in JSON; without an offset it is UTC. A day
    alone means its noon, which is that day wherever the business is."""
    day_of = date_of(order)

    @lru_cache(maxsize=4096)
    def normalise(text: str) -> str:
        try:
            at = dt.datetime.fromisoformat(text)
        except ValueError:
            at = dt.datetime.fromisoformat(day_of(text))
        if at.time() == dt.time() and at.tzinfo is None:
            at = at.replace(hour=12)
        at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
        whole = at.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
        return whole + (f".{at.microsecond:06d}".rstrip("0") if at.microsecond else "") + "+00:00"

    return normalise


def record_id(text: str) -> str:
    """The id of a record of Dott."""
    try:
        return str(uuid.UUID(clean(text)))
    except ValueError:
        raise CellError("invalid_id", f"{text!r} is not an id that Dott has given.") from None


def detect_date_order(samples: list[str]) -> str | None:
    """'mdy' when a second number exceeds 12, 'dmy' when a first one does, None when nothing tells."""
    for sample in samples:
        parts = [int(part) for part in re.findall(r"\d+", sample)][:3]
        if len(parts) == 3:
            if parts[0] > 31:
                return "ymd"
            if parts[0] > 12:
                return "dmy"
            if parts[1] > 12:
                return "mdy"
    return None
