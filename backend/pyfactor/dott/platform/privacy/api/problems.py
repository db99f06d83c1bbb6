"""What privacy refuses, as problems."""

from collections.abc import Iterator
from contextlib import contextmanager

from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.privacy.erase import NothingToErase
from dott.platform.privacy.records import NoSuchRecord, NotAPerson, Protected


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what records.py and erase.py raise into problems that name the field."""
    try:
        yield
    except (NoSuchRecord, NotAPerson) as error:
        raise invalid("records", "does_not_exist", NO_SUCH_RECORD) from error
    except NothingToErase as error:
        raise invalid("records", "required", "Choose at least one record, or give a full name.") from error
    except Protected as error:
        raise Conflict("Other records cannot do without one of these.", "protected") from error


def invalid(name: str, code: str, detail: str) -> ProblemError:
    """400 for one field of the body."""
    return ProblemError(400, "invalid", detail, [{"pointer": f"/{name}", "code": code, "detail": detail}])
