"""The words of the mails: words/<language>.json, one entry a mail, the same keys in every language.

An entry has `subject` and `lead`, and may have `more`, `button` and `note`. A text is a sentence with
{values}, or several of which one is said: by the form that a number takes, or by what has happened.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).parent / "words"

# A sentence, or one for each variant.
Text = str | dict[str, str]


@cache
def words(language: str) -> dict[str, dict[str, Text]]:
    """The whole catalogue of one language. Entry "frame" belongs to every mail."""
    loaded: dict[str, Any] = json.loads((_WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return loaded


def plural(language: str, count: int) -> str:
    """The form that a number takes, by CLDR's rules for whole numbers."""
    if language != "ar":
        return "one" if count == 1 else "other"
    if count < 3:
        return ("zero", "one", "two")[count]
    rest = count % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"


PLURALS = {
    "en": frozenset({"one", "other"}),
    "de": frozenset({"one", "other"}),
    "ar": frozenset({"zero", "one", "two", "few", "many", "other"}),
}
