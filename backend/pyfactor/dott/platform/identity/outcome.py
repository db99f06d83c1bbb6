"""Whether the changes of a request outlive a refusal."""

from http import HTTPStatus

from django.http import HttpResponse

_KEEPS = "_dott_keeps_changes"


def keep_changes(response: HttpResponse) -> None:
    """Commit what was written, although the status is 400 or more."""
    setattr(response, _KEEPS, True)


def commits(response: HttpResponse) -> bool:
    """Whether the request's transaction commits: on success, and where a view asked for it."""
    return response.status_code < HTTPStatus.BAD_REQUEST or getattr(response, _KEEPS, False)
