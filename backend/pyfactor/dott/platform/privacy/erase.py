"""Erasing a person: her records, what hangs on them, what history knows of her, her files, and her name in
texts.

One transaction, one change set without values, one certificate. What it does is in docs/adr/0021-privacy.md.
"""

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from dott.platform.files import store as files
from dott.platform.history.actor import Actor
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.security import PERSON_ERASED
from dott.platform.history.tracked import entity_of
from dott.platform.privacy.find import TIMEOUT, run
from dott.platform.privacy.models import Erasure
from dott.platform.privacy.patterns import Subject, patterns_of
from dott.platform.privacy.records import Belongings, Key, belongings, known_by
from dott.platform.privacy.rewrite import Rewritten, redact_history, rewrite
from dott.platform.tenancy.models import TrackedModel

REASON = "Erased a person's data"


class NothingToErase(Exception):
    """Neither a record nor anything that would be looked for in texts (400)."""


@dataclass(slots=True)
class Outcome:
    """What was erased. proof: what the certificate's digest was made with, "" in a dry run's."""

    certificate: Erasure
    proof: str = ""
    file_keys: Collection[UUID] = field(default_factory=tuple)


def erase(*, actor: Actor, subject: Subject, records: Collection[Key]) -> Outcome:
    """Erase a person in the active business. The caller rolls back for a dry run, and calls
    discard_files() otherwise, as the last thing it does.

    subject: what she is known by besides what the records themselves say.
    Raises NothingToErase, and what belongings() raises.
    """
    run(TIMEOUT)
    # History is locked against nobody: what is written meanwhile by others is theirs to erase again.
    known = subject.merged(known_by(records))
    patterns = patterns_of(known)
    if not records and not patterns.erased:
        raise NothingToErase
    hers = belongings(records)
    ids = hers.ids
    entries = _remove(hers)
    done = rewrite(patterns, ids)
    change_set_id = record(
        changes=_once([*entries, *done.entries]),
        reason=REASON,
        event=PERSON_ERASED,
        actor_id=actor.membership_id,
    )
    proof = secrets.token_hex(16)
    certificate = Erasure.objects.create(
        actor_id=actor.membership_id,
        change_set_id=change_set_id,
        subject_digest=digest_of(known, proof),
        counts=_counts(hers, done),
        left=done.left,
    )
    changes, reasons = redact_history(certificate.pk, ids, patterns.erased)
    certificate.counts = certificate.counts | {"history": changes, "reasons": reasons}
    return Outcome(certificate, proof, hers.file_keys | done.file_keys)


def discard_files(outcome: Outcome) -> None:
    """Remove the person's files. After everything else, because no rollback brings them back."""
    for key in outcome.file_keys:
        files.discard(key)


def digest_of(subject: Subject, proof: str) -> str:
    """SHA-256 over the proof and the identifiers, sorted and in lower case. In hexadecimal."""
    known = sorted({value.strip().casefold() for value in (*subject.emails, *subject.phones, *subject.names)})
    return hashlib.sha256(json.dumps([proof, *known], ensure_ascii=False).encode()).hexdigest()


def _counts(hers: Belongings, done: Rewritten) -> dict[str, Any]:
    removed = {model._meta.label_lower: len(rows) for model, rows in hers.rows.items() if rows}
    return {
        "removed": removed,
        "only_in_history": len(hers.gone),
        "rewritten": done.rewritten,
        "handed": done.handed,
        "files": len(hers.file_keys | done.file_keys),
    }


def _remove(hers: Belongings) -> list[Entry]:
    """Delete her rows, and take the references away that others have to them. Entries hold no values."""
    entries = [
        Entry(entity_of(row), row.pk, Change.Operation.DELETE)
        for rows in hers.rows.values()
        for row in rows
        if isinstance(row, TrackedModel)
    ]
    released: dict[type[TrackedModel], set[UUID]] = {}
    updates: Any = hers.collector.field_updates
    for groups in updates.values():
        for group in groups:
            for row in group:
                if isinstance(row, TrackedModel):
                    released.setdefault(type(row), set()).add(row.pk)
    # As in a purge of the trash: keys are checked at once, and deletions have no order among references.
    run("SET CONSTRAINTS ALL DEFERRED")
    hers.collector.delete()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for model, ids in released.items():
        model._base_manager.filter(pk__in=ids).update(version=F("version") + 1, updated_at=timezone.now())
        entries += [Entry(entity_of(model), id_, Change.Operation.UPDATE) for id_ in ids]
    return entries


def _once(entries: list[Entry]) -> list[Entry]:
    """A set touches a record once."""
    kept: dict[tuple[str, UUID], Entry] = {}
    for entry in entries:
        kept.setdefault((entry.entity, entry.record_id), entry)
    return list(kept.values())
