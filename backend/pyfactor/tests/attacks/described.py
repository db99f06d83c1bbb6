"""What the OpenAPI file says of an operation: its parameters, the bodies it reads, and an example of one."""

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from dott.platform.api.documentation import OPENAPI_FILE
from tests.attacks.inventory import Operation

SCHEMA: dict[str, Any] = yaml.safe_load(OPENAPI_FILE.read_bytes())
# `./dott test --attacks` asks for everything; the backend's tests try a part of it.
IS_FULL = os.environ.get("DOTT_ATTACKS") == "full"
# RFC 9562: version and variant are right, and nobody has it.
NOBODYS = "0198a5c3-0000-7000-8000-00000000dead"
_OF_FORMAT = {
    "uuid": NOBODYS,
    "date": "2026-02-03",
    "date-time": "2026-02-03T10:00:00Z",
    "email": "attack@example.com",
    "uri": "https://example.com/",
    "decimal": "1.00",
}


@cache
def _by_key() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path)): described
        for path, item in SCHEMA["paths"].items()
        for method, described in item.items()
    }


def described(operation: Operation) -> dict[str, Any]:
    """The operation's entry in the OpenAPI file; empty where it has none."""
    return _by_key().get(operation.key, {})


def media_types(operation: Operation) -> set[str]:
    """Of the bodies that it reads; none where it reads no body."""
    return set(described(operation).get("requestBody", {}).get("content", ()))


def query_parameters(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and schemas of what may stand in its query."""
    for parameter in described(operation).get("parameters", ()):
        if parameter["in"] == "query":
            yield parameter["name"], resolved(parameter.get("schema", {}))


def body_schema(operation: Operation) -> dict[str, Any]:
    """The schema of its JSON body (or form); empty where it reads none."""
    content = described(operation).get("requestBody", {}).get("content", {})
    return resolved(next(iter(content.values()), {}).get("schema", {}))


def members(operation: Operation) -> dict[str, dict[str, Any]]:
    """The fields of its body, each with its schema."""
    return {name: resolved(schema) for name, schema in body_schema(operation).get("properties", {}).items()}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself behind references and a single `allOf`, or the first of several."""
    while True:
        if "$ref" in schema:
            schema = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            continue
        several = next((schema[word] for word in ("allOf", "oneOf", "anyOf") if word in schema), None)
        if several is None:
            return schema
        schema = several[0]


def type_of(schema: dict[str, Any]) -> str:
    """Its JSON type, apart from null."""
    types = schema.get("type", "string")
    named = [types] if isinstance(types, str) else types
    return next((name for name in named if name != "null"), "null")


def example(schema: dict[str, Any]) -> Any:
    """A small value that the schema allows, as JSON."""
    schema = resolved(schema)
    if "const" in schema or schema.get("enum"):
        return schema.get("const") or next(value for value in schema["enum"] if value not in (None, ""))
    match type_of(schema):
        case "object":
            required = set(schema.get("required", ()))
            properties = schema.get("properties", {})
            return {name: example(part) for name, part in properties.items() if name in required}
        case "array":
            return [example(schema["items"])] if schema.get("minItems") and "items" in schema else []
        case "boolean":
            return True
        case "integer" | "number":
            return schema.get("minimum", 1)
        case _:
            return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    plain = _OF_FORMAT.get(schema.get("format", ""), "attack")
    return plain.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 254)]


def example_body(operation: Operation) -> dict[str, Any]:
    """A body with what is required in it; a PATCH names the first plain text instead."""
    schema = body_schema(operation)
    made = example(schema) if schema else {}
    if not made and operation.method == "PATCH":
        texts = [name for name, part in members(operation).items() if _is_plain_text(part)]
        return dict.fromkeys(texts[:1], "attack")
    return made if isinstance(made, dict) else {}


def _is_plain_text(schema: dict[str, Any]) -> bool:
    return type_of(schema) == "string" and not {"format", "enum", "pattern"} & schema.keys()
