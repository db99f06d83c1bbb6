"""What a person does with an import. Each runs inside the caller's transaction and tenant.

The long steps (validate, apply, revert) only change the state and queue a background job here; the work
is in imports/background.py. All but the first raise DetailsPurged (409) when the import is too old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections

from dott.modules.crm.actions.purge_imports import require_details, schedule_purge
from dott.modules.crm.actions.room import QuotaExceeded, take_room
from dott.modules.crm.actions.selling import ensure_selling
from dott.modules.crm.custom.cells import own_headers
from dott.modules.crm.imports import dialect as dialects
from dott.modules.crm.imports import matching, memory, staging
from dott.modules.crm.imports.countries import country_code
from dott.modules.crm.imports.dialect import Dialect
from dott.modules.crm.imports.errors import ImportFileError, too_large
from dott.modules.crm.imports.fields import OWN_PREFIX
from dott.modules.crm.imports.kinds import Kind
from dott.modules.crm.imports.limits import MAX_COLUMNS, MAX_FILE_BYTES
from dott.modules.crm.imports.mapping import remapped, unknown_field
from dott.modules.crm.imports.proposal import look, preview, told_entity, top_rows
from dott.modules.crm.imports.setup import (
    columns_of,
    judge_of,
    kind_of,
    links_of,
    parser_of,
    scope_of,
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
    *,
    actor: Actor,
    file_name: str,
    chunks: Iterable[bytes],
    default_country: str = "",
    entity: str | None = None,
    tag_name: str = "",
) -> ImportJob:
    """Store the file, look at it, and propose how to import it.

    entity: what the rows are; None to tell it from the headers. tag_name: for what is written.

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
            tag_name=tag_name,
            created_by_id=actor.membership_id,
            updated_by_id=actor.membership_id,
        )
        dialect = dialects.detect(path)
        job.entity = entity or told_entity(job, dialect)
        _prepare(job, actor)
        look(job, dialect)
        _take_room(stored.size_bytes, actor)
        job.save(force_insert=True)
        schedule_purge(job)
    except BaseException:
        files.discard(stored.key)
        raise
    return job


def change_import(*, actor: Actor, job: ImportJob, changes: Mapping[str, Any]) -> ImportJob:
    """Change what the rows are, mapping, mode, match keys, default country or dialect; the import is a draft
    again.

    changes: entity, mapping {column index: field or None}, mode, match_keys, default_country, dialect,
    tag_name, forget_mapping. Another kind of record or dialect means another table: the mapping starts anew
    and corrections of rows are forgotten. Where only the tag changes, the dry run goes on to count.
    forget_mapping: the columns are matched anew, now and for the next file with the same headers.
    Raises ImportBusy (409) and ImportFileError (400).
    """
    _require_editable(job)
    job.tag_name = changes.get("tag_name", job.tag_name)
    if changes.keys() == {"tag_name"}:
        return _save(job, actor)
    _change_entity(job, changes.get("entity", job.entity), actor)
    if changes.get("forget_mapping"):
        memory.forget(job.headers_key)
        look(job, Dialect.from_json(job.dialect))
    if "dialect" in changes:
        chosen = Dialect.from_json(job.dialect).changed(changes["dialect"])
        if chosen.as_json() != job.dialect:
            look(job, chosen)
            _forget_rows(job)
    if "default_country" in changes:
        job.default_country = _checked_country(changes["default_country"])
    if "mapping" in changes:
        names = [name for name in changes["mapping"].values() if name and name.startswith(OWN_PREFIX)]
        own = own_headers(job.entity).values() if names else ()
        columns = remapped(columns_of(job), changes["mapping"], own, kind_of(job))
        job.columns = [column.as_json() for column in columns]
    if not changes.keys().isdisjoint({"mapping", "default_country"}):
        preview(job, columns_of(job), top_rows(table_of(job)))
    if "match_keys" in changes:
        job.match_keys = _checked_keys(kind_of(job), changes["match_keys"])
    elif "mapping" in changes:
        targets = [column["field"] for column in job.columns]
        job.match_keys = [key for key in job.match_keys if kind_of(job).is_mapped(key, targets)]
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
    own = own_headers(job.entity).values() if any(name.startswith(OWN_PREFIX) for name in edited) else ()
    for field, text in edited.items():
        if field not in kind_of(job).fields and field not in own:
            raise unknown_field(kind_of(job), field)
        row.edits = {**row.edits, field: text}
    row.edits = {field: text for field, text in row.edits.items() if text}
    row.is_excluded = changes.get("is_excluded", row.is_excluded)
    edit = staging.Edit(row.cells if row.is_mended else None, row.edits, row.is_excluded)
    job.edited_fields = sorted({*job.edited_fields, *row.edits})
    parsed, row.issue = staging.parse_row(parser_of(job), row.cells, row.issue, edit)
    if links := links_of(job):
        links.resolve([parsed])
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


def _classify_again(job: ImportJob, row: ImportRow) -> None:
    """Judge the row anew, and with it those that were its duplicates or had it as theirs."""
    _allow_long_statements()
    twins = ImportRow.objects.filter(import_job=job, conflicts__contains=[{"code": matching.DUPLICATE}])
    scope = scope_of(job)._replace(row_ids=[row.id, *twins.values_list("id", flat=True)])
    judge = judge_of(job)
    with connections[current().alias].cursor() as cursor:
        matching.classify(cursor, scope, judge)
        matching.mark_duplicates(cursor, scope, judge)
        job.counts = matching.count_actions(cursor, scope)


def _change_entity(job: ImportJob, entity: str, actor: Actor) -> None:
    if entity == job.entity:
        return
    job.entity = entity
    _prepare(job, actor)
    look(job, Dialect.from_json(job.dialect))
    _forget_rows(job)


def _prepare(job: ImportJob, actor: Actor) -> None:
    """Deals need a pipeline; a business that has never looked at its deals gets its first one."""
    if job.entity == ImportJob.Entity.DEAL:
        ensure_selling(actor=actor)


def _forget_rows(job: ImportJob) -> None:
    _allow_long_statements()
    ImportRow.objects.filter(import_job=job).delete()
    job.edited_fields = []


def _store(chunks: Iterable[bytes]) -> files.Stored:
    try:
        return files.store(chunks, max_bytes=MAX_FILE_BYTES)
    except files.FileTooLarge as error:
        raise too_large() from error


def _take_room(size_bytes: int, actor: Actor) -> None:
    try:
        take_room(size_bytes, actor=actor)
    except QuotaExceeded as error:
        raise ImportFileError("quota_exceeded", str(error), status=409) from error


def _checked_keys(kind: Kind, keys: Sequence[str]) -> list[str]:
    unknown = [key for key in keys if key not in kind.keys]
    if unknown:
        choices = ", ".join(kind.keys)
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
