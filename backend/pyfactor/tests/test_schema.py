"""The committed OpenAPI file is what the code says, and says all of it."""

import re

import pytest
import yaml
from django.core.management import CommandError, call_command
from drf_spectacular.validation import validate_schema

from dott.platform.api import documentation
from dott.platform.identity import scopes
from tests.attacks.inventory import METHODS, operations

SCHEMA = yaml.safe_load(documentation.OPENAPI_FILE.read_bytes())


def described() -> dict[tuple[str, str], dict]:
    return {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path)): operation
        for path, item in SCHEMA["paths"].items()
        for method, operation in item.items()
        if method.upper() in METHODS
    }


@pytest.mark.asvs("2.1.1")
def test_the_committed_file_is_up_to_date() -> None:
    call_command("export_openapi", check=True)


def test_a_stale_file_is_noticed(tmp_path, monkeypatch) -> None:
    stale = tmp_path / "openapi.yaml"
    stale.write_bytes(documentation.OPENAPI_FILE.read_bytes().replace(b"3.1.0", b"3.0.3", 1))
    monkeypatch.setattr("dott.platform.api.management.commands.export_openapi.OPENAPI_FILE", stale)
    with pytest.raises(CommandError, match="out of date"):
        call_command("export_openapi", check=True)


def test_the_file_is_openapi_3_1() -> None:
    assert SCHEMA["openapi"] == "3.1.0"
    validate_schema(SCHEMA)


def test_every_route_is_described_and_nothing_else_is() -> None:
    answered = {operation.key for operation in operations() if operation.is_described}
    assert answered == set(described())


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for operation in described().values()]
    assert len(ids) == len(set(ids))


def test_every_operation_says_how_it_fails_and_what_it_needs() -> None:
    for (method, path), operation in described().items():
        where = f"{method} {path}"
        assert {"400", "401", "403", "503"} <= set(operation["responses"]), where
        assert ("404" in operation["responses"]) == ("{}" in path), where
        assert ("csrf" in operation["security"][0]) == (method != "GET"), where


def test_operations_name_the_scope_that_an_api_key_needs() -> None:
    operations_ = described()
    for operation in operations():
        if operation.is_described:
            scope = scopes.needed(operation.route, operation.method)
            keys = [way["apiKey"] for way in operations_[operation.key]["security"] if "apiKey" in way]
            assert keys == ([[scope]] if scope else []), operation


def test_request_bodies_are_closed() -> None:
    requests = [
        schema for name, schema in SCHEMA["components"]["schemas"].items() if name.endswith("Request")
    ]
    assert requests
    open_ones = [schema for schema in requests if schema.get("additionalProperties") is not False]
    assert open_ones == []
