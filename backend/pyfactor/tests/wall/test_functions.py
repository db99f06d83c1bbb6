"""Every function in schema app: volatility, rights, search_path; and the twins of search_key agree."""

import sys
import unicodedata

import pytest
from django.db import connections
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dott.platform.tenancy.router import MIGRATOR
from dott.platform.tenancy.search import escape_like, search_key
from tests.world import World

# name → (volatility, security definer, leakproof)
EXPECTED = {
    "_body": ("s", False, False),
    "_install": ("v", False, False),
    "_mac": ("s", False, False),
    "_sees": ("s", False, False),
    "_rewrite_history": ("v", False, False),
    "change_digest": ("i", False, False),
    "claim_job": ("v", True, False),
    "defer_job": ("v", True, False),
    "due_jobs": ("s", True, False),
    "enter": ("v", True, False),
    "enter_key": ("v", True, False),
    "forget_history": ("v", True, False),
    "key_name": ("s", True, False),
    "leave": ("v", True, False),
    "like_safe": ("i", False, True),
    "member_addresses": ("s", True, False),
    "member_email": ("s", True, False),
    "member_language": ("s", True, False),
    "match_name": ("i", False, False),
    "membership_id": ("s", True, False),
    "name_sound": ("i", False, False),
    "own_domain": ("i", False, False),
    "own_words": ("i", False, False),
    "reason_digest": ("i", False, False),
    "redact_history": ("v", True, False),
    "refresh_statistics": ("v", True, False),
    "role": ("s", True, False),
    "scrub_json": ("i", False, False),
    "scrub_text": ("i", False, False),
    "search_key": ("i", False, False),
    "set_digest": ("i", False, False),
    "sort_pending": ("v", True, False),
    "tenant_id": ("s", True, False),
    "user_id": ("s", True, False),
    "words_alike": ("i", False, True),
}
# They run for every row and name everything in full; only those with a path of their own call _mac and _body.
WITHOUT_PATH = {
    "search_key", "_mac", "_body", "like_safe", "words_alike", "match_name", "name_sound", "own_domain",
    "change_digest", "reason_digest", "set_digest", "scrub_text",
    "own_words",
}  # fmt: skip


def test_functions_of_schema_app_are_exactly_the_reviewed_ones(world: World) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(
            "SELECT proname, provolatile::text, prosecdef, proleakproof, array_to_string(proconfig, ',')"
            " FROM pg_proc WHERE pronamespace = 'app'::regnamespace"
        )
        found = {name: (rest[:3], rest[3]) for name, *rest in cursor.fetchall()}
    reviewed = {name: tuple(attributes) for name, (attributes, _) in found.items()}
    assert {name: reviewed[name] for name in EXPECTED} == EXPECTED
    assert set(reviewed) - set(EXPECTED) <= {"next_number", "next_numbers"}
    pinned = {name for name, (_, path) in found.items() if path and "pg_temp" in path}
    assert pinned >= set(EXPECTED) - WITHOUT_PATH


@pytest.fixture(scope="module")
def both_keys() -> object:
    def compare(text: str) -> tuple[str, str]:
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("SELECT app.search_key(%s)", [text])
            return search_key(text), cursor.fetchone()[0]

    return compare


KNOWN = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0")


@settings(max_examples=300)
@given(
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=40)
    | st.text(alphabet=KNOWN, max_size=40)
)
@example("Köln Straße Łódź Ærøskøbing İstanbul ΟΔΟΣ")
@example("％＿\\%_")
def test_python_and_sql_make_the_same_search_key(world: World, both_keys: object, text: str) -> None:
    python, sql = both_keys(text)  # type: ignore[operator]
    assert python == sql


def test_every_character_that_python_knows_has_the_same_search_key_in_sql(world: World) -> None:
    known = [
        sign
        for sign in map(chr, range(1, sys.maxunicode + 1))
        if unicodedata.category(sign) not in ("Cs", "Cn")
    ]
    assert len(known) > 280_000
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(app.search_key(sign) ORDER BY n)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS given (sign, n)",
            [known],
        )
        (keys,) = cursor.fetchone()
    assert [(sign, key) for sign, key in zip(known, keys, strict=True) if search_key(sign) != key] == []


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("50% off", "50%", True),
        ("500 off", "50%", False),
        ("a_b", "a_b", True),
        ("axb", "a_b", False),
        ("back\\slash", "back\\", True),
        ("secret", "secret\\", False),
    ],
)
def test_like_wildcards_in_a_search_are_literal(world: World, value: str, text: str, found: bool) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("SELECT %s OPERATOR(app.~~~) %s", [value, f"%{escape_like(text)}%"])
        assert cursor.fetchone() == (found,)


def test_pattern_that_would_raise_answers_false_and_tells_nothing(world: World) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(
            "SELECT 'secret' OPERATOR(app.~~~) %s, 'other' OPERATOR(app.~~~) %s", ["secret\\", "secret\\"]
        )
        assert cursor.fetchone() == (False, False)
