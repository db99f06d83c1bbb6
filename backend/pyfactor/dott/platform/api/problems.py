"""The one form of every error body: application/problem+json (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypedDict

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

MEDIA_TYPE = "application/problem+json"

# Types registered with IANA ("HTTP Problem Types"). Everything else is about:blank, whose meaning is
# that of the status; clients tell problems of one status apart by `code`.
_REGISTERED_TYPES = {
    "rate_limited": "https://iana.org/assignments/http-problem-types#quota-exceeded",
    "overloaded": "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity",
}


class InputError(TypedDict, total=False):
    """One refused piece of input: `pointer` into the body (RFC 6901) or `parameter` of the query.

    record: the id of the record that it concerns, where one request is about many.
    """

    pointer: str
    parameter: str
    record: str
    code: str
    detail: str


def pointer(*segments: str | int) -> str:
    """JSON Pointer (RFC 6901) of a path into the request body; no segments mean the whole body."""
    return "".join("/" + str(segment).replace("~", "~0").replace("/", "~1") for segment in segments)


def instance(request: HttpRequest) -> str:
    """The address that the problem occurred at, as the URI reference that RFC 9457 asks for."""
    return str(escape_uri_path(request.path))


def problem_body(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    title: str = "",
    errors: Sequence[InputError] | None = None,
    **extension: Any,
) -> dict[str, Any]:
    """The members of one problem. `extension` adds members of this problem's own, such as current_version."""
    body: dict[str, Any] = {
        "type": _REGISTERED_TYPES.get(code, "about:blank"),
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": instance(request),
        "request_id": getattr(request, "request_id", ""),
    }
    if errors:
        body["errors"] = list(errors)
    return body | extension


def problem_response(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    title: str = "",
    errors: Sequence[InputError] | None = None,
    headers: Mapping[str, str] | None = None,
    **extension: Any,
) -> HttpResponse:
    """A complete error response. `code` is stable and for programs, `detail` is a sentence for people."""
    body = problem_body(request, status, code, detail, title=title, errors=errors, **extension)
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=MEDIA_TYPE
    )
    for name, value in (headers or {}).items():
        response[name] = value
    response["Cache-Control"] = "private, no-store"
    return response
