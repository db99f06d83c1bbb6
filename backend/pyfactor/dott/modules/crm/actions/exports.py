"""An export on its way out: the file, block by block as PostgreSQL writes its lines, and its record."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any
from uuid import UUID

from django.db import connections

from dott.modules.crm.actions.export_workbook import workbook_of
from dott.modules.crm.models import Export
from dott.modules.crm.models.exports import ExportFile
from dott.platform.history.actor import Actor
from dott.platform.tenancy.context import current

CSV, XLSX = ExportFile.values
IN_MEMORY_BYTES = 1024 * 1024
# The first block is small, to be soon on its way; each is twice as long as the one before.
_FIRST_BLOCK_ROWS, _BLOCK_ROWS = 32, 512
# Without it spreadsheets take UTF-8 for the system's own encoding.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A list may take longer than the five seconds that a statement of a request has, and a workbook longer than
# a transaction may otherwise be idle.
_PATIENCE = "SET LOCAL statement_timeout = '10min'"
_IDLE_PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = '10min'"


class Csv:
    """The rows of a query as CSV below a header line, written by PostgreSQL: a hundred thousand take half a
    second and no memory.

    row_count: records, without the header line; right once all blocks were read.
    """

    def __init__(self, header: Sequence[str], sql: str, params: Sequence[Any]) -> None:
        self.header, self.sql, self.params = header, sql, params
        self.row_count = 0

    def blocks(self) -> Iterator[bytes]:
        """To be read inside the tenant's transaction."""
        statement = f"COPY ({self.sql}) TO STDOUT (FORMAT csv)"
        # It is on its way before PostgreSQL has sorted a million rows.
        yield _BYTE_ORDER_MARK + ",".join(self.header).encode() + b"\n"
        rows = _FIRST_BLOCK_ROWS
        with connections[current().alias].cursor() as cursor:
            cursor.execute(_PATIENCE)
            with cursor.cursor.copy(statement, self.params) as copy:
                lines = iter(copy)
                while block := b"".join(islice(lines, rows)):
                    yield block
                    rows = min(2 * rows, _BLOCK_ROWS)
            self.row_count = cursor.cursor.rowcount


def leaving(*, actor: Actor, csv: Csv, entity: str, kind: str, receipt: UUID | None) -> Iterator[bytes]:
    """The file that is wanted, in blocks; behind the last one stands on record what was taken out.

    An API key that only reads leaves no record: its transaction cannot write. Raises IntegrityError for a
    receipt that was used before.
    """
    size_bytes, digest = 0, hashlib.sha256()
    for block in csv.blocks() if kind == CSV else _workbook(csv):
        size_bytes += len(block)
        digest.update(block)
        yield block
    if not current().is_read_only:
        Export.objects.create(
            created_by_id=actor.membership_id,
            receipt=receipt,
            entity=entity,
            file=kind,
            row_count=csv.row_count,
            size_bytes=size_bytes,
            sha256=digest.hexdigest(),
        )


def _workbook(csv: Csv) -> Iterator[bytes]:
    """Made of a whole CSV: it takes ten times as long, and no statement is to run for that time."""
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_IDLE_PATIENCE)
    # workbook_of closes it.
    file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115
    for block in csv.blocks():
        file.write(block)
    file.seek(0)
    yield from workbook_of(file)
