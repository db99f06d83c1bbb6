"""Every mail exists in every language, whole; and each can be written."""

import string
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dott.platform.mail.catalogue import PLURALS, Text, plural, words
from dott.platform.mail.compose import MAILS, compose
from dott.platform.mail.languages import LANGUAGES, SOURCE, accepted, language_of

TRANSLATIONS = [language for language in LANGUAGES if language != SOURCE]
NUMBERS = {name for name, frame in MAILS.items() if frame.variant == "api_keys"}
VALUES: dict[str, Any] = {
    "api_keys": 3,
    "asker": "known",
    "at": datetime(2026, 11, 29, 8, 5, tzinfo=UTC),
    "browser": "Firefox <b>",
    "business": "acme",
    "code": "ABCD-EFGH",
    "event": "passkey_added",
    "expires_on": date(2027, 3, 1),
    "inviter": "Ada & Co",
    "ip": "192.0.2.1",
    "left": 9,
    "link": "https://dott.example/invitation#token",
    "name": "Phone",
    "password_reset_url": "https://dott.example/forgotten-password",
    "prefix": "dott_1234",
    "reason": "gone",
    "sha256": "ab" * 32,
    "signup_url": "https://dott.example/sign-up",
    "subject": "Ring Ada",
    "timestamp": datetime(2026, 11, 29, 8, 5, tzinfo=UTC),
    "until": datetime(2026, 12, 6, 8, 5, tzinfo=UTC),
    "url": "https://hook.example/in",
    "who": "Ada",
}


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def sentences(text: Text) -> dict[str, str]:
    return {"": text} if isinstance(text, str) else text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    assert set(words(language)) == {"frame", *MAILS}


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", ["frame", *MAILS])
def test_a_translation_says_all_that_the_source_says(name: str, language: str) -> None:
    source, translated = words(SOURCE)[name], words(language)[name]
    assert list(translated) == list(source)
    for key, text in source.items():
        ours, theirs = sentences(text), sentences(translated[key])
        is_number = name in NUMBERS and key == "more"
        expected = PLURALS[language] if is_number else set(ours)
        assert set(theirs) == expected, key
        assert all(sentence.strip() for sentence in theirs.values()), key
        for variant, sentence in theirs.items():
            like = ours["other"] if is_number else ours[variant]
            # Some languages say one and two without a numeral.
            assert holes(like) - {"api_keys"} <= holes(sentence) <= holes(like), (key, variant)
        if key not in {"date", "time"} and holes(sentences(text).get("", "")) != {"subject"}:
            assert ours != theirs, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(MAILS))
def test_every_mail_can_be_written(name: str, language: str) -> None:
    message = compose(name, to="mia@example.com", language=language, values=VALUES)
    html = str(message.alternatives[0][0])
    body = str(message.body)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    for text in (str(message.subject), body, html.partition("<body")[2]):
        assert "{" not in text
        assert text.strip()
    frame = MAILS[name]
    assert (VALUES["code"] in body) == bool(frame.code)
    # The last one leads to Dott itself.
    assert html.count("<a href=") == bool(frame.link) + 1
    assert "Firefox <b>" not in html


def test_dates_are_written_as_the_language_writes_them() -> None:
    def expiry(language: str) -> str:
        values = VALUES | {"expires_on": date(2027, 3, 1)}
        return str(compose("api_key_made", to="a@b.example", language=language, values=values).body)

    assert "1 March 2027" in expiry("en")
    assert "1. März 2027" in expiry("de")
    assert "1 مارس 2027" in expiry("ar")


def test_a_foreign_name_is_isolated_where_one_writes_from_the_right() -> None:
    body = str(compose("invitation", to="mia@example.com", language="ar", values=VALUES).body)
    assert body.startswith("\u2068Ada & Co\u2069")
    assert "\u2068" not in str(compose("invitation", to="mia@example.com", language="de", values=VALUES).body)


@pytest.mark.asvs("1.3.11")
def test_a_line_break_in_a_value_makes_no_header() -> None:
    values = VALUES | {"inviter": "Ada\r\nBcc: eve@example.com"}
    message = compose("invitation", to="mia@example.com", language="en", values=values)
    assert str(message.subject) == "Ada Bcc: eve@example.com invites you to acme"
    assert message.message()["Bcc"] is None


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {1: "one", 0: "other", 2: "other", 21: "other"}),
        ("de", {1: "one", 5: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other"}),
    ],
)  # fmt: skip
def test_a_number_takes_the_form_that_the_language_has(language: str, forms: dict[int, str]) -> None:
    assert {count: plural(language, count) for count in forms} == forms


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr, ar;q=0.4, de;q=0.7", "de"),
        ("en;q=0.2,AR-eg;q=0.3", "ar"),
        ("de;q=0, ar", "ar"),
        ("de;q=x, ar;q=0.1", "ar"),
        ("fr,*", "en"),
        (";;q=,,-", "en"),
        ("", "en"),
    ],
)
def test_the_browser_s_best_language_that_there_is(header: str, language: str) -> None:
    assert language_of(accepted(header)) == language
