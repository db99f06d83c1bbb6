"""How passwords are hashed, and which are refused."""

import threading
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dott.platform.api.errors import ProblemError
from dott.platform.identity import passwords
from dott.platform.identity.models import User
from dott.platform.identity.passwords import DisguisedCommonPasswordValidator
from dott.platform.identity.tests.support import NEW_PASSWORD, sign_in


def codes_of(password: str, user: User | None = None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {str(each.code) for each in error.error_list}
    return set()


@pytest.mark.asvs("11.4.2")
def test_hashes_are_argon2id_with_owasp_parameters() -> None:
    encoded = make_password(NEW_PASSWORD)
    assert encoded.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert check_password(NEW_PASSWORD, encoded)
    assert not check_password(NEW_PASSWORD + " ", encoded)


def test_more_hashes_than_the_gate_lets_in_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_gate", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "GATE_WAIT_S", 0.01)
    with passwords.hashing_slot(), pytest.raises(ProblemError) as refusal:
        make_password(NEW_PASSWORD)
    assert refusal.value.status_code == 503
    assert refusal.value.headers == {"Retry-After": "2"}
    assert make_password(NEW_PASSWORD)


def test_a_sign_in_that_finds_the_gate_full_is_answered_503(
    api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_gate", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "GATE_WAIT_S", 0.01)
    with passwords.hashing_slot():
        refused = sign_in(api, "alice")
    assert refused.status_code == 503
    assert refused.json()["code"] == "overloaded"
    assert refused.headers["Retry-After"] == "2"
    assert sign_in(api, "alice").status_code == 200


@pytest.mark.asvs("6.2.4")
@pytest.mark.parametrize(
    "password",
    [
        "sunshine12345",
        "!!!Password123",
        "P@ssw0rd!2024",
        "passwordpassword",
        "monkeymonkeymonkey",
        "dott2026!!!!",
        "111111111111",
        "abababababab",
        "123456789012",
    ],
)
def test_common_passwords_are_refused_in_disguise_too(password: str) -> None:
    assert "password_too_common" in codes_of(password)


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize("word", sorted(DisguisedCommonPasswordValidator.PRODUCT_WORDS))
def test_words_of_the_product_are_no_passwords_however_lengthened(word: str) -> None:
    for password in (f"{word}12345678901", f"!!{word.title()}!!2026!!!", word * 4):
        assert "password_too_common" in codes_of(password), password


@pytest.mark.asvs("6.2.5", "6.2.8")
@pytest.mark.parametrize(
    "password",
    [NEW_PASSWORD, "correct horse battery", "x7#Kq9!mZp2$", "été à la plage", "猫は屋根の上で寝ている夏の日"],
)
def test_pass_phrases_and_random_passwords_pass(password: str) -> None:
    assert codes_of(password) == set()


@pytest.mark.asvs("6.2.1", "6.2.9")
def test_length_is_between_12_and_128() -> None:
    assert codes_of("x7#Kq9!mZp2") == {"password_too_short"}
    assert codes_of("x7#Kq9!mZp2$" * 10) == set()
    assert "password_too_long" in codes_of("x7#Kq9!mZp2$" * 10 + "x7#Kq9!mZ")


@pytest.mark.asvs("6.2.11")
def test_a_password_does_not_repeat_the_person() -> None:
    nina = User(email="nina.novak@example.com", name="Nina Novak")
    assert codes_of("nina.novak@example", nina) == {"password_too_similar"}
