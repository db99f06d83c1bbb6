"""The XML parts of a workbook, read as streams by expat.

openpyxl guarded by defusedxml parses in pure Python: 400 µs a row and a whole pass for all shared
strings before the first row. What an import needs of SpreadsheetML (ECMA-376 part 1, section 18) is
small: rows, cells, shared strings, and which styles show dates. A document type declaration is refused,
and with it every entity trick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO, Any, NoReturn
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.escape import unescape

from .limits import MAX_COLUMNS

CHUNK_BYTES = 64 * 1024


class BrokenPart(ValueError):
    """A part that is not the XML it should be."""


def local_name(name: str) -> str:
    """Without the namespace: workbooks come in two of them and with any prefix."""
    return name[name.rfind(" ") + 1 :]


class LocalNames(dict[str, str]):
    """Names as expat gives them → local names; there are few, and each comes a million times."""

    def __missing__(self, name: str) -> str:
        self[name] = local = local_name(name)
        return local


def new_parser() -> Any:
    """An expat parser that names elements as "namespace name" and takes no document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: Any, chunk: bytes) -> None:
    """Parse the next piece; an empty one ends the document. Raises BrokenPart."""
    try:
        parser.Parse(chunk, not chunk)
    except expat.ExpatError as error:
        raise BrokenPart(str(error)) from error


def elements(stream: IO[bytes]) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part in order: (local name, attributes by local name)."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((local_name(name), {local_name(key): value for key, value in attributes.items()}))

    parser = new_parser()
    parser.StartElementHandler = start
    while chunk := stream.read(CHUNK_BYTES):
        feed(parser, chunk)
    feed(parser, b"")
    return found


def date_styles(stream: IO[bytes]) -> frozenset[int]:
    """Indexes of the cell formats that show a number as a date."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for name, attributes in elements(stream):
        if name == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", 0)))
    return frozenset(
        index
        for index, number in enumerate(styles)
        if is_date_format(custom.get(number, BUILTIN_FORMATS.get(number, "")))
    )


class SharedStrings:
    """The table that text cells point into, read only as far as it has been asked for."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._stream = stream
        self._strings: list[str] = []
        self._parser = new_parser()
        text_of(self._parser, "si", self._strings.append)

    def __getitem__(self, index: int) -> str:
        while len(self._strings) <= index:
            if self._stream is None:
                raise BrokenPart("A cell points to a text that is not there.")
            chunk = self._stream.read(CHUNK_BYTES)
            feed(self._parser, chunk)
            if not chunk:
                self._stream = None
        return self._strings[index]


def text_of(parser: Any, element: str, done: Callable[[str], None]) -> None:
    """Call done with the text of each such element: its runs joined, phonetic hints left out."""
    local = LocalNames()
    parts: list[str] = []
    phonetic = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal phonetic
        word = local[name]
        if word == "t":
            if not phonetic:
                parser.CharacterDataHandler = parts.append
        elif word == "rPh":
            phonetic += 1

    def end(name: str) -> None:
        nonlocal phonetic
        word = local[name]
        if word == "t":
            parser.CharacterDataHandler = None
        elif word == element:
            text = "".join(parts)
            parts.clear()
            done(unescape(text) if "_x" in text else text)
        elif word == "rPh":
            phonetic -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end


def rows(
    stream: IO[bytes], text_of_cell: Callable[[dict[str, str], str], str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text); a cell that is not there is "".

    text_of_cell: what a person sees, from the cell's attributes and its raw value. Cells beyond MAX_COLUMNS
    all count as one more, so that a false reference cannot widen a row.
    """
    finished: list[tuple[int, list[str]]] = []
    parser = new_parser()
    _collect_rows(parser, text_of_cell, finished.append)
    while chunk := stream.read(CHUNK_BYTES):
        feed(parser, chunk)
        yield from finished
        finished.clear()
    feed(parser, b"")
    yield from finished


def _collect_rows(
    parser: Any,
    text_of_cell: Callable[[dict[str, str], str], str],
    done: Callable[[tuple[int, list[str]]], None],
) -> None:
    """Call done with every row when it ends. Closures: this runs five times for each cell."""
    local = LocalNames()
    number = phonetic = 0
    cells: list[str] = []
    cell: dict[str, str] = {}
    parts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, phonetic, cells, cell
        word = local[name]
        if word == "c":
            cell = attributes
            parts.clear()
        elif word in ("v", "t"):
            if not phonetic:
                parser.CharacterDataHandler = parts.append
        elif word == "row":
            number = int(attributes.get("r", number + 1))
            cells = []
        elif word == "rPh":
            phonetic += 1

    def end(name: str) -> None:
        nonlocal phonetic
        word = local[name]
        if word == "c":
            reference = cell.get("r")
            column = min(column_index(reference), MAX_COLUMNS) if reference else len(cells)
            if parts:
                text = text_of_cell(cell, parts[0] if len(parts) == 1 else "".join(parts))
                if column == len(cells):
                    cells.append(text)
                else:
                    cells.extend([""] * (column + 1 - len(cells)))
                    cells[column] = text
        elif word in ("v", "t"):
            parser.CharacterDataHandler = None
        elif word == "row":
            done((number, cells))
        elif word == "rPh":
            phonetic -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end


def column_index(reference: str) -> int:
    """'A1' → 0, 'AB12' → 27."""
    return _index_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _index_of(letters: str) -> int:
    index = 0
    for letter in letters[:4]:
        index = index * 26 + ord(letter) - 64
    return max(index - 1, 0)


def _refuse_doctype(*_: Any) -> NoReturn:
    raise BrokenPart("A workbook has no document type.")
