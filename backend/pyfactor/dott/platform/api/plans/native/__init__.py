"""Rows as JSON, written by compiled code (rows.c) where that could be built.

It writes what the way through Python writes, byte for byte, and leaves to it whatever it does not know.
Nothing depends on it: without a C compiler lists cost more (docs/adr/0011-plans.md). The launcher and the
image build it, with image/build_native.py.
"""

from collections.abc import Callable, Sequence
from ctypes import (
    CDLL,
    POINTER,
    PyDLL,
    Structure,
    byref,
    c_char_p,
    c_int32,
    c_int64,
    c_void_p,
    cast,
    string_at,
)
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from dott.platform.api.plans.native.source import BUILT, is_built
from dott.platform.tenancy.wire import LazyRows


class Column(NamedTuple):
    """One field of the object that a row becomes. name: with its colon. null: JSON in place of NULL.

    cell: JSON of a value as Python knows it, where a field is more than its column's value. prefix: of a
    running number, as JSON with its first quote. digits: how many that number has at least.
    """

    name: bytes
    null: bytes
    cell: Callable[[Any], bytes] | None = None
    prefix: bytes | None = None
    digits: int = 0


class _Field(Structure):
    _fields_ = (
        ("name", c_char_p),
        ("null", c_char_p),
        ("cells", POINTER(c_char_p)),
        ("prefix", c_char_p),
        ("name_length", c_int32),
        ("null_length", c_int32),
        ("prefix_length", c_int32),
        ("digits", c_int32),
    )


class _Libpq(Structure):
    _fields_ = tuple((name, c_void_p) for name in ("value", "length", "is_null", "type"))


class Writer:
    """Writes rows whose first columns are the given ones."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = [(place, column.cell) for place, column in enumerate(columns) if column.cell]
        self.width = len(columns)
        self.fields = (_Field * self.width)()
        for field, column in zip(self.fields, columns, strict=True):
            field.name, field.name_length = column.name, len(column.name)
            field.null, field.null_length = column.null, len(column.null)
            if column.prefix:
                field.prefix, field.prefix_length = column.prefix, len(column.prefix)
                field.digits = column.digits

    def write(self, rows: LazyRows, which: range) -> bytes | None:
        """A JSON array; None for what is left to Python. which: at least one."""
        library = _library()
        result: Any = rows.result
        if library is None:
            return None
        fields = type(self.fields).from_buffer_copy(self.fields)
        for place, cell in self.columns:
            made: dict[bytes | None, bytes] = {}
            cells, load, text = [], rows.loader(place), result.get_value
            for row in which:
                value = text(row, place)
                if value not in made:
                    made[value] = cell(None if value is None else load(value))
                cells.append(made[value])
            fields[place].cells = (c_char_p * len(cells))(*cells)
        out = c_void_p()
        length = library.rows(
            byref(library.libpq), result.pgresult_ptr, fields, self.width,
            which.start, which.step, len(which), byref(out),
        )  # fmt: skip
        if length < 0:
            return None
        try:
            return string_at(out, length)
        finally:
            library.free(out)


class _Library(NamedTuple):
    rows: Any
    free: Any
    libpq: _Libpq


@cache
def _library() -> _Library | None:
    """None where it was not built, or from other sources, or may not be loaded, or where psycopg brings no
    libpq of its own."""
    libpq = _libpq() if psycopg.pq.__impl__ == "binary" and is_built(BUILT) else None
    if libpq is None:
        return None
    try:
        # The interpreter is kept from other threads meanwhile: to get it back takes longer than a page does.
        built = PyDLL(str(BUILT))
    except OSError:
        return None
    rows, free = built.dott_rows, built.dott_free
    rows.restype, free.restype = c_int64, None
    rows.argtypes = (
        POINTER(_Libpq), c_void_p, POINTER(_Field), c_int32, c_int32, c_int32, c_int32, POINTER(c_void_p),
    )  # fmt: skip
    free.argtypes = (c_void_p,)
    called = (libpq.PQgetvalue, libpq.PQgetlength, libpq.PQgetisnull, libpq.PQftype)
    return _Library(rows, free, _Libpq(*(cast(function, c_void_p) for function in called)))


def _libpq() -> CDLL | None:
    """The library that makes psycopg's results; it is loaded already."""
    import psycopg_binary

    folder = Path(psycopg_binary.__file__).parent.with_name("psycopg_binary.libs")
    for path in folder.glob("libpq-*.so*"):
        library = CDLL(str(path))
        if library.PQlibVersion() == psycopg.pq.version():
            return library
    return None
