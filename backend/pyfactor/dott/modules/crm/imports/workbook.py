"""XLSX sheets as rows of text, streamed, and guarded against archives built to exhaust the server."""

from __future__ import annotations

import datetime as dt
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from dott.platform.files.archives import has_link

from . import sheet_xml
from .errors import ImportFileError
from .limits import (
    MAX_SHARED_STRINGS_BYTES,
    MAX_WORKBOOK_ENTRIES,
    MAX_WORKBOOK_RATIO,
    MAX_WORKBOOK_UNPACKED_BYTES,
)
from .sheet_xml import SharedStrings

# What a damaged archive or part raises while it is read.
BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The visible worksheets in order. Raises ImportFileError for anything but a sound workbook."""
    with _opened(path) as archive:
        _check_size(archive)
        names = tuple(_Book(archive).sheets)
    if not names:
        raise ImportFileError("empty_file", "The workbook has no visible sheet.")
    return names


def read_sheet(path: Path, sheet: str, max_rows: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of the rows that hold anything, without trailing blanks.

    Formulas give the value the spreadsheet last computed, never their text.
    """
    with _opened(path) as archive:
        book = _Book(archive)
        if sheet not in book.sheets:
            raise ImportFileError("unknown_sheet", f"The workbook has no sheet {sheet!r}.")
        given = 0
        with archive.open(book.sheets[sheet]) as stream:
            for number, texts in sheet_xml.rows(stream, book.text):
                while texts and not texts[-1].strip():
                    texts.pop()
                if texts:
                    yield number, texts
                    given += 1
                    if given == max_rows:
                        return


class _Book:
    """What all sheets share: their names, the text table, which formats are dates, and the calendar."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        targets = {
            attributes["Id"]: posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            for name, attributes in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
        }
        self.sheets: dict[str, str] = {}
        self._epoch = CALENDAR_WINDOWS_1900
        for name, attributes in self._elements("xl/workbook.xml"):
            if name == "sheet" and attributes.get("state", "visible") == "visible":
                if attributes.get("id") in targets:
                    self.sheets[attributes["name"]] = targets[attributes["id"]]
            elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = CALENDAR_MAC_1904
        self._strings = SharedStrings(self._part("xl/sharedStrings.xml"))
        styles = self._part("xl/styles.xml")
        self._dates = sheet_xml.date_styles(styles) if styles else frozenset()

    def text(self, cell: Mapping[str, str], text: str) -> str:
        """What a person sees in a cell with these attributes and this raw value; dates in ISO 8601."""
        kind = cell.get("t", "")
        if kind == "s":
            return self._strings[int(text)]
        if kind in ("", "n"):
            if int(cell.get("s", 0)) in self._dates:
                return self._date(float(text))
            return text if text.isdecimal() else _number(text)
        if kind == "b":
            return "true" if text in ("1", "true") else "false"
        return unescape(text) if "_x" in text else text

    def _date(self, days: float) -> str:
        try:
            value = from_excel(days, self._epoch)
        except OverflowError:
            return _number(str(days))
        if isinstance(value, dt.datetime) and value.time() != dt.time():
            return value.isoformat(sep=" ")
        return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)

    def _part(self, name: str) -> IO[bytes] | None:
        return self._archive.open(name) if name in self._archive.NameToInfo else None

    def _elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        with self._archive.open(name) as stream:
            return sheet_xml.elements(stream)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if has_link(archive):
                raise ImportFileError(
                    "link_in_archive", "The workbook holds a symbolic link, as none should."
                )
            names = archive.NameToInfo
            if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
                raise ImportFileError(
                    "unsupported_file",
                    "This archive is not an Excel workbook. Save the table as .xlsx or CSV.",
                    status=415,
                )
            yield archive
    except BROKEN_WORKBOOK as error:
        raise ImportFileError(
            "broken_workbook",
            "The workbook is damaged or not an Excel file. Open it and save it again as .xlsx or CSV.",
        ) from error


def _check_size(archive: zipfile.ZipFile) -> None:
    """Refuse a bomb by the sizes it states; zipfile never yields more than that, so they are binding."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    shared = sum(e.file_size for e in entries if e.filename.lower().endswith("sharedstrings.xml"))
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


def _number(text: str) -> str:
    """A postal code 12209 must not become "12209.0", nor 0.1 "0.10000000000000001"."""
    value = float(text)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
