"""Tags on records. The record's `tags` is what holds; its link rows are made to follow it.

All run inside the caller's transaction and tenant.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections

from dott.modules.crm.models import (
    Contact,
    ContactTag,
    Customer,
    CustomerTag,
    Deal,
    DealTag,
    Tag,
)
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import Changed
from dott.platform.history.entities import follow_undo
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.tracked import change_record, create_record, entity_of
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TenantModel, TrackedModel

MAX_TAGS = 50

# Model of the record → model of its link rows and the name of their reference to it.
LINKS: Mapping[type[TrackedModel], tuple[type[TenantModel], str]] = {
    Customer: (CustomerTag, "customer"),
    Contact: (ContactTag, "contact"),
    Deal: (DealTag, "deal"),
}

Record = TypeVar("Record", bound=TrackedModel)

_FOLLOW = """
WITH wanted AS (
    SELECT c.id AS record, t.tag
      FROM {table} c CROSS JOIN LATERAL unnest(c.tags) AS t (tag)
     WHERE c.tenant_id = %(tenant)s AND {records}
), gone AS (
    DELETE FROM {links} l USING {table} c
     WHERE c.tenant_id = %(tenant)s AND {records}
       AND l.tenant_id = %(tenant)s AND l.{reference} = c.id AND l.tag_id <> ALL (c.tags)
)
INSERT INTO {links} (tenant_id, {reference}, tag_id)
SELECT %(tenant)s, record, tag FROM wanted
    ON CONFLICT (tenant_id, {reference}, tag_id) DO NOTHING"""

# What is taken off goes, what is put on stands behind the rest.
_RETAG = """
WITH target AS (
    SELECT c.id, c.tags AS old,
           array(SELECT t.tag FROM unnest(c.tags) WITH ORDINALITY AS t (tag, place)
                  WHERE t.tag <> ALL (%(remove)s::uuid[]) ORDER BY t.place)
           || array(SELECT a.tag FROM unnest(%(add)s::uuid[]) WITH ORDINALITY AS a (tag, place)
                     WHERE a.tag <> ALL (c.tags) ORDER BY a.place) AS new
      FROM {table} c
     WHERE c.tenant_id = %(tenant)s AND {records}
     ORDER BY c.id FOR UPDATE
), changed AS (
    UPDATE {table} c
       SET tags = t.new, version = c.version + 1, updated_at = statement_timestamp(),
           updated_by_id = %(member)s
      FROM target t
     WHERE c.tenant_id = %(tenant)s AND c.id = t.id AND t.new <> t.old
 RETURNING c.id, t.old, t.new
)
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(change_set)s, %(entity)s, id, 'update',
       jsonb_build_object('tags', to_jsonb(old)), jsonb_build_object('tags', to_jsonb(new))
  FROM changed ORDER BY id
RETURNING jsonb_array_length(after -> 'tags')"""

# The records get the tags that a change set says they carry now.
_APPLY = """
UPDATE {table} c
   SET tags = array(SELECT t.tag::uuid
                      FROM jsonb_array_elements_text(ch.after -> 'tags') WITH ORDINALITY AS t (tag, place)
                     ORDER BY t.place),
       version = c.version + 1, updated_at = statement_timestamp(), updated_by_id = %(member)s
  FROM history_change ch
 WHERE ch.tenant_id = %(tenant)s AND ch.change_set_id = %(change_set)s AND ch.entity = %(entity)s
   AND c.tenant_id = %(tenant)s AND c.id = ch.record_id"""

_BY_ID = "c.id = ANY (%(ids)s::uuid[])"
# The records of which a change set says that their tags are others now.
_OF_SET = """c.id IN (SELECT ch.record_id FROM history_change ch
                WHERE ch.tenant_id = %(tenant)s AND ch.change_set_id = %(change_set)s
                  AND ch.entity = %(entity)s AND ch.after ? 'tags')"""


class TooManyTags(Exception):
    """A record would carry more than MAX_TAGS (409)."""


def create_tagged(instance: Record, *, actor: Actor) -> Record:
    """As history's create_record; one round trip more where there are tags."""
    create_record(instance, actor=actor)
    if getattr(instance, "tags", None):
        follow_tags(type(instance), [instance.pk])
    return instance


def change_tagged(
    instance: Record,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    operation: str = Change.Operation.UPDATE,
    reason: str = "",
) -> Record:
    """As history's change_record; one round trip more where the tags become others."""
    before = list(getattr(instance, "tags", ()))
    change_record(instance, values, actor=actor, operation=operation, reason=reason)
    if before != getattr(instance, "tags", before):
        follow_tags(type(instance), [instance.pk])
    return instance


def follow_tags(model: type[TrackedModel], ids: Sequence[UUID]) -> None:
    """Make the link rows of these records what their `tags` say.

    Raises IntegrityError (400) for a tag that has gone in the meantime.
    """
    _execute(_FOLLOW, model, records=_BY_ID, ids=list(ids))


def follow_tags_of_set(model: type[TrackedModel], change_set_id: UUID) -> None:
    """The same for all records whose tags a change set has changed."""
    _execute(_FOLLOW, model, records=_OF_SET, change_set=change_set_id, entity=entity_of(model))


def follow_tags_after_undo() -> None:
    """Tell history that link rows follow also what an undo writes."""
    for model in LINKS:
        follow_undo(entity_of(model), partial(follow_tags_of_set, model))


def retag(
    model: type[TrackedModel],
    ids: Sequence[UUID],
    *,
    change_set_id: UUID,
    add: Sequence[UUID] = (),
    remove: Sequence[UUID] = (),
) -> int:
    """Put tags on records and take others off, all in two statements; returns how many changed.

    change_set_id: the set (history.record) that the changes become part of. Raises TooManyTags.
    """
    counts = _execute(
        _RETAG,
        model,
        records=_BY_ID,
        ids=list(ids),
        add=list(add),
        remove=list(remove),
        change_set=change_set_id,
        entity=entity_of(model),
        member=current().membership_id,
    )
    if any(count > MAX_TAGS for (count,) in counts):
        raise TooManyTags
    follow_tags(model, ids)
    return len(counts)


def retagged(tags: Sequence[UUID], add: Sequence[UUID], remove: Sequence[UUID]) -> list[UUID]:
    """What is taken off goes, what is put on stands behind the rest."""
    kept = [tag for tag in tags if tag not in remove]
    return [*kept, *(tag for tag in add if tag not in kept)]


def retag_many(
    records: Sequence[TrackedModel], *, actor: Actor, add: Sequence[UUID], remove: Sequence[UUID]
) -> Changed:
    """Put tags on locked records of one model and take others off: one change set, three statements.

    The instances are not changed and out of date after it. Nobody judges here how many tags a record carries.
    """
    entries = []
    for instance in records:
        before: list[UUID] = instance.tags  # type: ignore[attr-defined]  # every model of LINKS has them
        after = retagged(before, add, remove)
        if after != before:
            old, new = {"tags": _texts(before)}, {"tags": _texts(after)}
            version = instance.version + 1
            entries.append(
                Entry(entity_of(instance), instance.pk, Change.Operation.UPDATE, old, new, version)
            )
    if not entries:
        return Changed(0, None)
    model, change_set = type(records[0]), record(changes=entries, actor_id=actor.membership_id)
    _execute(
        _APPLY,
        model,
        records="",
        change_set=change_set,
        entity=entity_of(model),
        member=actor.membership_id,
    )
    follow_tags_of_set(model, change_set)
    return Changed(len(entries), change_set)


def _texts(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]


def tagged_ids(model: type[TrackedModel], tags: Sequence[Tag]) -> list[UUID]:
    """The records, trashed ones included, that carry one of the tags."""
    links: Any
    links, reference = LINKS[model]
    found = links._base_manager.filter(tag__in=tags).values_list(f"{reference}_id", flat=True)
    return list(found.distinct())


def _execute(
    sql: str, model: type[TrackedModel], *, records: str, **parameters: Any
) -> list[tuple[Any, ...]]:
    links, reference = LINKS[model]
    text = sql.format(
        table=model._meta.db_table,
        links=links._meta.db_table,
        reference=f"{reference}_id",
        records=records,
    )
    with connections[current().alias].cursor() as cursor:
        cursor.execute(text, {"tenant": current().tenant_id, **parameters})
        return cursor.fetchall() if cursor.description else []
