"""The strict JSON parser: one meaning per text, or a 400 that says why not."""

import io
import json

import pytest
from django.core.exceptions import RequestDataTooBig
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIRequestFactory

from dott.platform.api.errors import ProblemError
from dott.platform.api.parsers import MAX_DEPTH, MAX_INTEGER, StrictJSONParser, loads


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.asvs("1.5.3")
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": {"b": 1, "b": 1}}', "duplicate_key"),
        (b'{"a": NaN}', "invalid_number"),
        (b"[Infinity]", "invalid_number"),
        (b"[-Infinity]", "invalid_number"),
        (b"[1e999]", "invalid_number"),
        (b"[9223372036854775808]", "invalid_number"),
        (b"[" + b"9" * 5000 + b"]", "invalid_number"),
        (nested(MAX_DEPTH + 1), "too_deep"),
        (nested(100_000), "too_deep"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
        (b'["\\u0000"]', "nul_character"),
        (b'{"a\\u0000b": 1}', "nul_character"),
        (b'["\\ud800"]', "lone_surrogate"),
        (b'{"\\udfff": 1}', "lone_surrogate"),
        (b'["\xff"]', "invalid_utf8"),
        (b'["\xed\xa0\x80"]', "invalid_utf8"),
        ('["ä"]'.encode("utf-16"), "invalid_utf8"),
        (b'\xef\xbb\xbf{"a": 1}', "invalid_json"),
        (b"", "invalid_json"),
        (b'{"a": 1} x', "invalid_json"),
        (b"{'a': 1}", "invalid_json"),
        (b'{"a": 1,}', "invalid_json"),
        (b'["\n"]', "invalid_json"),
    ],
)
def test_a_text_with_more_than_one_meaning_is_refused_with_the_reason(raw: bytes, code: str) -> None:
    with pytest.raises(ProblemError) as refusal:
        loads(raw)
    assert refusal.value.status_code == 400
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": [1, 2.5, true, null, "x"]}', {"a": [1, 2.5, True, None, "x"]}),
        (str(MAX_INTEGER).encode(), MAX_INTEGER),
        (f"-{MAX_INTEGER}".encode(), -MAX_INTEGER),
        ('"Köln 日本 😀"'.encode(), "Köln 日本 😀"),
        (b'"\\ud83d\\ude00"', "😀"),
    ],
)
def test_plain_json_is_read_as_it_is(raw: bytes, value: object) -> None:
    assert loads(raw) == value


def test_the_deepest_allowed_nesting_is_allowed() -> None:
    assert json.dumps(loads(nested(MAX_DEPTH))).encode() == nested(MAX_DEPTH)


def test_the_pointer_names_the_place() -> None:
    with pytest.raises(ProblemError) as refusal:
        loads(b'{"a/b": [0, "x\\u0000"]}')
    assert refusal.value.errors is not None
    assert refusal.value.errors[0]["pointer"] == "/a~1b/1"


@pytest.mark.asvs("1.1.1", "1.3.10")
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-MAX_INTEGER, MAX_INTEGER)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        lambda children: (
            st.lists(children, max_size=4)
            | st.dictionaries(
                st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
                children,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_every_storable_value_comes_through_unchanged(value: object) -> None:
    assert loads(json.dumps(value, ensure_ascii=False).encode()) == value
    assert loads(json.dumps(value).encode()) == value


@given(st.binary(max_size=60))
def test_no_bytes_at_all_end_in_anything_but_a_value_or_a_problem(raw: bytes) -> None:
    try:
        loads(raw)
    except ProblemError as refusal:
        assert refusal.status_code == 400


def parse(body: bytes, content_type: str) -> object:
    request = APIRequestFactory().post("/", body, content_type=content_type)
    from rest_framework.request import Request

    wrapped = Request(request, parsers=[StrictJSONParser()])
    return wrapped.data


def test_a_charset_other_than_utf8_is_refused() -> None:
    assert parse(b"{}", "application/json; charset=UTF-8") == {}
    with pytest.raises(ProblemError) as refusal:
        parse(b"{}", "application/json; charset=utf-7")
    assert refusal.value.code == "unsupported_charset"


def test_a_body_over_the_limit_is_not_even_decoded(settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10  # type: ignore[attr-defined]
    parser = StrictJSONParser()
    request = APIRequestFactory().post("/", b"{}", content_type="application/json")
    from rest_framework.request import Request

    with pytest.raises(RequestDataTooBig):
        parser.parse(io.BytesIO(b"[" + b" " * 10), parser_context={"request": Request(request)})
