"""What a person does with an import. Each runs inside the caller's transaction and tenant.

The long steps (validate, apply, revert) only change the state and queue a background job here; the work
is in imports/background.py. All but the first raise DetailsPurged (409) when the import is too old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connections

from dott.modules.crm.actions.purge_imports import require_details, schedule_purge
from dott.modules.crm.custom.cells import own_headers
from dott.modules.crm.imports import dialect as dialects
from dott.modules.crm.imports import matching, memory, staging
from dott.modules.crm.imports.countries import country_code
from dott.modules.crm.imports.dialect import Dialect
from dott.modules.crm.imports.errors import ImportFileError, too_large
from dott.modules.crm.imports.fields import FIELDS, MATCH_KEYS, OWN_PREFIX
from dott.modules.crm.imports.headers import OWN_EXPORT
from dott.modules.crm.imports.layout_shape import Layout
from dott.modules.crm.imports.layouts import recognise
from dott.modules.crm.imports.limits import MAX_COLUMNS, MAX_FILE_BYTES, SAMPLE_ROWS, SAMPLES_SHOWN
from dott.modules.crm.imports.mapping import Column, match_columns, remapped
from dott.modules.crm.imports.normalise import detect_date_order
from dott.modules.crm.imports.preview import with_previews
from dott.modules.crm.imports.reader import Table, open_table
from dott.modules.crm.imports.setup import (
    columns_of,
    parser_of,
    scope_of,
    settable_fields,
    table_of,
)
from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.files import store as files
from dott.platform.history.actor import Actor
from dott.platform.identity.models import Tenant
from dott.platform.jobs.queue import enqueue
from dott.platform.tenancy.context import current

EDITABLE = frozenset({"draft", "validated", "failed", "reverted"})


class ImportBusy(Exception):
    """The import is in a state in which this cannot be done. `state` names it."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def create_import(
    *, actor: Actor, file_name: str, chunks: Iterable[bytes], default_country: str = ""
) -> ImportJob:
    """Store the file, look at it, and propose how to import it.

    Raises ImportFileError when it cannot be imported; then neither a file nor a row is left.
    """
    stored = _store(chunks)
    try:
        path = files.path_of(stored.key)
        job = ImportJob(
            file_name=files.plain_name(file_name),
            file_key=stored.key,
            size_bytes=stored.size_bytes,
            default_country=default_country,
            created_by_id=actor.membership_id,
            updated_by_id=actor.membership_id,
        )
        _look(job, dialects.detect(path))
        job.save(force_insert=True)
        schedule_purge(job)
    except BaseException:
        files.discard(stored.key)
        raise
    return job


def change_import(*, actor: Actor, job: ImportJob, changes: Mapping[str, Any]) -> ImportJob:
    """Change mapping, mode, match keys, default country or dialect; the import is a draft again.

    changes: mapping {column index: field or None}, mode, match_keys, default_country, dialect,
    forget_mapping. Another
    dialect means another table: the mapping starts anew and corrections of rows are forgotten.
    forget_mapping: the columns are matched anew, now and for the next file with the same headers.
    Raises ImportBusy (409) and ImportFileError (400).
    """
    _require_editable(job)
    if changes.get("forget_mapping"):
        memory.forget(job.headers_key)
        _look(job, Dialect.from_json(job.dialect))
    if "dialect" in changes:
        chosen = Dialect.from_json(job.dialect).changed(changes["dialect"])
        if chosen.as_json() != job.dialect:
            _look(job, chosen)
            _allow_long_statements()
            ImportRow.objects.filter(import_job=job).delete()
            job.edited_fields = []
    if "default_country" in changes:
        job.default_country = _checked_country(changes["default_country"])
    if "mapping" in changes:
        names = [name for name in changes["mapping"].values() if name and name.startswith(OWN_PREFIX)]
        own = own_headers().values() if names else ()
        job.columns = [column.as_json() for column in remapped(columns_of(job), changes["mapping"], own)]
    if not changes.keys().isdisjoint({"mapping", "default_country"}):
        _preview(job, columns_of(job), _top_rows(table_of(job)))
    if "match_keys" in changes:
        job.match_keys = _checked_keys(changes["match_keys"])
    elif "mapping" in changes:
        job.match_keys = [key for key in job.match_keys if key in settable_fields(job)]
    job.mode = changes.get("mode", job.mode)
    job.state = ImportJob.State.DRAFT
    job.counts = {}
    job.problem = None
    return _save(job, actor)


def validate_import(*, actor: Actor, job: ImportJob) -> ImportJob:
    """Queue the dry run. Raises ImportBusy (409)."""
    _require_editable(job)
    return _queue(job, actor, ImportJob.State.VALIDATING, "crm.import.validate")


def apply_import(*, actor: Actor, job: ImportJob) -> ImportJob:
    """Queue the writing of what the dry run showed. Raises ImportBusy (409) unless it is validated."""
    require_details(job)
    if job.shown_state != ImportJob.State.VALIDATED:
        raise ImportBusy(job.shown_state)
    return _queue(job, actor, ImportJob.State.APPLYING, "crm.import.apply")


def revert_import(*, actor: Actor, job: ImportJob) -> ImportJob:
    """Queue the taking back of an applied import. Raises ImportBusy (409) unless it is applied."""
    require_details(job)
    failed_revert = job.state == ImportJob.State.REVERTING and not job.is_running
    if job.shown_state != ImportJob.State.APPLIED and not failed_revert:
        raise ImportBusy(job.shown_state)
    return _queue(job, actor, ImportJob.State.REVERTING, "crm.import.revert")


def edit_row(*, actor: Actor, job: ImportJob, row: ImportRow, changes: Mapping[str, Any]) -> ImportRow:
    """Mend a row of the dry run: corrected cells, typed values, or leave it out; judged again at once.

    changes: cells (list of text), values {field: text, "" takes an earlier one back}, is_excluded.
    Raises ImportBusy (409) unless the import is validated, ImportFileError for an unknown field.
    """
    require_details(job)
    if job.shown_state != ImportJob.State.VALIDATED:
        raise ImportBusy(job.shown_state)
    if "cells" in changes:
        row.cells, row.is_mended = [str(cell) for cell in changes["cells"][: MAX_COLUMNS + 1]], True
        row.issue = ""
    edited = changes.get("values", {})
    own = own_headers().values() if any(name.startswith(OWN_PREFIX) for name in edited) else ()
    for field, text in edited.items():
        if field not in FIELDS and field not in own:
            raise ImportFileError("unknown_field", f"Customers have no field {field!r} to import into.")
        row.edits = {**row.edits, field: text}
    row.edits = {field: text for field, text in row.edits.items() if text}
    row.is_excluded = changes.get("is_excluded", row.is_excluded)
    edit = staging.Edit(row.cells if row.is_mended else None, row.edits, row.is_excluded)
    job.edited_fields = sorted({*job.edited_fields, *row.edits})
    parsed, row.issue = staging.parse_row(parser_of(job), row.cells, row.issue, edit)
    row.values = parsed.values
    row.errors = staging.issues_json(parsed.errors)
    row.warnings = staging.issues_json(parsed.warnings)
    row.save()
    _classify_again(job, row)
    _save(job, actor)
    row.refresh_from_db()
    return row


def country_of_business() -> str:
    """The country of the active business, for local phone numbers; "" when it has none."""
    context = current()
    tenant = Tenant.objects.using(context.alias).filter(id=context.tenant_id)
    return tenant.values_list("country", flat=True).first() or ""


def allow_slow_upload() -> None:
    """Let the request's transaction wait for a file that comes over a slow line.

    The application's role is otherwise thrown out after ten seconds without a statement.
    """
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")


def _allow_long_statements() -> None:
    """Work on all rows of a large import may take longer than a page's query should."""
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")


def default_match_keys(columns: Sequence[Column], layout: Layout | None = None) -> list[str]:
    """The strongest key that the file has, or those that its layout names.

    Dott's own export holds customers who never had an external id: there the weaker keys have to do.
    Its account numbers are no key, because in another business they belong to others.
    """
    mapped = {column.field for column in columns}
    keys = [key for key in MATCH_KEYS if key in mapped]
    if layout and layout.keys:
        return [key for key in keys if key in layout.keys]
    if {column.header for column in columns} >= OWN_EXPORT:
        return [key for key in keys if key != "phone"]
    return keys[:1]


def _classify_again(job: ImportJob, row: ImportRow) -> None:
    """Judge the row anew, and with it those that were its duplicates or had it as theirs."""
    _allow_long_statements()
    twins = ImportRow.objects.filter(import_job=job, conflicts__contains=[{"code": matching.DUPLICATE}])
    scope = scope_of(job)._replace(row_ids=[row.id, *twins.values_list("id", flat=True)])
    keys, fields = job.match_keys, settable_fields(job)
    with connections[current().alias].cursor() as cursor:
        matching.classify(cursor, scope, keys=keys, mode=job.mode, fields=fields)
        matching.mark_duplicates(cursor, scope, keys=keys, fields=fields)
        job.counts = matching.count_actions(cursor, scope)


def _look(job: ImportJob, dialect: Dialect) -> None:
    """Open the file so and propose everything that follows from it. Raises ImportFileError."""
    table = open_table(files.path_of(job.file_key), dialect)
    rows = _top_rows(table)
    layout = recognise(table.headers) if dialect.has_header else None
    own = own_headers()
    columns = match_columns(table.headers, rows, layout, own)
    job.layout = layout.name if layout else ""
    job.match_keys = default_match_keys(columns, layout)
    columns = memory.take_over(job, table.headers if dialect.has_header else [], columns, own.values())
    if dialect.date_order is None:
        for column in columns:
            if column.field in FIELDS and FIELDS[column.field].kind == "date":
                order = detect_date_order([row[column.index] for row in rows])
                dialect = dialect.changed({"date_order": order})
    job.dialect = dialect.as_json()
    job.sample_rows = [row[:MAX_COLUMNS] for row in rows[:SAMPLES_SHOWN]]
    _preview(job, columns, rows)


def _top_rows(table: Table) -> list[list[str]]:
    """The well-formed ones of the first rows."""
    return [record.cells for record in islice(table, SAMPLE_ROWS) if not record.issue]


def _preview(job: ImportJob, columns: list[Column], rows: list[list[str]]) -> None:
    job.columns = [column.as_json() for column in columns]
    shown = with_previews(columns, rows, parser_of(job))
    job.columns = [column.as_json() for column in shown]


def _store(chunks: Iterable[bytes]) -> files.Stored:
    try:
        return files.store(chunks, max_bytes=MAX_FILE_BYTES)
    except files.FileTooLarge as error:
        raise too_large() from error


def _checked_keys(keys: Sequence[str]) -> list[str]:
    unknown = [key for key in keys if key not in MATCH_KEYS]
    if unknown:
        choices = ", ".join(MATCH_KEYS)
        raise ImportFileError(
            "unknown_match_key", f"Rows can be matched by {choices}; not by {unknown[0]!r}."
        )
    return list(dict.fromkeys(keys))


def _checked_country(code: str) -> str:
    if code and country_code(code) != code:
        raise ImportFileError("unknown_country", "Use a two-letter country code such as DE.")
    return code


def _require_editable(job: ImportJob) -> None:
    require_details(job)
    was_applied = job.applied_at is not None and job.reverted_at is None
    if job.shown_state not in EDITABLE or was_applied:
        raise ImportBusy(job.shown_state)


def _queue(job: ImportJob, actor: Actor, state: str, kind: str) -> ImportJob:
    job.state = state
    job.problem = None
    job.job = enqueue(kind, import_id=str(job.id))
    return _save(job, actor)


def _save(job: ImportJob, actor: Actor) -> ImportJob:
    job.touch()
    job.updated_by_id = actor.membership_id
    job.save()
    return job
