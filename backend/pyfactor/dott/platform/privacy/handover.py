"""What a business holds of a person, in a file for her: to be read (HTML), for programs (JSON), and her
files."""

import json
import zipfile
from collections.abc import Collection
from html import escape
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.db.models import Model
from django.utils import timezone

from dott.platform.files import store as files
from dott.platform.history.models import Change
from dott.platform.history.snapshot import ExactEncoder
from dott.platform.identity.models import Tenant
from dott.platform.privacy import held
from dott.platform.privacy.find import find
from dott.platform.privacy.patterns import Subject, patterns_of
from dott.platform.privacy.records import FILE_KEY, Belongings, Key, belongings, called, known_by
from dott.platform.tenancy.context import current

_IN_MEMORY_BYTES = 8 * 1024 * 1024
# Who of the staff did what, secrets, and what only the database needs are not the person's.
_LEFT_OUT = frozenset({"staff", "secret", "file"})
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Personal data</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{border:1px solid #ccc;padding:.3rem .5rem;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:14rem;font-weight:600}</style></head><body>"""


def hand_out(*, subject: Subject, records: Collection[Key]) -> IO[bytes]:
    """The zip, at its beginning. Raises what belongings() raises."""
    hers = belongings(records)
    described = _described(hers, subject.merged(known_by(records)))
    file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  (the response closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(described, cls=ExactEncoder, ensure_ascii=False, indent=2))
        archive.writestr("person.html", as_page(described))
        for row in _with_files(hers):
            path = files.path_of(getattr(row, FILE_KEY))
            if path.is_file():
                # The key keeps two files of one name apart.
                name = files.plain_name(called(row) or "file")
                archive.write(path, f"files/{getattr(row, FILE_KEY)}-{name}")
    file.seek(0)
    return file


def _with_files(hers: Belongings) -> list[Any]:
    return [row for rows in hers.rows.values() for row in rows if hasattr(row, FILE_KEY)]


def _described(hers: Belongings, subject: Subject) -> dict[str, Any]:
    """{"business", "made_at", "records", "history", "elsewhere"}."""
    ids = hers.ids
    return {
        "business": Tenant.objects.get(id=current().tenant_id).name,
        "made_at": timezone.now(),
        "records": [
            {
                "kind": model._meta.label_lower,
                "id": row.pk,
                "called": called(row),
                "values": _values(model, row),
            }
            for model, rows in hers.rows.items()
            for row in rows
        ],
        "history": [
            {
                "at": change.change_set.created_at,
                "kind": change.entity,
                "id": change.record_id,
                "what": change.operation,
                "before": change.before,
                "after": change.after,
            }
            for change in Change.objects.filter(record_id__in=ids).select_related("change_set").order_by("id")
        ],
        # Where else she stands; what stands there may be about others, so it is told and not copied.
        "elsewhere": [
            {"kind": hit.entity, "id": hit.record_id, "fields": hit.fields}
            for table in find(patterns_of(subject))
            for hit in table.hits
            if hit.record_id not in ids
        ],
    }


def _values(model: type[Model], row: Any) -> dict[str, Any]:
    return {
        field.name: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.generated
        and field.name != "tenant_id"
        and held.kind_of(model, field) not in _LEFT_OUT
        and getattr(row, field.attname) not in (None, "", [], {})
    }


def as_page(described: dict[str, Any]) -> str:
    """The same for people. Everything is escaped: a note may hold anything."""
    parts = [_PAGE, f"<h1>Personal data held by {escape(described['business'])}</h1>"]
    parts.append(f"<p>{escape(str(described['made_at']))}</p>")
    for record in described["records"]:
        parts.append(f"<h2>{escape(record['kind'])}: {escape(record['called'] or str(record['id']))}</h2>")
        parts.append(_table(record["values"]))
    parts.append("<h2>What changed</h2>")
    for change in described["history"]:
        title = f"{change['at']:%Y-%m-%d %H:%M} {change['what']} {change['kind']}"
        parts.append(f"<h3>{escape(title)}</h3>")
        values = {
            name: f"{change['before'].get(name, '')} → {change['after'].get(name, '')}"
            for name in {**change["before"], **change["after"]}
        }
        parts.append(_table(values))
    parts.append("<h2>Elsewhere</h2>")
    parts.append(
        _table(
            {str(one["id"]): f"{one['kind']}: {', '.join(one['fields'])}" for one in described["elsewhere"]}
        )
    )
    return "".join([*parts, "</body></html>"])


def _table(values: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in values.items()
    )
    return f"<table>{rows}</table>" if rows else "<p>–</p>"
