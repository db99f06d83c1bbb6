"""Errors of the API: the exceptions a view or an action may raise, and every handler that answers them.

Whatever fails at whatever layer is answered by `problem_response`; nothing of an exception's own text
reaches a client unless it was written for clients.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.settings import api_settings

from dott.platform.api.database_errors import explain
from dott.platform.api.problems import InputError, pointer, problem_response
from dott.platform.tenancy.visibility import OutOfSight

__all__ = [
    "Conflict",
    "InputError",
    "PreconditionFailed",
    "PreconditionRequired",
    "ProblemError",
    "bad_request",
    "csrf_failure",
    "exception_handler",
    "invalid_parameter",
    "not_found",
    "permission_denied",
    "pointer",
    "problem_response",
    "server_error",
]

_NOT_FOUND = "There is nothing here, or it is not yours to see."
_OUT_OF_SIGHT = "Your role sees only certain members' records. You would not see this one any more."
_SERVER_ERROR = "Something went wrong on our side. It has been logged under the request id."


class ProblemError(exceptions.APIException):
    """An error with its whole answer: status, stable code, sentence, refused input, extension members."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[InputError] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **extension: Any,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.code = code
        self.errors = errors
        self.headers = headers
        self.extension = extension


class Conflict(ProblemError):
    """409: a rule or a unique value stands against it."""

    def __init__(self, detail: str, code: str = "conflict", **more: Any) -> None:
        super().__init__(409, code, detail, **more)


class PreconditionFailed(ProblemError):
    """412: the record changed since the client read it. Carries the version that is current."""

    def __init__(self, current_version: int) -> None:
        super().__init__(
            412,
            "stale_version",
            "This record was changed in the meantime. Load it again before you save.",
            headers={"ETag": f'"{current_version}"'},
            current_version=current_version,
        )


class PreconditionRequired(ProblemError):
    """428: the request must say which version it changes."""

    def __init__(self) -> None:
        super().__init__(
            428,
            "if_match_required",
            "Send If-Match with the record's ETag, or * to overwrite whatever is there.",
        )


def invalid_parameter(name: str, code: str, detail: str) -> ProblemError:
    """400 for one query parameter, named."""
    return ProblemError(400, code, detail, [{"parameter": name, "code": code, "detail": detail}])


def flatten(detail: Any, path: tuple[str | int, ...] = ()) -> Iterator[InputError]:
    """Every message of a REST framework ValidationError, as (pointer, code, detail)."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from flatten(value, path if whole else (*path, key))
    elif isinstance(detail, list | tuple):
        for index, value in enumerate(detail):
            # A list holds either the messages of one field or one mapping per item of a list.
            yield from flatten(value, (*path, index) if isinstance(value, Mapping) else path)
    else:
        yield {"pointer": pointer(*path), "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """REST framework's hook: answer what is expected to happen; leave the rest to `server_error`."""
    return _answer(context["request"]._request, exc)


def _answer(request: HttpRequest, exc: BaseException | None) -> HttpResponse | None:  # noqa: PLR0911  (a table)
    if isinstance(exc, ProblemError):
        return problem_response(
            request,
            exc.status_code,
            exc.code,
            str(exc.detail),
            errors=exc.errors,
            headers=exc.headers,
            **exc.extension,
        )
    if isinstance(exc, exceptions.ValidationError):
        return problem_response(
            request, 400, "invalid_input", "Some values cannot be accepted.", errors=list(flatten(exc.detail))
        )
    if isinstance(exc, Http404 | exceptions.NotFound):
        return problem_response(request, 404, "not_found", _NOT_FOUND)
    if isinstance(exc, PermissionDenied):
        return _forbidden(request)
    if isinstance(exc, RequestDataTooBig):
        return problem_response(request, 413, "too_large", "The request body is larger than allowed.")
    if isinstance(exc, exceptions.APIException):
        return _framework_error(request, exc)
    if isinstance(exc, OutOfSight):
        return _out_of_sight(request, exc)
    if isinstance(exc, DatabaseError | psycopg.Error):
        return _database_error(request, exc)
    return None


def _database_error(request: HttpRequest, exc: DatabaseError | psycopg.Error) -> HttpResponse | None:
    cause = explain(exc)
    if cause is None:
        return None
    return problem_response(
        request, cause.status, cause.code, cause.detail, errors=cause.errors, headers=cause.headers
    )


def _framework_error(request: HttpRequest, exc: exceptions.APIException) -> HttpResponse:
    codes = exc.get_codes()
    code = codes if isinstance(codes, str) else exc.default_code
    headers = {}
    if isinstance(exc, exceptions.Throttled):
        code, headers["Retry-After"] = "rate_limited", str(int(getattr(exc, "wait", None) or 1))
    if authenticate := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = authenticate
    detail = exc.detail if isinstance(exc.detail, str) else exc.default_detail
    return problem_response(request, exc.status_code, code, str(detail), headers=headers)


def _out_of_sight(request: HttpRequest, exc: OutOfSight) -> HttpResponse:
    error = InputError(pointer=pointer(exc.field), code="out_of_sight", detail=_OUT_OF_SIGHT)
    return problem_response(request, 400, "invalid_input", "Some values cannot be accepted.", errors=[error])


def _forbidden(request: HttpRequest) -> HttpResponse:
    return problem_response(request, 403, "permission_denied", "Your role does not allow this.")


# --- Handlers named in settings and in the URL map ---------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what Django itself refuses: a malformed form, too many fields; 413 for a body too large."""
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, exception) or server_error(request)
    code = "suspicious_request" if isinstance(exception, SuspiciousOperation) else "malformed_request"
    return problem_response(request, 400, code, "The request could not be understood.")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised outside REST framework."""
    return _forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 of the URL map: the same body as for a record that is not there."""
    return problem_response(request, 404, "not_found", _NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check. `reason` is for the log: telling a forger what was missing helps him only."""
    return problem_response(
        request,
        403,
        "csrf_failed",
        "The request did not prove that it comes from Dott's own pages. Reload and retry.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database is away or overloaded, 500 otherwise. Django has logged the exception."""
    answer = _answer(request, sys.exc_info()[1])
    return answer or problem_response(request, 500, "server_error", _SERVER_ERROR)
