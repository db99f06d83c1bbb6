"""Reading a business out of a file, into one that is empty."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction

from dott.platform.history.chain import seal
from dott.platform.identity.actions.tenants import change_tenant
from dott.platform.identity.models import Tenant
from dott.platform.portability.archive import MANIFEST, ArchiveError, Reader
from dott.platform.portability.entities import Entity, entities
from dott.platform.portability.members import Members
from dott.platform.portability.take_out import SETTINGS, path_of
from dott.platform.tenancy.context import current

ROWS_AT_ONCE = 1_000

Line = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in. missing: addresses that records named and nobody here has; there it says nobody now."""

    counts: dict[str, int]
    missing: list[str] = field(default_factory=list)


def take_in(stream: IO[bytes]) -> Taken:
    """Fill the active business from a file that `take_out` has written. All of it, or nothing.

    Records keep their ids, versions and history. Raises ArchiveError when the business is not empty, or
    for whatever in the file is not as it should be; the caller's transaction must then be rolled back.
    """
    reader, members = Reader(stream), Members()
    _make_room()
    stored: list[str] = []
    counts: dict[str, int] = {}
    try:
        # A record may refer to one that comes later in its own file.
        _execute("SET CONSTRAINTS ALL DEFERRED")
        for entity in entities():
            counts[entity.label] = _take(entity, reader, members, stored)
        _check_references()
        _take_settings(reader)
        # What came in is older than the chain's end; from here on it is what it is.
        seal(everything=True)
    except BaseException:
        for key in stored:
            path_of(key).unlink(missing_ok=True)
        raise
    return Taken(counts, sorted(members.missing))


def _make_room() -> None:
    """Refuse where somebody has worked; clear away what a business only was set up with."""
    full = [entity.label for entity in entities() if entity.is_record and _has_rows(entity)]
    if full:
        raise ArchiveError(
            "not_empty", f"A business is taken into an empty one; here there are records: {', '.join(full)}."
        )
    for entity in reversed(entities()):
        if entity.may_be_cleared:
            rows = entity.model._base_manager.all()
            rows._raw_delete(rows.db)


def _has_rows(entity: Entity) -> bool:
    return bool(entity.model._base_manager.exists())


def _take(entity: Entity, reader: Reader, members: Members, stored: list[str]) -> int:
    name, count = f"data/{entity.label}.ndjson", 0
    # An earlier version of Dott did not have this table yet.
    if name not in reader.names:
        return 0
    lines = reader.lines(name)
    while batch := list(islice(lines, ROWS_AT_ONCE)):
        _check_names(entity, name, batch)
        rows = [(number, members.found(entity, row)) for number, row in batch]
        _insert(entity, name, rows)
        if entity.has_files:
            _take_files(reader, (row.get("file_key") for _, row in rows), stored)
        count += len(batch)
    return count


def _check_names(entity: Entity, name: str, lines: list[Line]) -> None:
    known, first = set(entity.names), lines[0][1].keys()
    for number, row in lines:
        unknown = row.keys() - known
        if unknown:
            raise ArchiveError(
                "unknown_field", f"There is no field {ascii(min(unknown))[:82]}.", f"{name}:{number}"
            )
        if "id" not in row or row.keys() != first:
            raise ArchiveError("missing_field", "A field is missing.", f"{name}:{number}")


def _insert(entity: Entity, name: str, lines: list[Line]) -> None:
    """One statement for all; where it fails, line by line, to say which one it was."""
    try:
        with transaction.atomic(using=current().alias):
            _insert_rows(entity, [row for _, row in lines])
    except DatabaseError as error:
        if len(lines) > 1:
            middle = len(lines) // 2
            _insert(entity, name, lines[:middle])
            _insert(entity, name, lines[middle:])
            return
        raise ArchiveError("refused", _reason(error), f"{name}:{lines[0][0]}") from error


def _insert_rows(entity: Entity, rows: list[dict[str, Any]]) -> None:
    given = [column for column in entity.fields if column.name in rows[0]]
    columns = ", ".join(f'"{column.column}"' for column in given)
    values = ", ".join(f'r."{column.name}"' for column in given)
    connection = connections[current().alias]
    types = ", ".join(f'"{column.name}" {column.db_type(connection)}' for column in given)
    _execute(
        f"INSERT INTO {entity.table} ({columns}) SELECT {values}"  # noqa: S608  (own names)
        f" FROM jsonb_to_recordset(%s::jsonb) AS r ({types})",
        [json.dumps(rows)],
    )


def _take_settings(reader: Reader) -> None:
    """Name, currency and the like; the address stays that of the business here."""
    given = reader.manifest.get("business")
    tenant = Tenant.objects.get(id=current().tenant_id)
    changes = {name: given[name] for name in SETTINGS if name in given} if isinstance(given, dict) else {}
    for name, value in changes.items():
        setattr(tenant, name, value)
    try:
        tenant.clean_fields(exclude={field.name for field in Tenant._meta.fields} - changes.keys())
    except ValidationError as error:
        name, reasons = next(iter(error.message_dict.items()))
        raise ArchiveError("refused", f"{name}: {reasons[0]}", MANIFEST) from error
    change_tenant(tenant=tenant, changes=changes)


def _check_references() -> None:
    try:
        with transaction.atomic(using=current().alias):
            _execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        raise ArchiveError("refused", _reason(error)) from error


def _execute(sql: str, params: list[Any] | None = None) -> None:
    with connections[current().alias].cursor() as cursor:
        cursor.execute(sql, params)


def _reason(error: DatabaseError) -> str:
    """The database's refusal in one line, without the values, which may be anything."""
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "message_primary", None)
    text = re.sub(r'"[^"]*"$|: ".*"', "", str(rule or "it does not fit"))
    return f"The database refuses this record: {text}."


def _take_files(reader: Reader, keys: Iterable[Any], stored: list[str]) -> None:
    for key in _present(reader, keys):
        path = path_of(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        stored.append(key)
        with path.open("xb") as target:
            for block in reader.blocks(f"files/{key}"):
                target.write(block)


def _present(reader: Reader, keys: Iterable[Any]) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        if isinstance(key, str) and f"files/{key}" in reader.names:
            yield key
