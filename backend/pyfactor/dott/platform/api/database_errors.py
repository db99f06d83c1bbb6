"""What a refusal by PostgreSQL means to the client.

Constraints are named for the rule they hold (style.md), so the name is the stable code. A broken
tenant context (DT001, DT002) is a defect of ours and stays a bare 500: it must tell nothing.
"""

from dataclasses import dataclass, field

import psycopg
from django.apps import apps
from django.db import DatabaseError
from django.db.models import ForeignKey
from psycopg import errors as sqlstate
from psycopg_pool import PoolTimeout, TooManyRequests

from dott.platform.api.problems import InputError, pointer

# One sentence for a record of another tenant and for one that never existed: nobody may tell them apart.
NO_SUCH_RECORD = "There is no such record."
_RETRY_AFTER_S = "2"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to one database error, ready for `problem_response`."""

    status: int
    code: str
    detail: str
    errors: list[InputError] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


_OVERLOADED = Explanation(
    503, "overloaded", "Dott is busy. Try again in a moment.", headers={"Retry-After": _RETRY_AFTER_S}
)
_UNAVAILABLE = Explanation(
    503,
    "database_unavailable",
    "The database cannot be reached. Try again in a moment.",
    headers={"Retry-After": _RETRY_AFTER_S},
)
_READ_ONLY = Explanation(
    503, "read_only", "Dott can be read but not changed right now.", headers={"Retry-After": "30"}
)


def explain(exc: DatabaseError | psycopg.Error) -> Explanation | None:  # noqa: PLR0911  (a table)
    """The client's answer to a database error, or None when the error is a defect of ours."""
    # COPY runs on psycopg's own cursor, whose errors Django does not wrap.
    cause = exc if isinstance(exc, psycopg.Error) else exc.__cause__
    match cause:
        case sqlstate.UniqueViolation():
            return _unique(cause)
        case sqlstate.ForeignKeyViolation() | sqlstate.RestrictViolation():
            return _foreign_key(cause)
        case sqlstate.CheckViolation():
            code = cause.diag.constraint_name or "check_failed"
            return Explanation(400, code, "The values do not fit together.", [_whole_body(code)])
        case sqlstate.NotNullViolation():
            name = cause.diag.column_name or ""
            text = "This field may not be empty."
            return Explanation(
                400, "null", text, [{"pointer": pointer(name), "code": "null", "detail": text}]
            )
        case sqlstate.StringDataRightTruncation() | sqlstate.NumericValueOutOfRange():
            return Explanation(400, "out_of_range", "A value is larger than its field allows.")
        case sqlstate.SerializationFailure() | sqlstate.DeadlockDetected():
            return Explanation(
                409, "concurrent_change", "Somebody changed the same data at the same time. Try again."
            )
        case sqlstate.LockNotAvailable() | sqlstate.QueryCanceled() | sqlstate.TransactionTimeout():
            return _OVERLOADED
        case PoolTimeout() | TooManyRequests() | sqlstate.TooManyConnections() | sqlstate.DiskFull():
            return _OVERLOADED
        case sqlstate.ReadOnlySqlTransaction():
            return _READ_ONLY
    return _UNAVAILABLE if _connection_is_gone(cause) else None


def _connection_is_gone(cause: BaseException | None) -> bool:
    """Class 08 and 57P: the server went away. No SQLSTATE at all: it could not be reached."""
    if not isinstance(cause, psycopg.OperationalError):
        return False
    return cause.sqlstate is None or cause.sqlstate.startswith(("08", "57P"))


def _unique(cause: psycopg.Error) -> Explanation:
    code = cause.diag.constraint_name or "not_unique"
    return Explanation(409, code, "Another record already has this value.")


def _foreign_key(cause: psycopg.Error) -> Explanation:
    if (cause.diag.message_primary or "").startswith("update or delete"):
        code = cause.diag.constraint_name or "still_referenced"
        return Explanation(409, code, "Other records still refer to this one.")
    where = _referring_field(cause.diag.table_name, cause.diag.constraint_name)
    error: InputError = {"pointer": where, "code": "does_not_exist", "detail": NO_SUCH_RECORD}
    return Explanation(400, "invalid_input", "Some values cannot be accepted.", [error])


def _referring_field(table: str | None, constraint: str | None) -> str:
    """Pointer to the field whose foreign key was broken; the whole body when it cannot be told."""
    for model in apps.get_models():
        if model._meta.db_table == table:
            for candidate in model._meta.concrete_fields:
                if isinstance(candidate, ForeignKey) and f"_{candidate.column}_" in f"_{constraint}_":
                    return pointer(candidate.name)
    return pointer()


def _whole_body(code: str) -> InputError:
    return {"pointer": pointer(), "code": code, "detail": "The values do not fit together."}
