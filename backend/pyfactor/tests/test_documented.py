"""What is documented of limits, sessions and permissions is what the code does."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from dott.platform.api.reference import pages
from tests.attacks.described import SCHEMA
from tests.attacks.inventory import operations


@pytest.mark.asvs("2.1.3", "6.1.1", "7.1.1", "7.1.2", "8.1.1")
@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_limits_and_permissions_are_documented_as_they_are(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages()[path]


def test_a_changed_limit_is_noticed(settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"sign_in_ip": (21, 60)}
    assert any(path.read_text(encoding="utf-8") != text for path, text in pages().items())


@pytest.mark.asvs("15.3.1")
def test_no_answer_describes_a_secret() -> None:
    answers = {
        name: schema.get("properties", {})
        for name, schema in SCHEMA["components"]["schemas"].items()
        if not name.endswith("Request")
    }
    shown = {f"{name}.{field}" for name, fields in answers.items() for field in fields if _is_secret(field)}
    # Each is shown once, to whoever has just made it; the CSRF token is of the asking session.
    assert shown == {"NewTotp.secret", "CreatedEndpoint.secret", "Secret.secret", "Csrf.csrf_token"}


def _is_secret(field: str) -> bool:
    return bool(re.search(r"password|secret|token|hash|seed", field)) and not field.startswith("has_")


@pytest.mark.asvs("6.4.2")
def test_nobody_is_asked_for_a_hint_or_a_secret_question() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
    }
    assert not [name for name in columns if re.search(r"hint|question|reminder_text", name)]
    assert len(columns) > 300


@pytest.mark.asvs("6.4.6")
def test_nobody_chooses_the_password_of_somebody_else() -> None:
    takes = {
        str(operation)
        for operation in operations()
        if operation.is_described and "password" in _names(operation.key)
    }
    assert all("/auth/" in one for one in takes)
    assert len(takes) >= 4


def _names(key: tuple[str, str]) -> set[str]:
    for path, item in SCHEMA["paths"].items():
        if re.sub(r"\{\w+\}", "{}", path) == key[1] and key[0].lower() in item:
            content = item[key[0].lower()].get("requestBody", {}).get("content", {})
            for body in content.values():
                name = body["schema"].get("$ref", "").rpartition("/")[2]
                return set(SCHEMA["components"]["schemas"].get(name, {}).get("properties", {}))
    return set()
