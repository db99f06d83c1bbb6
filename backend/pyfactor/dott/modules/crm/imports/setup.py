"""From a stored import to the things that its steps work with."""

from __future__ import annotations

from dott.modules.crm.custom.cells import own_readers
from dott.modules.crm.custom.resource import definitions_of
from dott.modules.crm.models import ImportJob
from dott.platform.files.store import path_of
from dott.platform.identity.models import Membership, Tenant
from dott.platform.tenancy.context import current

from .dialect import Dialect
from .fields import OWN_PREFIX
from .kinds import DEALS, KINDS, Kind
from .links import Links
from .mapping import Column
from .matching import Judge, Scope
from .reader import Table, open_table
from .selling import Selling
from .values import RowParser


def columns_of(job: ImportJob) -> list[Column]:
    """The columns with the fields they go to."""
    return [Column(**stored) for stored in job.columns]


def scope_of(job: ImportJob) -> Scope:
    """All rows of the import."""
    return Scope(job.tenant_id, job.id)


def kind_of(job: ImportJob) -> Kind:
    """What the import makes."""
    return KINDS[job.entity]


def judge_of(job: ImportJob) -> Judge:
    """By what its rows are judged; one round trip for the business's own fields."""
    required = [
        (one.key, one.label) for one in definitions_of(job.entity) if one.is_required and not one.is_archived
    ]
    return Judge(kind_of(job), job.match_keys, job.mode, settable_fields(job), required)


def links_of(job: ImportJob) -> Links | None:
    """What finds the records that rows refer to; None where they refer to none."""
    kind = kind_of(job)
    return Links(kind.text) if any(field.kind == "link" for field in kind.fields.values()) else None


def settable_fields(job: ImportJob) -> list[str]:
    """The fields that this import can set, by its mapping or by row edits."""
    return kind_of(job).fields_set_by([*(column["field"] for column in job.columns), *job.edited_fields])


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
        own=own_readers(job.entity, date_order=dialect.date_order, country=job.default_country)
        if has_own
        else {},
        kind=kind_of(job),
        finish=Selling(_currency()).finish if kind_of(job) is DEALS else None,
    )


def _currency() -> str:
    """Of the business; "" when it has none."""
    context = current()
    tenant = Tenant.objects.using(context.alias).filter(id=context.tenant_id)
    return tenant.values_list("currency", flat=True).first() or ""


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
