"""Rows of a file, one at a time, with the line they start on. A row is never shifted to fit."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

from . import workbook
from .dialect import Dialect, separator_line
from .errors import ImportFileError
from .limits import MAX_BROKEN_QUOTES, MAX_COLUMNS, MAX_LINE_CHARS, MAX_ROWS
from .vcard_rows import card_rows


class Record(NamedTuple):
    """One row as it stands in the file.

    line: where it starts, 1-based, as an editor or a spreadsheet counts.
    issue: None, or why it cannot be read: too_many_cells, too_few_cells, broken_quotes; of a vCard
    broken_card, unclosed_card, unknown_version.
    """

    line: int
    cells: list[str]
    issue: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file. headers: one per column, unique, outer space removed."""

    path: Path
    dialect: Dialect
    headers: list[str]

    def __iter__(self) -> Iterator[Record]:
        """Yield the rows below the header; blank rows are passed over.

        Raises ImportFileError: too_many_rows, line_too_long, broken_quotes, wrong_encoding.
        """
        width = len(self.headers)
        is_sheet = self.dialect.format == "xlsx"
        rows = _raw_records(self.path, self.dialect)
        if self.dialect.has_header:
            next(rows, None)
        for count, record in enumerate(rows, start=1):
            if count > MAX_ROWS:
                raise ImportFileError(
                    "too_many_rows",
                    f"The file has more than {MAX_ROWS:,} rows. Split it and import the parts.",
                    status=413,
                )
            cells = record.cells
            if len(cells) == width or record.issue:
                yield record
            elif len(cells) > width:
                yield Record(record.line, cells[: MAX_COLUMNS + 1], "too_many_cells")
            elif is_sheet:
                # A spreadsheet has no notion of a missing trailing cell; a text file has.
                yield Record(record.line, cells + [""] * (width - len(cells)), None)
            else:
                yield Record(record.line, cells, "too_few_cells")

    def estimated_rows(self) -> int:
        """Rows to expect, for showing progress; 0 when that cannot be said cheaply."""
        if self.dialect.format == "xlsx":
            return 0
        with self.path.open("rb") as stream:
            if self.dialect.format == "vcf":
                return sum(line[:9].upper() == b"END:VCARD" for line in stream)
            lines = sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
        return max(0, lines - self.dialect.has_header)


def open_table(path: Path, dialect: Dialect) -> Table:
    """Read and judge the header.

    Raises ImportFileError: empty_file, no_rows, duplicate_header, empty_header, too_many_columns.
    """
    rows = _raw_records(path, dialect)
    first = next(rows, None)
    if first is None:
        raise ImportFileError("empty_file", "The file holds no rows.")
    if len(first.cells) > MAX_COLUMNS:
        raise ImportFileError(
            "too_many_columns", f"The file has more than {MAX_COLUMNS} columns.", status=413
        )
    if not dialect.has_header:
        return Table(path, dialect, [f"Column {i}" for i in range(1, len(first.cells) + 1)])
    second = next(rows, None)
    if second is None:
        raise ImportFileError("no_rows", "The file has a header but no rows below it.")
    return Table(path, dialect, checked_headers(first.cells))


def checked_headers(cells: list[str]) -> list[str]:
    """Headers without outer space. Raises ImportFileError when one is empty or comes twice."""
    headers = [cell.strip() for cell in cells]
    seen: dict[str, int] = {}
    for number, header in enumerate(headers, start=1):
        if not header:
            raise ImportFileError(
                "empty_header", f"Column {number} has no header. Give it a name or remove it."
            )
        first = seen.setdefault(header.casefold(), number)
        if first != number:
            raise ImportFileError(
                "duplicate_header",
                f"The header {header!r} stands twice, in columns {first} and {number}. Rename one of them.",
            )
    return headers


def suggest_cells(cells: list[str], width: int, delimiter: str = ",") -> list[str] | None:
    """A likely repair of a row with too many cells, or None.

    A delimiter that was not quoted leaves its mark: the cell after it starts with a space. Offered
    only when joining exactly those cells gives the right width; a person decides.
    """
    joined: list[str] = []
    for cell in cells:
        if joined and cell[:1] == " " and cell.strip():
            joined[-1] += delimiter + cell
        else:
            joined.append(cell)
    return joined if len(joined) == width < len(cells) else None


def _raw_records(path: Path, dialect: Dialect) -> Iterator[Record]:
    if dialect.sheet is not None:
        for line, cells in workbook.read_sheet(path, dialect.sheet):
            yield Record(line, cells, None)
        return
    if dialect.format == "vcf":
        yield from map(Record._make, card_rows(path, dialect.encoding or "utf-8"))
        return
    with path.open(encoding=dialect.encoding, newline="") as stream:
        try:
            yield from _delimited_records(_Lines(stream), dialect.delimiter or ",")
        except UnicodeDecodeError as error:
            raise ImportFileError(
                "wrong_encoding", f"The file cannot be read as {dialect.encoding}."
            ) from error


class _Lines:
    """Physical lines, remembering those of the current record so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.line = 1
        first = stream.readline(MAX_LINE_CHARS + 1).removeprefix("\ufeff")
        if separator_line(first):
            self.line = 2
        elif first:
            self._again.append(first)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(MAX_LINE_CHARS + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_LINE_CHARS:
            raise ImportFileError(
                "line_too_long",
                f"Line {self.line + len(self.taken)} has over {MAX_LINE_CHARS:,} characters.",
            )
        self.taken.append(line)
        return line

    def finish_record(self) -> int:
        """Forget the lines of the record just read; return the line it started on."""
        start = self.line
        self.line += len(self.taken)
        self.taken.clear()
        return start

    def back_to_second_line(self) -> str:
        """Give back all but the first line of the current record; return that first line."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        del self.taken[1:]
        return first


def _delimited_records(lines: _Lines, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    broken = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quote that is never closed swallows the lines below it: name the row it stands in
            # and take up again on the next line.
            broken += 1
            raw = lines.back_to_second_line().rstrip("\r\n")
            start = lines.finish_record()
            if broken > MAX_BROKEN_QUOTES:
                raise ImportFileError(
                    "broken_quotes", "Too many rows have quotation marks that are not closed."
                ) from None
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            yield Record(start, raw.split(delimiter), "broken_quotes")
            continue
        start = lines.finish_record()
        if any(cells) and any(map(str.strip, cells)):
            yield Record(start, cells, None)
