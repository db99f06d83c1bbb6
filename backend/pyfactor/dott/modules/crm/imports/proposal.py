"""What a file is taken for when nobody has said anything yet: kind of record, columns, keys, samples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from dott.modules.crm.custom.cells import own_headers
from dott.modules.crm.models import ImportJob
from dott.platform.files import store as files

from . import memory
from .dialect import Dialect
from .kinds import Kind
from .layout_shape import Layout
from .layouts import entity_of, recognise
from .limits import MAX_COLUMNS, SAMPLE_ROWS, SAMPLES_SHOWN
from .mapping import Column, match_columns
from .normalise import detect_date_order
from .preview import with_previews
from .reader import Table, open_table
from .setup import kind_of, parser_of


def told_entity(job: ImportJob, dialect: Dialect) -> str:
    """What the headers say. A business that imported such a file before means the same again."""
    table = open_table(files.path_of(job.file_key), dialect)
    if not dialect.has_header:
        return ImportJob.Entity.CUSTOMER
    earlier = memory.last_applied(memory.key_of(table.headers))
    return earlier.entity if earlier else entity_of(table.headers)


def look(job: ImportJob, dialect: Dialect) -> None:
    """Open the file so and propose everything that follows from it. Raises ImportFileError."""
    table = open_table(files.path_of(job.file_key), dialect)
    rows = top_rows(table)
    kind = kind_of(job)
    layout = recognise(table.headers, job.entity) if dialect.has_header else None
    own = own_headers(job.entity)
    columns = match_columns(table.headers, rows, layout, own, kind)
    job.layout = layout.name if layout else ""
    job.match_keys = default_match_keys(kind, columns, layout)
    columns = memory.take_over(job, table.headers if dialect.has_header else [], columns, own.values())
    if dialect.date_order is None:
        for column in columns:
            if (
                column.field
                and column.field in kind.fields
                and kind.fields[column.field].kind in ("date", "instant")
            ):
                order = detect_date_order([row[column.index] for row in rows])
                dialect = dialect.changed({"date_order": order})
    job.dialect = dialect.as_json()
    job.sample_rows = [row[:MAX_COLUMNS] for row in rows[:SAMPLES_SHOWN]]
    preview(job, columns, rows)


def top_rows(table: Table) -> list[list[str]]:
    """The well-formed ones of the first rows."""
    return [record.cells for record in islice(table, SAMPLE_ROWS) if not record.issue]


def preview(job: ImportJob, columns: list[Column], rows: list[list[str]]) -> None:
    job.columns = [column.as_json() for column in columns]
    shown = with_previews(columns, rows, parser_of(job), kind_of(job))
    job.columns = [column.as_json() for column in shown]


def default_match_keys(kind: Kind, columns: Sequence[Column], layout: Layout | None = None) -> list[str]:
    """The strongest key that the file has, or those that its layout names.

    Dott's own export holds records that never had an external id: there the weaker keys have to do.
    Its running numbers are no key, because in another business they belong to others.
    """
    targets = [column.field for column in columns]
    keys = [key for key in kind.keys if kind.is_mapped(key, targets)]
    if layout and layout.keys:
        return [key for key in keys if key in layout.keys]
    if {column.header for column in columns} >= kind.own_export:
        return [key for key in keys if key not in kind.doubtful_keys]
    return keys[:1]
