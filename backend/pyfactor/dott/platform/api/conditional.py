"""Conditional requests (RFC 9110, 13): nobody overwrites a change that he has not seen."""

import re
from typing import Any, Protocol

from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import PreconditionFailed, PreconditionRequired, ProblemError

_ENTITY_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')


class Versioned(Protocol):
    """A record whose `version` rises with every change."""

    version: int


def etag(record: Versioned) -> str:
    """The entity tag: the version in quotes, so that a client may also build it from a list row."""
    return f'"{record.version}"'


def check_if_match(request: Request, record: Versioned, *, required: bool = True) -> None:
    """Raise 428 without If-Match (when required) and 412 when it names another version.

    The record must be locked, or the answer is out of date when the write happens.
    """
    header = request.headers.get("If-Match")
    if header is None:
        if required:
            raise PreconditionRequired
        return
    if header.strip() == "*":
        return
    # If-Match compares strongly: a weak tag never matches.
    if str(record.version) not in {value for weak, value in _entity_tags(header) if not weak}:
        raise PreconditionFailed(record.version)


def is_not_modified(request: Request, record: Versioned) -> bool:
    """Whether If-None-Match says that the client has this version."""
    header = request.headers.get("If-None-Match")
    return header is not None and names_version(header, record.version)


def names_version(header: str, version: int) -> bool:
    """Whether an If-None-Match names a version. Raises a 400 problem for a malformed one."""
    return header.strip() == "*" or str(version) in {value for _, value in _entity_tags(header)}


def versioned_response(record: Versioned, data: Any, status: int = 200) -> Response:
    """The record's representation with its ETag."""
    return Response(data, status=status, headers={"ETag": etag(record)})


def not_modified(record: Versioned) -> Response:
    """304 with the ETag and no body."""
    return Response(status=304, headers={"ETag": etag(record)})


def _entity_tags(header: str) -> list[tuple[str, str]]:
    tags = [_ENTITY_TAG.fullmatch(part.strip()) for part in header.split(",")]
    if None in tags:
        raise ProblemError(400, "invalid_etag", 'An ETag is a text in double quotes, such as "3".')
    return [(match[1] or "", match[2]) for match in tags if match]
