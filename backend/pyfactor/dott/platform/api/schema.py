"""How views become OpenAPI: what every operation shares and a serializer cannot say."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import resolve
from drf_spectacular import openapi
from drf_spectacular.utils import OpenApiParameter

from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet

SAFE = {"GET", "HEAD", "OPTIONS"}
_PARAMETER = re.compile(r"<(\w+):\w+>")
# A value for each kind of parameter that our addresses have.
_EXAMPLES = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "1"}

_VERBS = {
    "list": "List",
    "retrieve": "Read one of",
    "create": "Add to",
    "update": "Replace one of",
    "partial_update": "Change one of",
    "destroy": "Delete one of",
}

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `code` is stable and for programs, the texts are for people.",
    "required": ["type", "title", "status", "code", "detail", "instance", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "request_id": {"type": "string"},
        "current_version": {"type": "integer", "description": "With 412: the version that is current."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer into the body."},
                    "parameter": {"type": "string", "description": "Name of a query parameter."},
                    "record": {"type": "string", "description": "Id of the record that refuses."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
    "additionalProperties": True,
}

_MEANINGS = {
    "400": "Malformed or invalid input.",
    "401": "Nobody is signed in.",
    "403": "The role does not allow it, or the CSRF check failed.",
    "404": "Not there, or not yours to see.",
    "409": "A rule or a unique value stands against it.",
    "412": "If-Match names a version that is no longer current.",
    "413": "The body is too large.",
    "415": "The body has a content type that is not accepted.",
    "422": "The Idempotency-Key was used with another body.",
    "428": "If-Match is missing.",
    "429": "Too many attempts; see Retry-After.",
    "503": "Overloaded or the database is away; see Retry-After.",
}


class AutoSchema(openapi.AutoSchema):
    """drf-spectacular's inspector, taught the conventions of this API."""

    def get_override_parameters(self) -> list[Any]:
        """`fields`, `trashed`, conditional headers and the idempotency key, where the view honours them."""
        return [*super().get_override_parameters(), *self._conventional_parameters()]

    def _conventional_parameters(self) -> Iterator[OpenApiParameter]:
        action = getattr(self.view, "action", None)
        handler = getattr(self.view, action or self.method.lower(), None)
        if getattr(handler, "is_idempotent", False):
            yield _header("Idempotency-Key", "1 to 64 characters; a repeated request is done once.")
        if not isinstance(self.view, ReadOnlyTenantViewSet):
            return
        reads = self.view.allowed_parameters()
        if "fields" in reads:
            yield OpenApiParameter(
                "fields", str, description="Comma-separated names: the answer holds no other field."
            )
        if "as_of" in reads:
            yield OpenApiParameter(
                "as_of", datetime, description="An instant: the record as it was then, without an ETag."
            )
        if "field" in reads:
            yield OpenApiParameter("field", str, description="Only changes of this field of the record.")
        if "trashed" in reads:
            yield OpenApiParameter(
                "trashed", bool, description="true: the trash instead of the records in use."
            )
        if action in {"update", "partial_update", "destroy"}:
            yield _header("If-Match", "The ETag of the version that is changed, or *.", required=True)
        if action == "restore":
            yield _header("If-Match", "The ETag of the version that is restored.")
        if action == "retrieve":
            yield _header("If-None-Match", "An ETag; 304 when the record still has it.")
        if action in {"retrieve", "create", "update", "partial_update", "restore"}:
            yield OpenApiParameter(
                "ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="The record's version."
            )

    def get_summary(self) -> str:
        """“List customers” for what every resource has, else the name of the route: “Change password”."""
        verb = _VERBS.get(getattr(self.view, "action", None) or "")
        if verb and isinstance(self.view, ReadOnlyTenantViewSet):
            return f"{verb} {self._tokenize_path()[-1].replace('-', ' ')}"
        return self._route().replace("-", " ").capitalize()

    def _route(self) -> str:
        address = _PARAMETER.sub(lambda match: _EXAMPLES[match[1]], self.path_regex)
        return resolve("/" + address.removeprefix("/")).view_name

    def get_filter_backends(self) -> list[Any]:
        """Also those of an extra action that reads the list's filters."""
        if isinstance(self.view, ReadOnlyTenantViewSet) and self.view.reads_filters:
            return list(self.view.filter_backends)
        return list(super().get_filter_backends())

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Also extra actions that answer with a page."""
        return getattr(self.view, "shows_page", False) or bool(super()._is_list_view(serializer))

    def get_request_serializer(self) -> Any:
        """That of the resource's own bulk action; restoring takes no body."""
        action = getattr(self.view, "action", None)
        own = getattr(self.view, "bulk_serializer", None) if action == "bulk" else None
        if own is not None:
            return own
        return None if action == "restore" else super().get_request_serializer()

    def get_auth(self) -> list[Any]:
        """A session, and on unsafe methods its CSRF token; no session where the role table says anyone.
        Or else an API key with the scope that the table of scopes names."""
        from dott.platform.identity import roles, scopes

        route = self._route()
        anyone = roles.minimum(route, self.method, getattr(self.view, "action", None)) == roles.ANYONE
        need: dict[str, list[str]] = {} if anyone else {"session": []}
        if self.method not in SAFE:
            need["csrf"] = []
        scope = scopes.needed(route, self.method)
        return [need, {"apiKey": [scope]}] if scope else [need]

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """Answers always hold every field; request bodies hold no other than the declared ones."""
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "response" and schema.get("properties"):
            schema["required"] = list(schema["properties"])
        elif direction == "request" and isinstance(serializer, StrictSerializer | StrictModelSerializer):
            schema["additionalProperties"] = False
        return schema


def drop_enum_ids(result: Any, **_hook: Any) -> Any:
    """drf-spectacular hook: remove the marks that it puts on choices for a hook that we do not use."""
    if isinstance(result, dict):
        result.pop("x-spec-enum-id", None)
        for value in result.values():
            drop_enum_ids(value)
    elif isinstance(result, list):
        for value in result:
            drop_enum_ids(value)
    return result


def describe_errors(result: dict[str, Any], **_hook: Any) -> dict[str, Any]:
    """drf-spectacular hook: the problem responses that every operation may give."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    components["responses"] = {
        f"Problem{status}": {
            "description": meaning,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, meaning in _MEANINGS.items()
    }
    for path, item in result["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                for status in sorted(_possible_errors(path, method.upper(), operation)):
                    operation["responses"].setdefault(
                        status, {"$ref": f"#/components/responses/Problem{status}"}
                    )
                if _takes(operation, "If-None-Match"):
                    operation["responses"].setdefault("304", {"description": "Not modified."})
                operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


def _possible_errors(path: str, method: str, operation: dict[str, Any]) -> set[str]:
    errors = {"400", "401", "403", "503"}
    if "{" in path:
        errors.add("404")
    if "requestBody" in operation:
        errors |= {"413", "415"}
    if method not in SAFE:
        errors |= {"409", "429"}
    if _takes(operation, "Idempotency-Key"):
        errors.add("422")
    if _takes(operation, "If-Match"):
        errors.add("412")
    if _takes(operation, "If-Match", required=True):
        errors.add("428")
    return errors


def _takes(operation: dict[str, Any], header: str, *, required: bool = False) -> bool:
    return any(
        parameter.get("name") == header and parameter.get("required", False) >= required
        for parameter in operation.get("parameters", ())
    )


def _header(name: str, description: str, *, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=description)
