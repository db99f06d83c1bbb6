"""What an applied import teaches the next one with the same columns."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from dott.modules.crm.models import ImportJob

from .kinds import KINDS
from .mapping import Column
from .mending import own_headers_of

SEPARATOR = "\x1f"


def key_of(headers: Sequence[str]) -> str:
    """SHA-256 (hex) of a set of headers, whatever their order and case.

    A file of mended rows has the key of the file that they came from.
    """
    own = sorted(map(str.casefold, own_headers_of(headers)))
    return hashlib.sha256(SEPARATOR.join(own).encode()).hexdigest()


def last_applied(headers_key: str, entity: str | None = None) -> ImportJob | None:
    """The import that was applied last with these headers, still stands, and was not told to be forgotten.

    entity: of this kind of record only.
    """
    kind = {"entity": entity} if entity else {}
    applied = ImportJob.objects.filter(
        headers_key=headers_key, **kind, state=ImportJob.State.APPLIED, is_mapping_kept=True
    )
    return applied.order_by("-applied_at", "-id").first() if headers_key else None


def forget(headers_key: str) -> None:
    """No import with these headers serves as an example any more."""
    ImportJob.objects.filter(headers_key=headers_key, is_mapping_kept=True).update(is_mapping_kept=False)


def take_over(
    job: ImportJob, headers: Sequence[str], columns: list[Column], own: Collection[str] = ()
) -> list[Column]:
    """The columns as in the last applied import with these headers, if any; its keys and mode go to the job.

    headers: empty for a file without a header row, of which nothing is remembered. own: the business's own
    fields.
    """
    job.headers_key = key_of(headers) if headers else ""
    earlier = last_applied(job.headers_key, job.entity)
    job.mapped_like = told(earlier) if earlier else None
    if earlier is None:
        return columns
    columns = as_before(columns, earlier, own)
    job.match_keys, job.mode = keys_as_before(earlier, columns), earlier.mode
    return columns


def as_before(columns: Sequence[Column], earlier: ImportJob, own: Collection[str] = ()) -> list[Column]:
    """The columns with the fields that the earlier import gave them.

    A field that no longer exists leaves its column with what is proposed, as long as that is free.
    """
    chosen: dict[str, Any] = {column["header"].casefold(): column["field"] for column in earlier.columns}
    kind = KINDS[earlier.entity]
    known = {
        column.index: chosen[column.header.casefold()]
        for column in columns
        if column.header.casefold() in chosen
        and chosen[column.header.casefold()] in (None, *kind.fields, *own)
    }
    taken = {field for field in known.values() if field != kind.text}
    result = []
    for column in columns:
        field = column.field
        if column.index in known:
            field = known[column.index]
        elif field in taken:
            field = kind.text
        is_same = field == column.field
        result.append(column._replace(field=field, confidence=column.confidence if is_same else 1.0))
    return result


def keys_as_before(earlier: ImportJob, columns: Sequence[Column]) -> list[str]:
    """The match keys of the earlier import that these columns can fill."""
    kind, targets = KINDS[earlier.entity], [column.field for column in columns]
    return [key for key in earlier.match_keys if key in kind.keys and kind.is_mapped(key, targets)]


def told(earlier: ImportJob) -> dict[str, Any]:
    """What the page says about the import whose choices were taken over."""
    return {
        "id": str(earlier.id),
        "file_name": earlier.file_name,
        "applied_at": earlier.applied_at.isoformat() if earlier.applied_at else None,
    }
