"""What the compiled writer writes is what Python writes, or it writes nothing."""

from collections.abc import Iterator
from ctypes import CDLL
from typing import Any

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dott.platform.api.plans import native
from dott.platform.api.plans.native import Column, Writer
from dott.platform.api.plans.native.source import BUILT, fingerprint
from dott.platform.api.plans.projection import Projection, Shown
from dott.platform.api.plans.statements import dump
from dott.platform.api.serializers import RunningNumberField
from dott.platform.tenancy import one_trip
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import LazyRows, Statement, checked, send

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ID = "01890a5d-ac96-774b-bcce-b302099a8057"
LETTERS = tuple(map(chr, range(1, 256)))
# Texts of PostgreSQL by type, and whether the compiled writer has to know them.
KNOWN = {
    "text": ("", *LETTERS, "\u2027\u2028\u2029\u202a", "\u00e2\u20ac\u2e80", "🎂", "x" * 300_000),
    "varchar": ("", "Zoë"),
    "uuid": (ID,),
    "int2": ("-32768", "0"), "int4": ("2147483647",), "int8": ("-9223372036854775808", "42"),
    "bool": ("t", "f"),
    "date": ("0001-01-01", "2026-02-28", "9999-12-31"),
    "timestamptz": (
        "2026-11-30 08:20:00+00", "2026-11-30 08:20:00.1+00", "2026-11-30 08:20:00.000001+00",
        "0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00",
    ),
    "uuid[]": ("{}", f"{{{ID}}}", f"{{{ID},{ID},{ID}}}"),
    "jsonb": ("{}", "[]"),
}  # fmt: skip
LEFT_TO_PYTHON = {
    "text[]": ("{}", "{a}"), "numeric": ("1.50",), "float8": ("1.5",), "timestamp": ("2026-11-30 08:20:00",),
    "jsonb": ('{"a": 1.0}', "[1]", '"x"', "null"), "date": ("infinity", "0044-03-15 BC", "10000-01-01"),
    "timestamptz": ("-infinity", "10000-01-01 00:00:00+00", "0044-03-15 00:00:00+00 BC"),
    "uuid[]": ("{NULL}", f"{{{','.join(['NULL'] * 37)}}}", f"{{NULL,{ID}}}"),
}  # fmt: skip


@pytest.fixture
def select() -> Iterator[Any]:
    """Rows of SQL on a connection of the application's role."""
    with connections[APP].pool.connection() as connection:

        def rows(sql: str, *params: str | None) -> LazyRows:
            values = [None if param is None else param.encode() for param in params]
            (result,) = send(connection, [Statement(sql, values, is_prepared=False)])
            checked(result)
            return LazyRows(one_trip._of_thread.load, result)

        yield rows


@pytest.mark.parametrize("type_", KNOWN)
def test_each_type(select, type_):
    for text in (*KNOWN[type_], None):
        rows = select(f"SELECT $1::{type_}", text)
        assert both(rows, range(1)) == dump([{"a": rows[0][0]}]), text


@pytest.mark.parametrize("type_", LEFT_TO_PYTHON)
def test_what_is_left_to_python(select, type_):
    writer = Writer([Column(b'"a":', b"null")])
    for text in LEFT_TO_PYTHON[type_]:
        assert writer.write(select(f"SELECT $1::{type_}", text), range(1)) is None, text


TYPES = ("text", "int8", "bool", "date", "timestamptz", "uuid", "jsonb", "uuid[]")


def test_any_rows(select):
    @hypothesis_settings(max_examples=150)
    @given(
        st.lists(
            st.tuples(*(st.sampled_from((*KNOWN[type_], None)) for type_ in TYPES)), min_size=1, max_size=9
        ),
        st.booleans(),
    )
    def check(values: list[tuple[str | None, ...]], is_backwards: bool) -> None:
        row = ", ".join(f"${{}}::{type_}" for type_ in TYPES)
        places = iter(range(1, 1000))
        given_rows = ", ".join(f"({row.format(*(next(places) for _ in TYPES))})" for _ in values)
        rows = select(
            f"SELECT * FROM (VALUES {given_rows}) given", *(text for line in values for text in line)
        )
        which = range(len(values))[::-1] if is_backwards else range(len(values))
        assert both(rows, which, len(TYPES))

    check()


def both(rows: LazyRows, which: range, width: int = 1) -> bytes:
    """What both ways write, after it was found equal; the compiled one must."""
    names = [chr(ord("a") + place) for place in range(width)]
    projection = Projection([Shown(name, name) for name in names])
    compiled = projection.writer.write(rows, which)
    assert compiled == dump([dict(zip(names, rows[place], strict=True)) for place in which])
    return compiled


def test_a_field_that_python_makes_and_a_default(select):
    rows = select("SELECT n, NULL::text, n FROM generate_series(1, 3) n")
    projection = Projection(
        [Shown("a", "a", lambda value: f'"{value}"'), Shown("b", "b", default="no\u2028ne"), Shown("c", "c")]
    )
    for which in (range(3), range(2, 0, -1), range(1, 2)):
        assert projection.writer.write(rows, which) == dump([projection(rows[place]) for place in which])
    assert projection.written(rows, range(0)) == b"[]"


def test_a_running_number(select):
    field = RunningNumberField(prefix='C-"é\u2028', digits=6)
    projection = Projection([Shown("a", "a", field.to_representation, number=field)])
    for type_, texts in (("int8", ("0", "7", "999999", "1000000", "9223372036854775807")), ("int2", ("42",))):
        for text in texts:
            rows = select(f"SELECT $1::{type_}", text)
            compiled = projection.writer.write(rows, range(1))
            assert compiled == dump([{"a": field.to_representation(int(text))}])
    for left in (select("SELECT -5::int8"), select("SELECT 'x'::text")):
        assert projection.writer.write(left, range(1)) is None
    assert projection.writer.write(select("SELECT NULL::int8"), range(1)) == b'[{"a":null}]'


def test_a_page_of_the_longest_texts(select):
    rows = select("SELECT repeat(E'\\x01', 20000), repeat('é', 50000) FROM generate_series(1, 200)")
    assert len(both(rows, range(200), 2)) > 40_000_000


def test_what_was_built_from_another_source_is_not_used(tmp_path, monkeypatch):
    other = tmp_path / "rows.so"
    other.write_bytes(BUILT.read_bytes().replace(fingerprint().encode(), b"0" * 64))
    assert is_used(monkeypatch, BUILT)
    assert not is_used(monkeypatch, other)
    assert not is_used(monkeypatch, tmp_path / "nothing")
    # Of the right sources, and no library.
    other.write_text(fingerprint())
    assert not is_used(monkeypatch, other)


def test_another_libpq_is_not_used(monkeypatch):
    assert CDLL(native._libpq()._name).PQlibVersion() > 0
    monkeypatch.setattr(native.psycopg.pq, "version", lambda: 1)
    assert not is_used(monkeypatch, BUILT)


def is_used(monkeypatch, built) -> bool:
    """Whether a writer writes with what was built there."""
    monkeypatch.setattr(native, "BUILT", built)
    return native._library.__wrapped__() is not None
