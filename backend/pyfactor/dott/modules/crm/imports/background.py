"""The long steps of an import, each one transaction of a background job. Safe to run twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, cast
from uuid import UUID

from django.db import connections
from django.utils import timezone

from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.history.record import record
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import JobFailed, job
from dott.platform.tenancy.backend.base import DatabaseWrapper
from dott.platform.tenancy.context import current
from dott.platform.tenancy.pending import sorted_beside

from . import apply, marking, matching, staging
from .errors import ImportFileError
from .revert import revert_records
from .setup import judge_of, kind_of, links_of, parser_of, scope_of, settable_fields, table_of

REPORT_EVERY_S = 0.5
LINES_NAMED = 20
MANY_ROWS = 5_000


@job("crm.import.validate")
def validate(background: Job, import_id: str) -> None:
    """Dry run: read, normalise, match and classify every row. Writes no record."""
    import_job = _locked(import_id, ImportJob.State.VALIDATING)
    if import_job is None:
        return
    edits = _edits_of(import_job)
    ImportRow.objects.filter(import_job=import_job).delete()
    scope = scope_of(import_job)
    judge = judge_of(import_job)
    connection = cast(DatabaseWrapper, connections[current().alias])
    with connection.cursor() as cursor:
        matching.prefer_hash_joins(cursor)
        try:
            table = table_of(import_job)
            import_job.row_count = staging.stage(
                connection,
                tenant_id=scope.tenant_id,
                import_id=scope.import_id,
                records=table,
                parser=parser_of(import_job),
                links=links_of(import_job),
                edits=edits,
                judge=judge,
                report=_reporter(background, "reading", table.estimated_rows()),
            )
        except ImportFileError as error:
            raise JobFailed(error.code, error.detail) from error
        background.report("matching", 0, import_job.row_count)
        matching.mark_duplicates(cursor, scope, judge)
        import_job.counts = matching.count_actions(cursor, scope)
    _finish(import_job, ImportJob.State.VALIDATED)


@job("crm.import.apply")
def apply_rows(background: Job, import_id: str) -> None:
    """Write the new and the changed records of the dry run, with their history."""
    import_job = _locked(import_id, ImportJob.State.APPLYING)
    if import_job is None:
        return
    scope, judge = scope_of(import_job), judge_of(import_job)
    kind = judge.kind
    with connections[current().alias].cursor() as cursor:
        total = import_job.counts["create"] + import_job.counts["update"]
        background.report("checking", 0, total)
        apply.refuse_changed(cursor, scope, judge)
        import_job.counts = counts = matching.count_actions(cursor, scope)
        total = counts["create"] + counts["update"]
        is_large = counts["create"] >= MANY_ROWS
        if total:
            background.report("writing", 0, total)
            reason = f"import {import_job.file_name}"
            change_set_id = record(changes=[], operation_kind="import", reason=reason)
            tag_id = _tag_of(cursor, import_job, change_set_id)
            with sorted_beside(cursor, kind.table) if is_large else nullcontext():
                apply.write_records(
                    cursor,
                    scope,
                    kind=kind,
                    fields=judge.fields,
                    membership_id=current().membership_id,
                    change_set_id=change_set_id,
                    first_number=_reserve_numbers(background, kind.series, counts["create"]),
                    tag_id=tag_id,
                )
            import_job.change_set_id = change_set_id
            if is_large:
                apply.refresh_statistics(cursor, kind)
    import_job.applied_at, import_job.reverted_at = timezone.now(), None
    _finish(import_job, ImportJob.State.APPLIED)


@job("crm.import.revert")
def revert_rows(background: Job, import_id: str) -> None:
    """Undo the import, except for records that were changed after it; their lines are named."""
    import_job = _locked(import_id, ImportJob.State.REVERTING)
    if import_job is None:
        return
    if import_job.change_set_id:
        background.report("reverting", 0, import_job.counts["create"] + import_job.counts["update"])
        change_set_id = record(
            changes=[],
            operation_kind="import",
            reason=f"revert import {import_job.file_name}",
            undoes=import_job.change_set_id,
        )
        scope, tag_id = scope_of(import_job), import_job.tag_id
        with connections[current().alias].cursor() as cursor:
            kept = revert_records(
                cursor,
                scope,
                kind=kind_of(import_job),
                fields=settable_fields(import_job),
                membership_id=current().membership_id,
                change_set_id=change_set_id,
                tag_id=tag_id,
            )
            if tag_id and import_job.is_tag_made:
                marking.remove_unused(cursor, scope, tag_id=tag_id, change_set_id=change_set_id)
        if kept:
            import_job.problem = {"code": "rows_kept", "detail": _kept_sentence(import_job.entity, kept)}
    import_job.reverted_at = timezone.now()
    _finish(import_job, ImportJob.State.REVERTED)


def _locked(import_id: str, state: str) -> ImportJob | None:
    """The import, locked; None when an earlier run of this job has finished the step already."""
    return ImportJob.objects.select_for_update(of=("self",)).filter(id=import_id, state=state).first()


def _finish(import_job: ImportJob, state: str) -> None:
    import_job.state = state
    import_job.touch()
    import_job.save()


def _tag_of(cursor: Any, import_job: ImportJob, change_set_id: UUID) -> UUID | None:
    """The tag for what is written now, if one is wanted."""
    import_job.tag_id, import_job.is_tag_made = None, False
    if import_job.tag_name:
        import_job.tag_id, import_job.is_tag_made = marking.lock_tag(
            cursor,
            scope_of(import_job),
            name=import_job.tag_name,
            membership_id=current().membership_id,
            change_set_id=change_set_id,
        )
    return import_job.tag_id


def _reserve_numbers(background: Job, series: str, count: int) -> int:
    """The first of `count` numbers of a series, taken in a short transaction of their own; 0 for none.

    The counter stays locked until its transaction ends, and nobody should wait for an import to add a
    record. An import that fails after this leaves a gap, which is allowed.
    """
    if not count or not series:
        return 0
    side = connections[current().alias].copy()
    try:
        with side.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT app.claim_job(%s)", [background.id])
            cursor.execute("SELECT app.next_number(%s, %s)", [series, count])
            (first,) = cursor.fetchone()
            cursor.execute("COMMIT")
    finally:
        side.close()
    return int(first)


def _edits_of(import_job: ImportJob) -> dict[int, staging.Edit]:
    """What people corrected in an earlier dry run, by line; it outlives a repeated one."""
    rows = ImportRow.objects.filter(import_job=import_job)
    touched = rows.exclude(edits={}, is_mended=False, is_excluded=False)
    return {
        row.line: staging.Edit(row.cells if row.is_mended else None, row.edits, row.is_excluded)
        for row in touched.only("line", "cells", "is_mended", "edits", "is_excluded")
    }


def _reporter(background: Job, phase: str, total: int) -> Callable[[int], None]:
    """Publishes progress, but not more often than people can see."""
    last = 0.0

    def report(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_EVERY_S:
            last = now
            background.report(phase, done, max(done, total))

    return report


def _kept_sentence(noun: str, lines: list[int]) -> str:
    if len(lines) == 1:
        return f"Changed after the import and therefore kept: the {noun} of line {lines[0]}."
    named = ", ".join(map(str, lines[:LINES_NAMED]))
    more = f" and {len(lines) - LINES_NAMED} more" if len(lines) > LINES_NAMED else ""
    return f"Changed after the import and therefore kept: the {noun}s of lines {named}{more}."
