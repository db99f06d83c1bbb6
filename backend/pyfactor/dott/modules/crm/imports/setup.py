"""From a stored import to the things that its steps work with."""

from __future__ import annotations

from dott.modules.crm.custom.cells import own_readers
from dott.modules.crm.models import ImportJob
from dott.platform.files.store import path_of
from dott.platform.identity.models import Membership
from dott.platform.tenancy.context import current

from .columns import fields_set_by
from .dialect import Dialect
from .fields import OWN_PREFIX
from .mapping import Column
from .matching import Scope
from .reader import Table, open_table
from .values import RowParser


def columns_of(job: ImportJob) -> list[Column]:
    """The columns with the fields they go to."""
    return [Column(**stored) for stored in job.columns]


def scope_of(job: ImportJob) -> Scope:
    """All rows of the import."""
    return Scope(job.tenant_id, job.id)


def settable_fields(job: ImportJob) -> list[str]:
    """The customer fields that this import can set, by its mapping or by row edits."""
    return fields_set_by([*(column["field"] for column in job.columns), *job.edited_fields])


def table_of(job: ImportJob) -> Table:
    """The file, opened. Raises ImportFileError."""
    return open_table(path_of(job.file_key), Dialect.from_json(job.dialect))


def parser_of(job: ImportJob) -> RowParser:
    """The compiled mapping."""
    dialect = Dialect.from_json(job.dialect)
    has_owner = any(column["field"] == "owner" for column in job.columns) or "owner" in job.edited_fields
    targets = [*(column["field"] for column in job.columns), *job.edited_fields]
    has_own = any(target and target.startswith(OWN_PREFIX) for target in targets)
    return RowParser(
        columns_of(job),
        default_country=job.default_country,
        date_order=dialect.date_order,
        null_markers=dialect.null_markers,
        owners=_owners() if has_owner else {},
        own=own_readers(date_order=dialect.date_order, country=job.default_country) if has_own else {},
    )


def _owners() -> dict[str, str]:
    """Active members by lower-case name; of two with one name neither can be meant."""
    names: dict[str, str | None] = {}
    members = Membership.objects.filter(status="active")
    if (sees := current().sees) is not None:
        # She gives nothing to a member whose records she does not see.
        members = members.filter(pk__in=sees)
    for name, member_id in members.values_list("display_name", "id"):
        key = name.casefold()
        names[key] = None if key in names else str(member_id)
    return {name: member for name, member in names.items() if member}
