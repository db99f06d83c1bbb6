"""The tag that an import puts on every record it writes, and takes off again: a few statements, no loop.

What a record carried before stands in its row's before and after, as any other field that the import
changes: so version, history and revert need no second way.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from dott.modules.crm.models import Tag
from dott.modules.crm.models.keys import KEY_MAX_LENGTH
from dott.platform.tenancy.search import search_key

from .fields import TAGS
from .kinds.base import ROWS, Kind
from .matching import Scope

NAME_MAX_LENGTH = 50
# A record that has so many already goes without (actions/tagging.py).
MAX_TAGS = 50
_TAG = Tag._meta.label_lower
_LINKS = ("crm_customer_tag", "crm_contact_tag", "crm_deal_tag")
_MADE = """
WITH made AS (
    INSERT INTO crm_tag (tenant_id, name, created_by_id, updated_by_id)
    VALUES (%(tenant)s, %(name)s, %(member)s, %(member)s)
        ON CONFLICT (tenant_id, name_key) DO NOTHING
 RETURNING id, name, colour
), told AS (
    INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
    SELECT %(tenant)s, %(change_set)s, %(entity)s, id, 'create', '{}',
           jsonb_build_object('name', name, 'colour', colour)
      FROM made
)
SELECT id FROM made"""


def proposed_name(file_name: str, today: date) -> str:
    """'import:' with the file's name and the business's day: each import is told from the others."""
    room = NAME_MAX_LENGTH - len(f"import: {today}")
    stem = "".join(c for c in unicodedata.normalize("NFC", PurePath(file_name).stem) if c.isprintable())
    return " ".join(f"import:{stem[:room].strip()} {today}".split())


def lock_tag(
    cursor: Any, scope: Scope, *, name: str, membership_id: UUID, change_set_id: UUID
) -> tuple[UUID, bool]:
    """(id, made now) of the tag with this name, locked; where there is none, the change set makes it."""
    params = {
        "tenant": scope.tenant_id,
        "name": name,
        "member": membership_id,
        "change_set": change_set_id,
        "entity": _TAG,
    }
    cursor.execute(_MADE, params)
    made = cursor.fetchone()
    tag = Tag.objects.select_for_update().get(name_key=search_key(name)[:KEY_MAX_LENGTH])
    return tag.pk, made is not None


def note_tag(cursor: Any, scope: Scope, *, kind: Kind, tag_id: UUID) -> None:
    """Say in each row that changes a record that it puts the tag on, unless the record carries it."""
    cursor.execute(
        f"""
UPDATE crm_import_row r
   SET before = r.before || jsonb_build_object('{TAGS}', to_jsonb(c.tags)),
       after = r.after || jsonb_build_object('{TAGS}', to_jsonb(c.tags || %(tag)s::uuid))
  FROM {kind.table} c
 WHERE {ROWS} AND r.action = 'update' AND c.tenant_id = %(tenant)s AND c.id = r.target_id
   AND %(tag)s::uuid <> ALL (c.tags) AND cardinality(c.tags) < {MAX_TAGS}""",
        scope.params | {"tag": tag_id},
    )


def link_tag(cursor: Any, scope: Scope, *, kind: Kind, tag_id: UUID) -> None:
    """The link rows of the records that carry the tag now.

    A new record has none yet, and to be ready for one all the same costs a third of the statement.
    """
    links, reference = kind.tag_links
    for record, which, may_be_there in (
        ("r.id", "r.action = 'create'", ""),
        (
            "r.target_id",
            f"r.action = 'update' AND r.after ? '{TAGS}'",
            f" ON CONFLICT (tenant_id, {reference}, tag_id) DO NOTHING",
        ),
    ):
        cursor.execute(
            f"""
INSERT INTO {links} (tenant_id, {reference}, tag_id)
SELECT %(tenant)s, {record}, %(tag)s FROM crm_import_row r WHERE {ROWS} AND {which}{may_be_there}""",
            scope.params | {"tag": tag_id},
        )


def unlink_tag(cursor: Any, scope: Scope, *, kind: Kind, tag_id: UUID) -> None:
    """Take away the link rows of records that get their old values back. Kept rows have conflicts."""
    links, reference = kind.tag_links
    cursor.execute(
        f"""
DELETE FROM {links} l USING crm_import_row r
 WHERE {ROWS} AND r.action = 'update' AND r.after ? '{TAGS}' AND r.conflicts = '[]'
   AND l.tenant_id = %(tenant)s AND l.{reference} = r.target_id AND l.tag_id = %(tag)s""",
        scope.params | {"tag": tag_id},
    )


def remove_unused(cursor: Any, scope: Scope, *, tag_id: UUID, change_set_id: UUID) -> bool:
    """Remove the tag that the import made, unless a record carries it or somebody has changed it.

    Counts the records of the whole business, also those that the acting member does not see.
    """
    params = {"tenant": scope.tenant_id, "tag": tag_id, "change_set": change_set_id, "entity": _TAG}
    # First, so that nobody puts it on a record between the look and the removal.
    cursor.execute("SELECT FROM crm_tag WHERE tenant_id = %(tenant)s AND id = %(tag)s FOR UPDATE", params)
    unused = " AND ".join(
        f"NOT EXISTS (SELECT FROM {links} l WHERE l.tenant_id = %(tenant)s AND l.tag_id = %(tag)s)"
        for links in _LINKS
    )
    cursor.execute(
        f"""
WITH gone AS (
    DELETE FROM crm_tag t WHERE t.tenant_id = %(tenant)s AND t.id = %(tag)s AND t.version = 1 AND {unused}
 RETURNING t.id, t.name, t.colour
)
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, %(entity)s, id, 'delete',
       jsonb_build_object('name', name, 'colour', colour), '{{}}'
  FROM gone""",
        params,
    )
    return bool(cursor.rowcount)
