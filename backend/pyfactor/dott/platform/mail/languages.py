"""Which of the product's languages somebody reads (docs/adr/0012-languages.md)."""

from collections.abc import Iterable

# The catalogue's, the same as the web UI's.
LANGUAGES = ("en", "de", "ar")
SOURCE = "en"
RIGHT_TO_LEFT = frozenset({"ar"})
# What is looked at of an Accept-Language header; nobody's browser sends more.
_MOST_WISHES = 20


def language_of(tags: Iterable[str]) -> str:
    """The first of these BCP 47 tags that there are words in, without its region; else the source's."""
    for tag in tags:
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            return language
    return SOURCE


def accepted(header: str) -> list[str]:
    """Tags of an Accept-Language header, the best first. What cannot be read in it is left out."""
    wishes = []
    for part in header.split(",")[:_MOST_WISHES]:
        tag, _, rest = part.partition(";")
        quality = _quality(rest)
        if tag.strip() and quality > 0:
            wishes.append((quality, tag.strip()))
    return [tag for _, tag in sorted(wishes, key=lambda wish: -wish[0])]


def _quality(text: str) -> float:
    name, _, value = text.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
