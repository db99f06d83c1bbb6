"""XLSX sheets as rows of text, streamed, and guarded against archives built to exhaust the server."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from .errors import ImportFileError
from .limits import (
    MAX_COLUMNS,
    MAX_SHARED_STRINGS_BYTES,
    MAX_WORKBOOK_ENTRIES,
    MAX_WORKBOOK_RATIO,
    MAX_WORKBOOK_UNPACKED_BYTES,
)

# What openpyxl raises on a workbook that is not one; everything else is our own bug and surfaces.
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException,
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, NotImplementedError,
)  # fmt: skip


def sheet_names(path: Path) -> tuple[str, ...]:
    """The visible worksheets in order. Raises ImportFileError for anything but a sound workbook."""
    _check_archive(path)
    with _opened(path) as book:
        names = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
    if not names:
        raise ImportFileError("empty_file", "The workbook has no visible sheet.")
    return names


def read_sheet(path: Path, sheet: str, max_rows: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of the rows that hold anything, without trailing blanks.

    Formulas give the value the spreadsheet last computed, never their text.
    """
    with _opened(path) as book:
        if sheet not in book.sheetnames:
            raise ImportFileError("unknown_sheet", f"The workbook has no sheet {sheet!r}.")
        page = book[sheet]
        # The stated dimension is the writer's claim; a false one would pad every row to its width.
        page.reset_dimensions()
        rows = page.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
        given = 0
        for number, values in enumerate(rows, start=1):
            width = len(values)
            while width and values[width - 1] in (None, ""):
                width -= 1
            cells = [_as_text(value) for value in values[:width]]
            if any(map(str.strip, cells)):
                yield number, cells
                given += 1
                if given == max_rows:
                    return


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _broken() from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise ImportFileError(
            "unsupported_file",
            "This archive is not an Excel workbook. Save the table as .xlsx or CSV.",
            status=415,
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    shared = sum(e.file_size for e in entries if e.filename.lower().endswith("sharedstrings.xml"))
    # zipfile never yields more than an entry's stated size, so stated sizes are binding.
    if (
        len(entries) > MAX_WORKBOOK_ENTRIES
        or unpacked > MAX_WORKBOOK_UNPACKED_BYTES
        or shared > MAX_SHARED_STRINGS_BYTES
        or (unpacked > 10 * 1024 * 1024 and unpacked / packed > MAX_WORKBOOK_RATIO)
    ):
        raise ImportFileError(
            "workbook_too_large",
            "The workbook unpacks to more than can be read safely. Save the sheet as CSV.",
            status=413,
        )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook. From a stream: openpyxl refuses a path by its name, and stored files have none."""
    with path.open("rb") as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
        except BROKEN_WORKBOOK as error:
            raise _broken() from error


def _broken() -> ImportFileError:
    return ImportFileError(
        "broken_workbook",
        "The workbook is damaged or not an Excel file. Open it and save it again as .xlsx or CSV.",
    )


def _as_text(value: Any) -> str:
    """The cell as a person sees it, with dates in ISO 8601."""
    match value:
        case None:
            return ""
        case str():
            text = value.replace("\x00", "")
        case bool():
            text = "true" if value else "false"
        case float():
            # Excel keeps every number as a float: a postal code 12209 must not become "12209.0".
            text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case dt.datetime():
            text = value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
        case dt.date() | dt.time():
            text = value.isoformat()
        case _:
            text = str(value)
    return text
