"""The rows that were not imported, as a file that a person mends in a spreadsheet and uploads again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from dott.modules.crm.models import ImportJob, ImportRow

from .formula import guard, unguard

# In front of the file's own columns. A file that has both is one of these come back.
TOLD = ("Import line", "Import problem")
LEFT_OUT = "Left out by hand."
_IN_MEMORY_BYTES = 1024 * 1024
_BATCH_ROWS = 2_000


def rows_to_mend(job: ImportJob) -> IO[bytes]:
    """CSV in UTF-8: the header, then each row that failed or was left out: line, reasons, cells as given.

    Each reason names its column. Inert in spreadsheets; a large file lies on disk, not in memory.
    """
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([*TOLD, *(guard(column["header"]) for column in job.columns)])
    idle = ImportRow.objects.filter(
        import_job=job, action__in=[ImportRow.Action.ERROR, ImportRow.Action.EXCLUDED]
    ).order_by("line")
    idle = idle.only("line", "action", "cells", "errors", "conflicts")
    line = 0
    while rows := list(idle.filter(line__gt=line)[:_BATCH_ROWS]):
        for row in rows:
            # As an import reads the cell: one that came guarded gets no second apostrophe.
            cells = (guard(unguard(cell)) for cell in row.cells)
            writer.writerow([row.line, guard(_reasons(row, job.columns)), *cells])
        line = rows[-1].line
    text.detach()
    file.seek(0)
    return file


def told_columns(headers: Sequence[str]) -> frozenset[int]:
    """Which columns are those of TOLD; none unless both are there."""
    found = {header: index for index, header in enumerate(headers) if header in TOLD}
    return frozenset(found.values()) if len(found) == len(TOLD) else frozenset()


def own_headers_of(headers: Sequence[str]) -> list[str]:
    """The headers that the file had before its rows were sent back to be mended."""
    told = told_columns(headers)
    return [header for index, header in enumerate(headers) if index not in told]


def _reasons(row: ImportRow, columns: Sequence[dict[str, Any]]) -> str:
    said = [LEFT_OUT] if row.action == ImportRow.Action.EXCLUDED else []
    return " ".join([*said, *_issues([*row.errors, *row.conflicts], columns)])


def _issues(issues: Iterable[dict[str, Any]], columns: Sequence[dict[str, Any]]) -> Iterable[str]:
    for issue in issues:
        place = issue["column"]
        yield str(issue["detail"]) if place is None else f"{columns[place]['header']}: {issue['detail']}"
