"""One cell with a person's name → salutation, first name, last name."""

from __future__ import annotations

from typing import NamedTuple

SALUTATIONS = frozenset(
    (  # noqa: SIM905  (sixty quoted words read worse)
        "mr mrs ms miss mx sir dr prof herr frau hr fr m mme mlle monsieur madame señor señora srta sr sra"
        " don doña sig signor signora ing dipl-ing mag lic dhr mevr"
    ).split()
)
# Words that begin a last name when they stand inside a name ("Maria de la Cruz", "Jan van der Berg").
PARTICLES = frozenset(
    (  # noqa: SIM905
        "de del della dello degli dei di da das do dos du des la le las los van von vom zu zur zum der den"
        " ter ten te af av bin ibn ben st. saint san santa"
    ).split()
)
CONNECTORS = frozenset({"y", "e", "i", "und", "et"})
SUFFIXES = frozenset(
    {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq", "esq."}
)


class PersonName(NamedTuple):
    salutation: str
    first_name: str
    last_name: str


def split_name(text: str) -> PersonName:
    """'José Pedro Freyre' → José Pedro · Freyre; 'Dr. Ana de la Cruz' → Dr. · Ana · de la Cruz.

    'Freyre, José' is read as last name first. A single word is a first name, or a last name when a
    title stands before it ('Frau Müller').
    """
    family, comma, given = text.partition(",")
    if comma and given.strip() and given.strip().casefold() not in SUFFIXES:
        titles, rest = _take_titles(given.split())
        return PersonName(" ".join(titles), " ".join(rest), " ".join(family.split()))
    titles, parts = _take_titles(text.split())
    if len(parts) < 2:
        single = " ".join(parts)
        return PersonName(" ".join(titles), "" if titles else single, single if titles else "")
    cut = _last_name_start(parts)
    return PersonName(" ".join(titles), " ".join(parts[:cut]), " ".join(parts[cut:]))


def _take_titles(parts: list[str]) -> tuple[list[str], list[str]]:
    count = 0
    # "Don" or "M" alone could be a name: never take the last word as a title.
    while count < len(parts) - 1 and parts[count].rstrip(".").casefold() in SALUTATIONS:
        count += 1
    return parts[:count], parts[count:]


def _last_name_start(parts: list[str]) -> int:
    """Index of the first word of the last name; at least 1."""
    end = len(parts) - 1
    if parts[end].casefold() in SUFFIXES and end > 1:
        end -= 1
    for index in range(1, end):
        if parts[index].casefold() in PARTICLES:
            return index
    if end > 2 and parts[end - 1].casefold() in CONNECTORS:
        return end - 2
    return end
