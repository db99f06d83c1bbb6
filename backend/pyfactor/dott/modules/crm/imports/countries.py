"""Country names in many languages → ISO 3166-1 alpha-2."""

from __future__ import annotations

import gettext
import unicodedata
from functools import lru_cache

import pycountry

# Languages whose country names are understood, from the translations that pycountry carries.
LANGUAGES = (  # noqa: SIM905  (forty quoted codes read worse)
    "de es fr it pt pt_BR nl pl sv da nb_NO fi cs sk hu ro tr el ru uk ja zh_CN zh_TW ko ar he ca hr sl bg et"
    " lv lt is ga"
).split()

# Names in daily use that the standard does not list.
ALIASES = {
    "GB": "uk|england|scotland|wales|northern ireland|great britain|britain|u k|grossbritannien|"
    "gran bretagna|inghilterra|angleterre|inglaterra",
    "US": "usa|u s a|u s|america|united states of america|eeuu|ee uu|estados unidos de america|"
    "etats unis d amerique",
    "NL": "the netherlands|holland",
    "RU": "russia|россия",
    "KR": "south korea|korea",
    "KP": "north korea",
    "CZ": "czech republic",
    "VN": "vietnam",
    "IR": "iran",
    "SY": "syria",
    "TW": "taiwan",
    "TZ": "tanzania",
    "VE": "venezuela",
    "BO": "bolivia",
    "MD": "moldova",
    "MK": "macedonia",
    "LA": "laos",
    "BN": "brunei",
    "AE": "uae|emirates",
    "CI": "ivory coast",
    "CV": "cape verde",
    "SZ": "swaziland",
    "MM": "burma",
    "VA": "vatican",
    "PS": "palestine",
    "MO": "macau",
    "TR": "turkey|turkiye",
    "IE": "eire|republic of ireland",
    "DE": "brd|deutschland brd",
    "CH": "suisse|svizzera|schweiz",
    "ZA": "rsa",
    "XK": "kosovo|kosova|xk",
    "CD": "congo kinshasa",
    "CG": "congo brazzaville",
    "NZ": "nz",
    "CN": "peoples republic of china",
    "HK": "hongkong",
    "AT": "osterreich",
}


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c not in "'’")
    return " ".join(kept.split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every known name → code. About 8,000 entries, built once per process in some 100 ms."""
    table: dict[str, str] = {}
    catalogues = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
        for language in LANGUAGES
    ]
    # English and codes first: where two languages disagree about a name, the standard wins.
    for country in pycountry.countries:
        for attribute in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            if name := getattr(country, attribute, None):
                table.setdefault(_key(name), country.alpha_2)
    for code, names in ALIASES.items():
        table.update((_key(name), code) for name in names.split("|"))
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            name = str(getattr(country, attribute, ""))
            for catalogue in catalogues if name else ():
                table.setdefault(_key(catalogue.gettext(name)), country.alpha_2)
    return table


@lru_cache(maxsize=4096)
def country_code(name: str) -> str | None:
    """'Germany', 'Deutschland', 'DEU', 'de' → 'DE'; None when it is no country's name."""
    return _names().get(_key(name))
