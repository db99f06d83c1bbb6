"""What goes to PostgreSQL and to the client as they read it: numbered parameters as text, JSON as bytes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from dott.platform.api.plans import NotPlanned
from dott.platform.tenancy.direct import numbered
from dott.platform.tenancy.wire import Statement


def statement(
    sql: str, params: Sequence[Any], *, is_prepared: bool = True, is_short: bool = True
) -> Statement:
    """SQL with %s in it, ready to be sent. Raises NotPlanned for a value that is no plain one."""
    return Statement(numbered(sql), tuple(map(_as_text, params)), is_prepared, is_short)


def _as_text(value: Any) -> bytes | None:
    match value:
        case None:
            return None
        case str():
            return value.encode()
        case bool():
            return b"t" if value else b"f"
        case UUID() | int() | Decimal():
            return str(value).encode()
        case datetime() | date():
            return value.isoformat().encode()
    # Arrays and whatever else a lookup may bind.
    raise NotPlanned(f"a {type(value).__name__} is bound")


def dump(body: Any) -> bytes:
    """As REST framework's renderer writes it, which keeps two line ends out that JavaScript once refused."""
    text = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    # Looking for one byte is twenty times faster than for three, and most pages do not have it.
    if b"\xe2" in text:
        text = text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return text
