"""Writing a mail: one frame for all, words from the catalogue, values put in last."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import dateformat, translation

from dott.platform.mail.catalogue import Text, plural, words
from dott.platform.mail.languages import RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands out in a mail. code: to be typed. quoted: said as it is. link: where the button leads.

    Each is a sentence with {values}; empty for none. variant: the value that picks among several sentences; a
    number picks by the form that it takes.
    """

    code: str = ""
    quoted: str = ""
    link: str = ""
    variant: str = ""


_HOLE = re.compile(r"\{(\w+)\}")
_RESET = "{origin}/forgotten-password"
MAILS = {
    "account_already_exists": Frame(link="{password_reset_url}"),
    "api_key_made": Frame(quoted="{name} ({prefix}…)"),
    "business_ready": Frame(
        quoted="SHA-256 {sha256}", link="{origin}/{business}/settings/your-data", variant="asker"
    ),
    "email_confirmation": Frame(code="{code}"),
    "email_confirmation_signup": Frame(code="{code}"),
    "factor_changed": Frame(link=_RESET, variant="event"),
    "invitation": Frame(link="{link}"),
    "new_device": Frame(quoted="{browser}", link=_RESET),
    "password_changed": Frame(link=_RESET, variant="api_keys"),
    "password_reset": Frame(link=_RESET, variant="api_keys"),
    "password_reset_code": Frame(code="{code}"),
    "reminder": Frame(link="{origin}/{business}/tasks"),
    "unknown_account": Frame(link="{signup_url}"),
    "webhook_off": Frame(quoted="{url}", link="{origin}/{business}/settings/webhooks", variant="reason"),
}


def compose(
    name: str, *, to: str, language: str, values: Mapping[str, Any], headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """A mail of the catalogue, as text and as HTML. language: one of languages.LANGUAGES.

    values: for the {values} of its sentences and of its Frame; dates are written as the language writes them.
    """
    shape, entry, frame = MAILS[name], words(language)[name], words(language)["frame"]
    plain = {key: _written(value, language) for key, value in values.items()}
    plain |= {"origin": settings.PUBLIC_ORIGIN, "email": to}
    # In a sentence that runs from the right, a foreign name would drag its punctuation along.
    isolate = language in RIGHT_TO_LEFT
    said = {key: f"\u2068{value}\u2069" if isolate and value else value for key, value in plain.items()}
    variant = _variant(values.get(shape.variant), language)

    def sentence(key: str) -> str:
        return _filled(_picked(entry.get(key, ""), variant), said)

    subject = _filled(_picked(entry["subject"], variant), plain)
    context = {
        "language": language,
        "direction": "rtl" if isolate else "ltr",
        "origin": settings.PUBLIC_ORIGIN,
        "sent_by": _picked(frame["sent_by"], ""),
        **{key: sentence(key) for key in ("lead", "more", "button", "note")},
        **{key: _filled(getattr(shape, key), plain) for key in ("code", "quoted", "link")},
    }
    # A line break would be another header.
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string("mail/message.txt", context).strip() + "\n",
        to=[to],
        headers=headers,
    )
    message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    return message


def _variant(value: Any, language: str) -> str:
    if isinstance(value, int):
        return plural(language, value) if value else ""
    return str(value or "")


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    """A value that looks like a name is not looked up again. Raises KeyError for a name there is not."""
    return _HOLE.sub(lambda hole: values[hole[1]], sentence)


def _picked(text: Text, variant: str) -> str:
    return text if isinstance(text, str) else text.get(variant, "")


def _written(value: Any, language: str) -> str:
    if not isinstance(value, date):
        return str(value)
    frame = words(language)["frame"]
    pattern = _picked(frame["time" if isinstance(value, datetime) else "date"], "")
    with translation.override(language):
        return str(dateformat.format(value, pattern))
