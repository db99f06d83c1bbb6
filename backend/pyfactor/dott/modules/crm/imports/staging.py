"""Rows of the file into crm_import_row, in batches: the staging table of the set-based steps.

COPY FROM is refused on a table with row-level security, and the roles may not make temporary tables, so
a batch travels as one JSON document and lands by INSERT … SELECT (tenancy.md 7: 0.97 of the cost
without a policy). Memory stays flat whatever the size of the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from .reader import Record
from .values import Issue, Parsed, RowParser

BATCH_ROWS = 2_000

_INSERT = """
INSERT INTO crm_import_row
       (tenant_id, import_job_id, line, cells, is_mended, issue, "values", edits, errors, warnings,
        is_excluded, action)
SELECT %s::uuid, %s::uuid, t.l, t.c, t.m, t.i, t.v, t.d, t.e, t.w, t.x,
       CASE WHEN t.x THEN 'excluded' WHEN t.e <> '[]' THEN 'error' ELSE 'create' END
  FROM jsonb_to_recordset(%s::jsonb)
       AS t (l int, c jsonb, m boolean, i text, v jsonb, d jsonb, e jsonb, w jsonb, x boolean)
"""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Edit(NamedTuple):
    """What a person did to a row by hand. cells: None when they are still the file's."""

    cells: list[str] | None
    values: dict[str, str]
    is_excluded: bool


NO_EDIT = Edit(None, {}, is_excluded=False)


def stage(
    cursor: Any,
    *,
    tenant_id: UUID,
    import_id: UUID,
    records: Iterable[Record],
    parser: RowParser,
    edits: Mapping[int, Edit],
    report: Callable[[int], None],
) -> int:
    """Insert every record, parsed, and return how many there are. report: called with that so far."""
    count = 0
    for batch in _batches(records):
        rows = [_row(record, parser, edits.get(record.line, NO_EDIT)) for record in batch]
        cursor.execute(_INSERT, [tenant_id, import_id, _encode(rows)])
        count += len(rows)
        report(count)
    return count


def parse_row(parser: RowParser, cells: Sequence[str], issue: str, edit: Edit) -> tuple[Parsed, str]:
    """The row as it counts, with the person's corrections, and what is still wrong with its shape."""
    if edit.cells is not None:
        cells, issue = edit.cells, parser.shape(edit.cells)
    if issue:
        return parser.ragged(cells, issue), issue
    if edit.values:
        return parser.parse_edited(cells, edit.values), ""
    return parser.parse(cells), ""


def issues_json(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """As the API shows them."""
    return [issue._asdict() for issue in issues]


def _row(record: Record, parser: RowParser, edit: Edit) -> dict[str, Any]:
    cells = record.cells if edit.cells is None else edit.cells
    parsed, issue = parse_row(parser, record.cells, record.issue or "", edit)
    return {
        "l": record.line,
        "c": cells,
        "m": edit.cells is not None,
        "i": issue,
        "v": parsed.values,
        "d": edit.values,
        "e": issues_json(parsed.errors),
        "w": issues_json(parsed.warnings),
        "x": edit.is_excluded,
    }


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch
