"""Cursors: signed positions that open only where they were made."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dott.modules.crm.models import Customer
from dott.platform.api.cursors import decode, encode
from dott.platform.api.errors import ProblemError
from dott.platform.api.ordering import Key, parse_ordering

ALLOWED = {"name": "name_key", "created_at": "created_at", "expires": "tax_exempt_expires_on"}


def customer() -> Customer:
    authors = {"created_by": None, "updated_by": None}
    instance = Customer(
        id=uuid4(), tenant_id=uuid4(), created_at=datetime(2026, 1, 2, 3, 4, 5, 678901, UTC), **authors
    )
    instance.name_key = "köln & söhne"
    return instance


def test_a_position_survives_exactly() -> None:
    keys = parse_ordering("-created_at,name", ALLOWED, Customer)
    row = customer()
    position = decode(encode(row, keys, backwards=True, scope="s"), keys, Customer, scope="s")
    assert position.values == (row.created_at, row.name_key, row.id)
    assert position.backwards


def test_null_is_a_position_too() -> None:
    keys = parse_ordering("expires", ALLOWED, Customer)
    position = decode(encode(customer(), keys, backwards=False, scope="s"), keys, Customer, scope="s")
    assert position.values[0] is None


@pytest.mark.parametrize("damage", ["", "x", "x.y", "a" * 5000, "\x00", "ключ", "."])
def test_a_text_we_did_not_make_is_refused(damage: str) -> None:
    keys = parse_ordering("name", ALLOWED, Customer)
    with pytest.raises(ProblemError) as refusal:
        decode(damage, keys, Customer, scope="s")
    assert refusal.value.code == "invalid_cursor"


@pytest.mark.asvs("9.1.1")
def test_each_changed_character_is_noticed() -> None:
    keys = parse_ordering("name", ALLOWED, Customer)
    cursor = encode(customer(), keys, backwards=False, scope="s")
    for index, character in enumerate(cursor):
        forged = cursor[:index] + ("A" if character != "A" else "B") + cursor[index + 1 :]
        with pytest.raises(ProblemError):
            decode(forged, keys, Customer, scope="s")


@pytest.mark.asvs("9.2.2")
def test_a_cursor_of_another_list_is_refused() -> None:
    keys = parse_ordering("name", ALLOWED, Customer)
    cursor = encode(customer(), keys, backwards=False, scope="tenant A")
    with pytest.raises(ProblemError):
        decode(cursor, keys, Customer, scope="tenant B")


def test_an_order_always_ends_in_the_id() -> None:
    assert parse_ordering("-created_at", ALLOWED, Customer) == [
        Key("created_at", descending=True, nullable=False),
        Key("id", descending=True, nullable=False),
    ]


def test_a_generated_column_is_nullable_only_if_its_expression_is() -> None:
    assert not parse_ordering("name", ALLOWED, Customer)[0].nullable
    assert parse_ordering("expires", ALLOWED, Customer)[0].nullable


@pytest.mark.parametrize(
    "text", ["secret", "name,", "-", "--name", "name,name", "name,-name", "owner__user__password", "?"]
)
def test_an_order_that_is_not_offered_is_refused(text: str) -> None:
    with pytest.raises(ProblemError) as refusal:
        parse_ordering(text, ALLOWED, Customer)
    assert refusal.value.status_code == 400
    assert refusal.value.errors is not None
    assert refusal.value.errors[0]["parameter"] == "ordering"
