"""The only writer of history.

Set-based and without triggers (Citus refuses them): one statement takes one change or a hundred
thousand, in the transaction of the change itself, so that neither exists without the other.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from dott.platform.history.request_id import current_request_id
from dott.platform.history.security import SEAL
from dott.platform.history.snapshot import ExactEncoder
from dott.platform.history.trash import schedule_purge
from dott.platform.realtime import announce
from dott.platform.realtime.messages import Changed
from dott.platform.tenancy.context import current
from dott.platform.tenancy.direct import Query, execute

REASON_MAX_LENGTH = 255

# What the running request has written, for the header that lets its client undo it.
_written: ContextVar[tuple[UUID, ...]] = ContextVar("dott_written_change_sets", default=())

# What others want to hear of a set in its own transaction: a condition in SQL, and who is told then.
Told = Callable[[UUID], None]
_watchers: list[tuple[str, Told]] = []

# Plain INSERTs of one tenant; the foreign key between the two is checked when the statement ends. `change` is
# nothing, or the change itself as a first part, without whose row nothing is written.
_SQL = """
WITH {change}change_set AS (
    INSERT INTO history_change_set (tenant_id, actor_id, kind, request_id, reason, event, details, undoes_id)
    SELECT %(tenant)s::uuid, %(actor)s::uuid, %(kind)s, %(request)s, %(reason)s, %(event)s,
           CASE WHEN %(key)s::uuid IS NULL THEN %(details)s::jsonb
                ELSE %(details)s::jsonb || jsonb_build_object('key', app.key_name(%(key)s::uuid)) END,
           %(undoes)s::uuid{from_change}
    RETURNING id
), entry AS (
    INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
    SELECT %(tenant)s::uuid, change_set.id, entry.entity, {record_id}, entry.operation, entry.before,
           entry.after{made}
      FROM change_set{and_created},
           jsonb_to_recordset(%(entries)s::jsonb)
           AS entry (entity text, record_id uuid, operation text, before jsonb, after jsonb)
), sealing AS (
    INSERT INTO jobs_job (tenant_id, kind, run_after, created_by_id, updated_by_id)
    SELECT %(tenant)s::uuid, %(seal)s, now() + interval '1 minute', %(member)s::uuid, %(member)s::uuid
      FROM change_set
     WHERE NOT EXISTS (
        SELECT FROM jobs_job j
         WHERE j.tenant_id = %(tenant)s AND j.state = 'queued' AND j.kind = %(seal)s
           AND j.run_after > now())
)
SELECT change_set.id{conditions}{shown} FROM change_set{and_change}
"""
_NAMED = re.compile(r"%\((\w+)\)s")
_CHANGE = "<change>"


def watch(condition: str, body: Told) -> None:
    """Have `body(change_set_id)` called in the transaction of every change set where the condition holds.

    condition: a boolean expression in SQL that may name %(tenant)s. It is asked in the statement that
    writes the set, so whoever watches costs nobody a round trip, and does not see what that changes. The
    set's changes may be written after the call (an import): what needs them has to read them after the
    commit.
    """
    _watchers.append((condition, body))


@dataclass(frozen=True, slots=True)
class Entry:
    """One record's part of a change set.

    entity: the model's label in lower case (crm.customer). operation: a word of Change.Operation.
    before, after: the changed fields by name, as JSON values; empty where there is no such side.
    version: the record's version now, for pages that show it; it is not kept.
    """

    entity: str
    record_id: UUID
    operation: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    version: int | None = None


def record(
    *,
    changes: Sequence[Entry],
    operation_kind: str = "",
    reason: str = "",
    event: str = "",
    details: Mapping[str, Any] | None = None,
    undoes: UUID | None = None,
    actor_id: UUID | None = None,
    is_announced: bool = True,
) -> UUID:
    """Write one change set with its changes in one round trip and return the set's id.

    operation_kind: a word of ChangeSet.Kind, by default whether a person or an API key did it. actor_id: the
    acting membership, by default that of the active tenant context. event, details: what was done where that
    is more than its changes (security.py), and JSON values to know of it; the name of an API key is added as
    `key`. The request id is that of the running
    request. Without changes it is still a set: callers that write their changes by SQL (an import) name it
    as the parent.
    Runs inside the caller's transaction. After its commit the open pages of the business hear which
    records changed (realtime), and of a set without changes that anything may have; unless is_announced
    is false, because the caller will say it better.
    Raises IntegrityError when `undoes` was undone before.
    """
    recording = Recording(
        changes=changes,
        operation_kind=operation_kind,
        reason=reason,
        event=event,
        details=details,
        undoes=undoes,
        actor_id=actor_id,
    )
    ((row,),) = execute(current().alias, recording.query())
    recording.written(row, is_announced=is_announced)
    return recording.id


class Recording:
    """A change set that is about to be written; the arguments are those of `record`.

    id: of the set, once it is written.
    """

    id: UUID

    def __init__(
        self,
        *,
        changes: Sequence[Entry],
        operation_kind: str = "",
        reason: str = "",
        event: str = "",
        details: Mapping[str, Any] | None = None,
        undoes: UUID | None = None,
        actor_id: UUID | None = None,
    ) -> None:
        context, self.changes, self.request_id = current(), changes, current_request_id()
        self.params = {
            "tenant": context.tenant_id,
            "actor": actor_id or context.membership_id,
            "kind": operation_kind or ("api_key" if context.key_id else "user"),
            "request": self.request_id,
            "reason": reason[:REASON_MAX_LENGTH],
            "event": event,
            "details": json.dumps(dict(details or {}), cls=ExactEncoder),
            "key": context.key_id,
            "undoes": undoes,
            "entries": json.dumps([_as_row(change) for change in changes], cls=ExactEncoder),
            "seal": SEAL,
            "member": context.membership_id,
        }

    def query(
        self, change: Query | None = None, returned: str = "", created: Sequence[str] | None = None
    ) -> Query:
        """The statement that writes the set.

        change: an UPDATE or INSERT … RETURNING, run in the same statement: where it finds no row, nothing is
        written, and there is no answer. returned: its columns, which follow in the answer. created: for an
        INSERT, columns whose values belong into the one entry too, which gets the new row's id.
        """
        made = None if created is None else tuple(created)
        sql, names = _statement(change.sql if change else "", returned, made, len(_watchers))
        params = [self.params[name] for name in names]
        return Query(sql, [*change.params, *params], change.is_prepared) if change else Query(sql, params)

    def of_change(self, row: Sequence[Any]) -> Sequence[Any]:
        """What of the answer is the change's."""
        return row[len(_watchers) + 1 :]

    def written(self, row: Sequence[Any], *, is_announced: bool = True) -> Sequence[Any]:
        """Whoever has to know it is told. row: the answer; returns what of it is the change's."""
        self.id = UUID(str(row[0]))
        for (_, body), holds in zip(_watchers, row[1 : len(_watchers) + 1], strict=True):
            if holds:
                body(self.id)
        if any(change.operation == "trash" for change in self.changes):
            schedule_purge()
        if is_announced:
            announce.records_changed(
                [
                    Changed(change.entity, change.record_id, change.operation, change.version)
                    for change in self.changes
                ],
                source=self.request_id,
            )
        _written.set((*_written.get(), self.id))
        return self.of_change(row)


def _as_row(change: Entry) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "record_id": change.record_id,
        "operation": change.operation,
        "before": change.before,
        "after": change.after,
    }


@lru_cache(maxsize=1000)
def _statement(
    change: str, returned: str, created: tuple[str, ...] | None, _watching: int
) -> tuple[str, list[str]]:
    """The SQL with %s, and the names of its values behind the change's own."""
    made = ", ".join(f"'{column}', the_change.\"{column}\"" for column in created or ())
    sql = _SQL.format(
        record_id="entry.record_id" if created is None else "the_change.id",
        made=f" || jsonb_build_object({made})" if made else "",
        and_created="" if created is None else ", the_change",
        change=f"the_change AS ({_CHANGE}), " if change else "",
        from_change=" FROM the_change" if change else "",
        and_change=", the_change" if change else "",
        conditions="".join(f", {condition}" for condition, _ in _watchers),
        shown=f", {returned}" if returned else "",
    )
    return _NAMED.sub("%s", sql).replace(_CHANGE, change), _NAMED.findall(sql)


def forget_written() -> None:
    """A new request begins, in a thread that may have served others."""
    _written.set(())


def written() -> tuple[UUID, ...]:
    """The change sets that this request has made, in order; as a rule one or none."""
    return _written.get()
