"""The API as one business sees it: the OpenAPI document with the fields that it has added."""

from functools import cache
from typing import Any

import yaml
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.custom.resource import OWN_FIELDS, definitions_of
from dott.modules.crm.custom.schema import schema_of
from dott.platform.api.documentation import OPENAPI_FILE
from dott.platform.api.views import ApiView

# Component of the document → whether it is an answer.
_COMPONENTS = {"{}": True, "{}Request": False, "Patched{}Request": False}


class BusinessSchemaView(ApiView):
    """OpenAPI 3.1 as JSON."""

    @extend_schema(responses={200: {"type": "object", "additionalProperties": True}})
    def get(self, request: Request) -> Response:
        """The document at /api/schema/, in which `custom` of customers, contacts and deals has the fields of
        this business, each with its JSON Schema. One round trip for each kind of record."""
        document = _document()
        components = dict(document["components"]["schemas"])
        for entity in OWN_FIELDS:
            definitions = definitions_of(entity)
            for name, is_answer in _COMPONENTS.items():
                component = name.format(entity.title())
                own = schema_of(definitions, is_answer=is_answer)
                components[component] = _with_custom(components[component], own)
        parts = {**document["components"], "schemas": components}
        return Response({**document, "components": parts})


@cache
def _document() -> dict[str, Any]:
    """The committed document, which takes a second to read. Nobody changes it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, Any] = yaml.load(OPENAPI_FILE.read_bytes(), Loader=loader)  # noqa: S506  (both are safe)
    return document


def _with_custom(component: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    properties = component["properties"]
    described = {**own, "description": properties["custom"].get("description", "")}
    return {**component, "properties": {**properties, "custom": described}}
