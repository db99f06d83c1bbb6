"""The functions that make match keys say what they said when the stored keys were made."""

import random

from django.db import connections

from tests.world import World

# As first defined (migration 0014): slower, and what the keys of older rows were made by.
_WORDS = r"""' ' || regexp_replace(regexp_replace(app.search_key(name), '[''.’]', '', 'g'),
    '[^[:alnum:]]+', ' ', 'g') || ' '"""
LEGAL = (
    "ab|ag|and|aps|as|asa|bhd|bv|co|corp|corporation|doo|eg|ek|et|ev|gbr|gk|gmbh|inc|incorporated|kft|kg"
    "|kgaa|kk|lda|limited|llc|llp|lp|ltd|ltda|mbh|nv|ohg|oo|oy|oyj|plc|pte|pty|sa|sarl|sas|sdn|se|sl|slu"
    "|sp|spa|srl|sro|the|ug|und|vof|z|zoo"
)
_KEPT = f"regexp_replace(words, ' ({LEGAL})(?= )', '', 'g')"
_REPLACED = """replace(replace(replace(replace(replace(replace(replace(
    whole, 'sch', 's'), 'ph', 'f'), 'ck', 'k'), 'th', 't'), 'dt', 't'), 'tz', 's'), 'x', 'ks')"""
DIFFERENCES = rf"""
SELECT name FROM unnest(%s::text[]) AS name,
    LATERAL (SELECT {_WORDS} AS words) AS w,
    LATERAL (SELECT {_KEPT} AS kept) AS k,
    LATERAL (SELECT left(btrim(CASE WHEN btrim(kept) = '' THEN words ELSE kept END), 200) AS matched,
                    replace(name, ' ', '') AS whole) AS m,
    LATERAL (SELECT translate({_REPLACED}, 'cqzwy', 'kksvi') AS sound) AS s,
    LATERAL (SELECT regexp_replace(
        left(sound, 1) || regexp_replace(substr(sound, 2), '[aeiouh]', '', 'g'), '([^0-9])\1+', '\1', 'g')
        AS collapsed) AS c
 WHERE app.match_name(name) <> matched
    OR app.name_sound(name) <> CASE WHEN length(collapsed) < 3 THEN whole ELSE collapsed END"""
PIECES = (
    "Müller", "Schmitt", "Jansen", "Janssen", "Ida", "O'Brien", "e.V.", "GmbH", "Co.", "KG", "& Co", "the",
    "und", "The", "S.p.A.", "sp. z o.o.", "Łódź", "Ærø", "日本商事", "商商", "Ζωή", "Σ", "x", "xx", "yy",
    "123", "11", "\t", "  ", "-", "’", ".", "_", "\u0301", "\u0130", "ﬁ", "AG", "zoo", "Phönix", "Stadt",
    "Katz", "ccq", "😀😀", "aa", "hh",
)  # fmt: skip


def test_keys_are_made_as_ever(world: World) -> None:
    r = random.Random(20)
    names = ["", " ", *PIECES, "Müller " * 60, *(f"Muster {form} x" for form in LEGAL.split("|"))]
    for _ in range(5_000):
        names.append(r.choice((" ", "", "-")).join(r.choices(PIECES, k=r.randrange(1, 7))))
        names.append("".join(r.choices("abcdeghilmnostxyz .ßé商1", k=r.randrange(1, 30))))
    with connections["migrator"].cursor() as cursor:
        cursor.execute(DIFFERENCES, [names])
        assert cursor.fetchall() == []
