"""A CSV file of an export as an Excel workbook, made while it is sent."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, cast
from xml.sax.saxutils import escape

from dott.modules.crm.imports.formula import unguard

# What a sheet can hold, its header included; what is more goes to a further sheet.
MAX_SHEET_ROWS = 1_048_576
_BLOCK_ROWS = 500
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Characters that XML cannot hold or would change, and texts that would be read as the escape of one
# (ECMA-376 part 1, 22.9.2.19).
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def workbook_of(file: IO[bytes]) -> Iterator[bytes]:
    """The parts of an .xlsx file with the rows of a CSV as export.csv_of() writes it; closes that at the end.

    Every cell is text and none a formula, so nothing is run, rounded or taken for a date. One block of
    rows is in memory at a time.
    """
    sink = _Sink()
    # A SpooledTemporaryFile is no RawIOBase by name, but reads like one; the sink is only written to.
    text = io.TextIOWrapper(cast(Any, file), "utf-8-sig", newline="")
    with text, zipfile.ZipFile(cast(Any, sink), "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        rows = csv.reader(text)
        header = next(rows)
        places = [_letters(index) for index in range(len(header))]
        sheets, following = 0, next(rows, None)
        while following is not None or not sheets:
            sheets += 1
            body = chain([] if following is None else [following], islice(rows, MAX_SHEET_ROWS - 2))
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as part:
                part.write(_SHEET_START.encode())
                for block in _blocks(chain([header], body), places):
                    part.write(block)
                    yield sink.taken()
                part.write(_SHEET_END.encode())
            following = next(rows, None)
        for name, content in _other_parts(sheets):
            archive.writestr(name, _HEAD + content)
    yield sink.taken()


class _Sink:
    """What a zip file is written into without ever going back: the bytes since they were last taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._parts.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _blocks(rows: Iterator[list[str]], places: Sequence[str]) -> Iterator[bytes]:
    number = 0
    while block := list(islice(rows, _BLOCK_ROWS)):
        lines = []
        for cells in block:
            number += 1
            filled = "".join(
                f'<c r="{place}{number}" t="inlineStr"><is><t xml:space="preserve">{_cell(cell)}</t></is></c>'
                for place, cell in zip(places, cells, strict=True)
                if cell
            )
            lines.append(f'<row r="{number}">{filled}</row>')
        yield "".join(lines).encode()


def _cell(text: str) -> str:
    """Without the CSV's guard, which a text cell does not need.

    It stays where the text would still look guarded, so that the import page reads back what was exported.
    """
    bare = unguard(text)
    shown = text if bare.startswith("'") else bare
    return escape(_UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", shown))


def _letters(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    while index >= 0:
        index, place = divmod(index, 26)
        letters, index = chr(ord("A") + place) + letters, index - 1
    return letters


def _other_parts(sheets: int) -> Iterator[tuple[str, str]]:
    """The parts around the sheets: what there is, and where."""
    numbers = range(1, sheets + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{parts}</Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    listed = "".join(f'<sheet name="Dott {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    )


# The header stays in sight.
_SHEET_START = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_SHEET_END = "</sheetData></worksheet>"
