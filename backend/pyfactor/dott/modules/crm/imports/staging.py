"""Rows of the file into crm_import_row, in batches, each row with its verdict.

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

import psycopg

from dott.platform.tenancy.backend.base import DatabaseWrapper

from .links import Links
from .matching import Judge
from .parsed import Issue, Parsed
from .reader import Record
from .values import RowParser
from .verdict import verdict_ctes

BATCH_ROWS = 2_000

# What a row leaves out is empty: most rows have neither issues nor edits.
_BATCH = """
SELECT t.l AS line, t.c AS cells, coalesce(t.m, false) AS is_mended, coalesce(t.i, '') AS issue, t.v,
       coalesce(t.d, '{}') AS edits, coalesce(t.e, '[]') AS errors, coalesce(t.w, '[]') AS warnings,
       coalesce(t.x, false) AS is_excluded,
       CASE WHEN t.x THEN 'excluded' WHEN t.e IS NOT NULL THEN 'error' ELSE 'create' END AS action
  FROM jsonb_to_recordset(%(batch)s::jsonb)
       AS t (l int, c jsonb, m boolean, i text, v jsonb, d jsonb, e jsonb, w jsonb, x boolean)"""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Edit(NamedTuple):
    """What a person did to a row by hand. cells: None when they are still the file's."""

    cells: list[str] | None
    values: dict[str, str]
    is_excluded: bool


NO_EDIT = Edit(None, {}, is_excluded=False)


def stage(
    connection: DatabaseWrapper,
    *,
    tenant_id: UUID,
    import_id: UUID,
    records: Iterable[Record],
    parser: RowParser,
    links: Links | None,
    edits: Mapping[int, Edit],
    judge: Judge,
    report: Callable[[int], None],
) -> int:
    """Insert every record, parsed and judged, and return how many there are.

    links: finds what rows refer to, once for each batch. report: called with the number so far. Runs in the
    connection's open transaction. While PostgreSQL works on a batch the next one is parsed: in pipeline
    mode a statement is only sent, and sending waits until the one before it is done. An error of the
    database is raised by a later batch or at the end.
    """
    count = 0
    sql = _insert_sql(judge)
    with (
        connection.wrap_database_errors,
        # Not Django's cursor, which would write the document into the text of the statement.
        psycopg.Cursor(connection.connection) as cursor,
        connection.connection.pipeline(),
    ):
        for batch in _batches(records):
            rows = _rows(batch, parser, links, edits)
            cursor.execute(sql, {"tenant": tenant_id, "import": import_id, "batch": _encode(rows)})
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


def _insert_sql(judge: Judge) -> str:
    return f"""WITH {verdict_ctes(_BATCH, **judge._asdict())}
INSERT INTO crm_import_row
       (tenant_id, import_job_id, line, cells, is_mended, issue, "values", edits, errors, warnings,
        is_excluded, target_id, target_version, before, after, conflicts, action)
SELECT %(tenant)s, %(import)s, line, cells, is_mended, issue, v, edits, errors, warnings,
       is_excluded, target_id, target_version, before, after, conflicts, decision
  FROM verdict ORDER BY line"""


def _rows(
    batch: Sequence[Record], parser: RowParser, links: Links | None, edits: Mapping[int, Edit]
) -> list[dict[str, Any]]:
    found = [edits.get(record.line, NO_EDIT) for record in batch]
    read = [
        parse_row(parser, record.cells, record.issue or "", edit)
        for record, edit in zip(batch, found, strict=True)
    ]
    if links:
        links.resolve([parsed for parsed, _ in read])
    return [
        _row(record, edit, parsed, issue)
        for record, edit, (parsed, issue) in zip(batch, found, read, strict=True)
    ]


def _row(record: Record, edit: Edit, parsed: Parsed, issue: str) -> dict[str, Any]:
    """The row as _BATCH reads it."""
    row: dict[str, Any] = {
        "l": record.line,
        "c": record.cells if edit.cells is None else edit.cells,
        "v": parsed.values,
    }
    if issue:
        row["i"] = issue
    if parsed.errors:
        row["e"] = issues_json(parsed.errors)
    if parsed.warnings:
        row["w"] = issues_json(parsed.warnings)
    if edit is not NO_EDIT:
        row |= {"m": edit.cells is not None, "d": edit.values, "x": edit.is_excluded}
    return row


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch
