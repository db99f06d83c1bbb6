"""Writing a business into a file."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections

from dott.platform.identity.models import Tenant
from dott.platform.portability.archive import FORMAT, MANIFEST, MEMBERS, VERSION, Writer, dumps
from dott.platform.portability.entities import FILE_KEY, Entity, entities
from dott.platform.portability.members import Members
from dott.platform.portability.schemas import schema_of
from dott.platform.tenancy.context import current

SETTINGS = ("name", "currency", "country", "language", "timezone", "week_start")
ROWS_AT_ONCE = 2_000
_BLOCK_BYTES = 1024 * 1024
_REPORTED_EVERY = 500
# Between two pages of records lie uploaded files, which take as long as they are large.
_PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = '6h'"

Report = Callable[[int], None]


def take_out(stream: IO[bytes], report: Report | None = None) -> dict[str, int]:
    """Write the active business and return the number of records by entity.

    Memory stays flat. The same business makes the same bytes: nothing in the file says when it was made.
    report: is told now and then how many records and files are written; see count_all().
    """
    writer, members, done = Writer(stream), Members(), _Done(report)
    counts: dict[str, int] = {}
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_PATIENCE)
    writer.add(MEMBERS, members.listed)
    for entity in entities():
        writer.add(f"schema/{entity.label}.json", schema_of(entity))
    for entity in entities():
        keys: list[str] = []
        with writer.entry(f"data/{entity.label}.ndjson") as entry:
            counts[entity.label] = 0
            for row in _rows(entity):
                entry.write(dumps(members.named(entity, row)) + b"\n")
                counts[entity.label] += 1
                done.count()
                if entity.has_files and row[FILE_KEY]:
                    keys.append(row[FILE_KEY])
        _add_files(writer, keys, done)
    tenant = Tenant.objects.using(current().alias).get(id=current().tenant_id)
    writer.add(
        MANIFEST,
        {
            "format": FORMAT,
            "version": VERSION,
            "business": {name: getattr(tenant, name) for name in SETTINGS},
            "records": counts,
            "files": dict(writer.hashes),
        },
    )
    writer.close()
    return counts


def count_all() -> int:
    """Records and files of the active business."""
    total = 0
    for entity in entities():
        rows = entity.model._base_manager.all()
        total += rows.count()
        if entity.has_files:
            total += rows.values(FILE_KEY).distinct().count()
    return total


class _Done:
    """Counts what is written."""

    def __init__(self, report: Report | None) -> None:
        self._report, self._done = report, 0

    def count(self) -> None:
        """One record or file more."""
        self._done += 1
        if self._report is not None and self._done % _REPORTED_EVERY == 0:
            self._report(self._done)


def path_of(file_key: str) -> Path:
    """Where an uploaded file of the active business lies."""
    return Path(settings.FILES_DIR) / str(current().tenant_id) / file_key


def _rows(entity: Entity) -> Iterator[dict[str, Any]]:
    """Every record by id, trashed ones too."""
    columns = ", ".join(entity.selected(field) for field in entity.fields)
    sql = (
        f"SELECT r.id, to_jsonb(r)::text FROM (SELECT {columns} FROM {entity.table} r"  # noqa: S608  (own names)
        " WHERE r.tenant_id = %s AND r.id > %s ORDER BY r.id LIMIT %s) r ORDER BY r.id"
    )
    last = "00000000-0000-0000-0000-000000000000"
    with connections[current().alias].cursor() as cursor:
        while True:
            cursor.execute(sql, [current().tenant_id, last, ROWS_AT_ONCE])
            page = cursor.fetchall()
            for _, text in page:
                row = json.loads(text)
                yield {name: row[name] for name in entity.names}
            if len(page) < ROWS_AT_ONCE:
                return
            last = page[-1][0]


def _add_files(writer: Writer, keys: list[str], done: _Done) -> None:
    for key in sorted(set(keys)):
        done.count()
        path = path_of(key)
        # A file that is gone is gone; its record still says that there was one.
        if path.is_file():
            with writer.entry(f"files/{key}") as entry, path.open("rb") as stream:
                while block := stream.read(_BLOCK_BYTES):
                    entry.write(block)
