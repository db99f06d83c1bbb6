"""What kind of file this is: found by looking, shown to the person, changeable."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from . import encoding as encodings
from . import workbook
from .errors import ImportFileError
from .limits import MAX_FILE_BYTES, MAX_LINE_CHARS, SAMPLE_CHARS, SAMPLE_ROWS

DELIMITERS = (",", ";", "\t", "|")
DATE_ORDERS = ("ymd", "dmy", "mdy")
NULL_MARKERS = ("NULL", "\\N")

# (first bytes, what to call it); the advice is the same for all of them.
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|svg)", re.IGNORECASE)
CARD = re.compile(r"\ufeff?\s*BEGIN:VCARD\s", re.IGNORECASE)
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
LOOKS_LIKE_DATA = re.compile(r"\+?[\d\s()./,:-]*\d[\d\s()./,:-]*|[^@\s]+@[^@\s]+\.\w+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read the file. encoding is None for xlsx, delimiter but for csv, sheet but for xlsx.

    null_markers: cell texts that mean "empty" (databases export NULL or \\N).
    date_order: how 03/04/2025 is to be read; None until a date column is seen.
    """

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool = True
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    null_markers: tuple[str, ...] = ()
    date_order: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "sheets": list(self.sheets),
            "null_markers": list(self.null_markers),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Dialect:
        fields = dict(stored)
        fields["sheets"] = tuple(fields.get("sheets") or ())
        fields["null_markers"] = tuple(fields.get("null_markers") or ())
        return cls(**fields)

    def changed(self, wanted: Mapping[str, Any]) -> Dialect:
        """This dialect with the person's choices. Raises ImportFileError `invalid_dialect`."""
        allowed: dict[str, Sequence[Any]] = {
            "encoding": encodings.ENCODINGS if self.format in ("csv", "vcf") else (None,),
            "delimiter": DELIMITERS if self.format == "csv" else (None,),
            "has_header": (True,) if self.format == "vcf" else (True, False),
            "sheet": self.sheets if self.format == "xlsx" else (None,),
            "date_order": (*DATE_ORDERS, None),
            "format": (self.format,),
        }
        changes: dict[str, Any] = {}
        for name, value in wanted.items():
            if name == "sheets":
                continue
            if name == "null_markers":
                if not isinstance(value, list) or not set(map(str, value)) <= set(NULL_MARKERS):
                    raise ImportFileError(
                        "invalid_dialect", f"null_markers may hold {', '.join(NULL_MARKERS)}."
                    )
                changes[name] = tuple(value)
            elif name not in allowed:
                raise ImportFileError("invalid_dialect", f"A dialect has no {name!r}.")
            elif value not in allowed[name]:
                choices = ", ".join(repr(choice) for choice in allowed[name])
                raise ImportFileError("invalid_dialect", f"{name} must be one of {choices}.")
            else:
                changes[name] = value
        return replace(self, **changes)


def detect(path: Path) -> Dialect:
    """Look at the file and say how to read it.

    Raises ImportFileError: empty_file, file_too_large (413), old_excel, binary_file,
    unsupported_file, workbook_bomb (415/413), unknown_encoding.
    """
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        raise ImportFileError("empty_file", "The file is empty.")
    if size_bytes > MAX_FILE_BYTES:
        raise ImportFileError(
            "file_too_large",
            f"The file has {size_bytes / 1048576:.0f} MB; "
            f"at most {MAX_FILE_BYTES // 1048576} MB can be imported at once.",
            status=413,
        )
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK\x03\x04"):
        sheets = workbook.sheet_names(path)
        probe = Dialect(format="xlsx", sheet=sheets[0], sheets=sheets)
        rows = [cells for _, cells in workbook.read_sheet(path, sheets[0], max_rows=SAMPLE_ROWS)]
    else:
        _refuse_known_binaries(head)
        encoding = encodings.detect_encoding(path)
        if CARD.match(head.decode(encoding, "ignore")):
            return Dialect(format="vcf", encoding=encoding)
        sample, _ = read_sample(path, encoding)
        if not sample.strip('\ufeff \t\r\n,;|"'):
            raise ImportFileError("empty_file", "The file holds no text.")
        delimiter = detect_delimiter(sample)
        probe = Dialect(format="csv", encoding=encoding, delimiter=delimiter)
        rows = sample_rows(sample, delimiter)
    if not rows:
        raise ImportFileError("empty_file", "The file holds no rows.")
    found = {cell.strip() for row in rows for cell in row} & set(NULL_MARKERS)
    return replace(
        probe,
        has_header=looks_like_header(rows[0]),
        null_markers=tuple(marker for marker in NULL_MARKERS if marker in found),
    )


def _refuse_known_binaries(head: bytes) -> None:
    for magic, name in SIGNATURES:
        if head.startswith(magic):
            if name == "old_excel":
                raise ImportFileError(
                    "old_excel",
                    "This is an old Excel file (.xls) or a workbook with a password. "
                    "Open it and save it as .xlsx or CSV.",
                    status=415,
                )
            raise ImportFileError(
                "binary_file", f"This is {name}, not a table. Choose a CSV or XLSX file.", status=415
            )
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise ImportFileError(
            "unsupported_file",
            "This is a web page or XML file, not a table. Save it as .xlsx or CSV.",
            status=415,
        )


def read_sample(path: Path, encoding: str) -> tuple[str, bool]:
    """The first part of the text, cut at a line end, and whether that is all of it."""
    with path.open(encoding=encoding, newline="") as stream:
        text = stream.read(SAMPLE_CHARS)
        is_whole = not stream.read(1)
    if not is_whole:
        cut = max(text.rfind("\n"), text.rfind("\r"))
        if cut < 0:
            raise ImportFileError(
                "line_too_long",
                f"The file has a line of over {min(SAMPLE_CHARS, MAX_LINE_CHARS):,} characters; "
                "it does not look like a table.",
            )
        text = text[: cut + 1]
    return text.removeprefix("\ufeff"), is_whole


def separator_line(text: str) -> re.Match[str] | None:
    """Excel's `sep=;` first line, which names the delimiter and is not part of the table."""
    return SEPARATOR_LINE.match(text)


def sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    """The non-blank rows of a sample, at most SAMPLE_ROWS. Broken quoting ends it early."""
    hint = separator_line(sample)
    lines = (sample[hint.end() :] if hint else sample).splitlines(keepends=True)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if any(map(str.strip, row)):
                rows.append(row)
                if len(rows) == SAMPLE_ROWS:
                    break
    except csv.Error:
        pass  # An over-long cell in the sample: what was read so far decides.
    return rows


def detect_delimiter(sample: str) -> str:
    """The delimiter under which most rows have as many cells as the first one; comma if none."""
    hint = separator_line(sample)
    if hint and hint[1] in DELIMITERS:
        return hint[1]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(row) for row in sample_rows(sample, delimiter)]
        if not widths or widths[0] < 2:
            continue
        score = (Counter(widths)[widths[0]] / len(widths), widths[0])
        # A clearly wider table wins over a slightly steadier one: text cells hold commas too.
        if score[0] > best_score[0] + 0.2 or (score[0] > best_score[0] - 0.2 and score[1] > best_score[1]):
            best, best_score = delimiter, score
    return best


def looks_like_header(row: Sequence[str]) -> bool:
    """A header names things: no cell is a number, date, phone or e-mail, and none repeats."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return not any(LOOKS_LIKE_DATA.fullmatch(cell) for cell in cells)
