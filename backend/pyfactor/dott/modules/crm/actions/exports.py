"""The end of every export: the file as it leaves, its sum, and the record that it left."""

import hashlib
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple
from uuid import UUID

from django.db import connections

from dott.modules.crm.actions.export_workbook import workbook_of
from dott.modules.crm.models import Export
from dott.modules.crm.models.exports import ExportFile
from dott.platform.history.actor import Actor
from dott.platform.tenancy.context import current

CSV, XLSX = ExportFile.values
IN_MEMORY_BYTES = 1024 * 1024
_BLOCK_BYTES = 256 * 1024


class CsvFile(SpooledTemporaryFile[bytes]):
    """A CSV as export.csv_of() writes it. row_count: its records, without the header line."""

    row_count: int = 0

    def __init__(self) -> None:
        super().__init__(max_size=IN_MEMORY_BYTES)


class Made(NamedTuple):
    """A file that can be sent, positioned at its start. sha256: in hexadecimal."""

    file: IO[bytes]
    size_bytes: int
    sha256: str


def finish_export(*, actor: Actor, csv: CsvFile, entity: str, kind: str, receipt: UUID | None) -> Made:
    """Turn the CSV into the file that is wanted, and record that it was taken out.

    An API key that only reads leaves no record: its transaction cannot write. Raises IntegrityError (409)
    for a receipt that was used before.
    """
    made = _measured(csv, _blocks(csv)) if kind == CSV else _workbook(csv)
    if not current().is_read_only:
        Export.objects.create(
            created_by_id=actor.membership_id,
            receipt=receipt,
            entity=entity,
            file=kind,
            row_count=csv.row_count,
            size_bytes=made.size_bytes,
            sha256=made.sha256,
        )
    return made


def _workbook(csv: CsvFile) -> Made:
    with connections[current().alias].cursor() as cursor:
        # A large workbook takes longer than a transaction may otherwise be idle.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    return _measured(file, _written(file, workbook_of(csv)))


def _measured(file: IO[bytes], blocks: Iterable[bytes]) -> Made:
    size_bytes, digest = 0, hashlib.sha256()
    for block in blocks:
        size_bytes += len(block)
        digest.update(block)
    file.seek(0)
    return Made(file, size_bytes, digest.hexdigest())


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK_BYTES):
        yield block


def _written(file: IO[bytes], blocks: Iterable[bytes]) -> Iterator[bytes]:
    for block in blocks:
        file.write(block)
        yield block
