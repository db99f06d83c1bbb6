"""The two outermost layers of a request: its name in the logs, and the form of its errors."""

import json
import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dott.platform.api.logs import write_request_line
from dott.platform.api.problems import MEDIA_TYPE, instance, problem_response

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Safe in a log line, a header and a support mail. Anything else is replaced, not refused.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Responses of the API are data. The documentation pages set their own policy.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

# Code and sentence for an error that reached the edge without a problem body (Django's own pages,
# a static file that is not there). 5xx bodies never repeat what was inside.
_PLAIN = {
    400: ("malformed_request", "The request could not be understood."),
    401: ("not_authenticated", "Sign in first."),
    403: ("permission_denied", "Your role does not allow this."),
    404: ("not_found", "There is nothing here, or it is not yours to see."),
    405: ("method_not_allowed", "This address does not accept that method."),
    413: ("too_large", "The request body is larger than allowed."),
    500: ("server_error", "Something went wrong on our side. It has been logged under the request id."),
    503: ("overloaded", "Dott is busy. Try again in a moment."),
}

# Refused for want of a right, a proof of origin or patience.
_TOLD = frozenset({403, 429})

log = structlog.get_logger("dott.security")


class RequestIdMiddleware:
    """Give every request an id: the client's if it is well formed, else our own; echo it, log under it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        offered = request.headers.get("X-Request-ID", "")
        request_id = offered if REQUEST_ID.fullmatch(offered) else str(uuid.uuid4())
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            match = request.resolver_match
            write_request_line(
                request_id=request_id,
                method=request.method,
                path=request.path,
                route=match.route if match else None,
                status=response.status_code,
                seconds=time.perf_counter() - started,
                context=getattr(request, "tenant_context", None),
            )
        return response


class ProblemMiddleware:
    """Answer every error as problem+json, whichever layer it came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return problem_response(
                request, 400, "invalid_host", "This server does not answer to that host name."
            )
        response = self.get_response(request)
        if response.status_code >= 400:
            response = _as_problem(request, response)
            if response.status_code in _TOLD:
                _tell(request, response)
        response.headers.setdefault("Content-Security-Policy", DATA_POLICY)
        return response


def _tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """A line for whoever watches the logs: somebody was kept from what she tried; the request's line says
    who."""
    code = json.loads(response.content)["code"] if isinstance(response, HttpResponse) else "error"
    log.info("refused", status=response.status_code, code=code, method=request.method, path=request.path)


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response itself when it is a whole problem; a room below this one may leave out what only
    the request knows."""
    if not isinstance(response, HttpResponse) or response.headers.get("Content-Type") != MEDIA_TYPE:
        return _replaced(request, response)
    body = json.loads(response.content)
    if "request_id" not in body:
        body |= {"instance": instance(request), "request_id": request.request_id}  # type: ignore[attr-defined]
        response.content = json.dumps(body, ensure_ascii=False).encode()
    return response


def _replaced(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    status = response.status_code
    code, detail = _PLAIN.get(status, ("error", "The request was refused."))
    problem = problem_response(request, status, code, detail)
    for name, value in response.headers.items():
        if name.lower() not in {"content-type", "content-length", "cache-control"}:
            problem[name] = value
    problem.cookies = response.cookies
    # Not response.close(): that would announce the end of the request, and connections with it.
    problem._resource_closers.extend(response._resource_closers)  # type: ignore[attr-defined]
    return problem
