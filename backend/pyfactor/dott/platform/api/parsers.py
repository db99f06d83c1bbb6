"""A JSON parser that accepts one meaning per text.

The standard library's decoder takes duplicate keys, NaN, infinite numbers, lone surrogates and
a thousand levels of nesting; two readers of such a text may understand two things, and some of it
ends as a 500 (security.md M2). Everything it would guess about is refused with the reason.
"""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser

from dott.platform.api.errors import ProblemError, pointer

MAX_DEPTH = 32
# bigint, the widest integer any column holds. Larger ones belong in a string.
MAX_INTEGER = 2**63 - 1
_MAX_INTEGER_DIGITS = 20


class StrictJSONParser(BaseParser):
    """application/json in UTF-8, at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes. Raises 400 or 413 problems."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value of the body."""
        charset = (parser_context or {})["request"].content_params.get("charset", "utf-8")
        if charset.lower() not in {"utf-8", "utf8"}:
            _refuse("unsupported_charset", "JSON is UTF-8; leave the charset out.")
        # REST framework reads the stream itself, past Django's own check of this limit.
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise RequestDataTooBig
        return loads(raw)


def loads(raw: bytes) -> Any:
    """Decode one JSON text strictly. Raises ProblemError 400 with a code that names the reason."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_float,
            parse_int=_integer,
        )
    except UnicodeDecodeError as error:
        _refuse("invalid_utf8", f"The body is not UTF-8 (byte {error.start}).")
    except json.JSONDecodeError as error:
        _refuse(
            "invalid_json", f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        )
    except RecursionError:
        _refuse("too_deep", f"The body is nested deeper than {MAX_DEPTH} levels.")
    _check_values(value)
    return value


def _check_values(value: Any) -> None:
    """Refuse what is legal JSON but not storable text, and nesting beyond the limit; iteratively."""
    stack: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    while stack:
        item, path = stack.pop()
        if isinstance(item, dict | list) and len(path) >= MAX_DEPTH:
            _refuse("too_deep", f"The body is nested deeper than {MAX_DEPTH} levels.")
        if isinstance(item, str):
            _check_text(item, path)
        elif isinstance(item, dict):
            for key, member in item.items():
                _check_text(key, path)
                stack.append((member, (*path, key)))
        elif isinstance(item, list):
            stack.extend((member, (*path, index)) for index, member in enumerate(item))


def _check_text(text: str, path: tuple[str | int, ...]) -> None:
    if "\0" in text:
        _refuse("nul_character", "Text may not contain the character U+0000.", path)
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        _refuse("lone_surrogate", "Text may not contain half of a surrogate pair.", path)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        name = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        _refuse("duplicate_key", f"The key {json.dumps(name)} occurs twice in one object.")
    return result


def _refuse_constant(name: str) -> NoReturn:
    _refuse("invalid_number", f"{name} is not a JSON number.")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse("invalid_number", "A number is too large.")
    return number


def _integer(text: str) -> int:
    # The length first: converting thousands of digits is what CPython itself refuses with ValueError.
    if len(text) > _MAX_INTEGER_DIGITS or abs(int(text)) > MAX_INTEGER:
        _refuse("invalid_number", "An integer is larger than 64 bits.")
    return int(text)


def _refuse(code: str, detail: str, path: tuple[str | int, ...] = ()) -> NoReturn:
    safe = tuple(part.encode("ascii", "replace").decode() if isinstance(part, str) else part for part in path)
    raise ProblemError(400, code, detail, [{"pointer": pointer(*safe), "code": code, "detail": detail}])
