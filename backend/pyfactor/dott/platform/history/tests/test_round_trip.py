"""Whatever was done, undone in reverse, is as if it had not been done: for every model with a history.

Random sequences of writes over several records, each through the functions that actions use. Then every set
is undone, the newest first, and each time all stored fields are what they were before it. Then everything
is done again by undoing the undos.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db import models as fields
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.history.entities import is_trashable
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.record import Entry, forget_written, record, written
from dott.platform.history.snapshot import diff, kept_fields, snapshot
from dott.platform.history.tracked import change_record, creation_of, deletion_of
from dott.platform.history.undo import undo
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TrackedModel
from tests.attacks.inventory import operations
from tests.factories import factory_for

# Raised with every write and never set back.
UNSTEADY = ("version", "updated_at", "updated_by_id")


def models_with_history() -> list[type[TrackedModel]]:
    """Those that the URL map offers to write."""
    served = {
        operation.view.queryset.model
        for operation in operations()
        if operation.action == "update" and issubclass(operation.view, TenantModelViewSet)
    }
    return [model for model in apps.get_models() if model in served]


@dataclass
class Business:
    """The records of one model and what was done to them."""

    model: type[TrackedModel]
    ids: list[UUID]
    sets: list[UUID]
    states: list[dict[UUID, dict[str, Any]]]

    def state(self) -> dict[UUID, dict[str, Any]]:
        """Every stored field of every record, generated columns included."""
        columns = [
            field.attname for field in self.model._meta.concrete_fields if field.attname not in UNSTEADY
        ]
        return {row["id"]: row for row in self.model._base_manager.values(*columns)}

    def do(self, step: tuple[str, int, Any]) -> None:
        """One write, remembered with the state before it. What the rules refuse is not done."""
        verb, index, seed = step
        before = self.state()
        forget_written()
        try:
            with transaction.atomic():
                getattr(self, f"_{verb}")(index, seed)
        except IntegrityError:
            return
        for set_id in written():
            self.sets.append(set_id)
            self.states.append(before)

    def _create(self, index: int, seed: Any) -> None:
        made = factory_for(self.model).create()
        record(changes=[creation_of(made)])
        self.ids.append(made.pk)
        # All of the test is one transaction, whose now() every column would share.
        made_at = made.created_at - timedelta(days=1, microseconds=seed)
        self.model._base_manager.filter(pk=made.pk).update(created_at=made_at)

    def _update(self, index: int, seed: Any) -> None:
        if (record_ := self._pick(index)) is not None:
            change_record(record_, values_for(self.model, seed), actor=current())

    def _trash(self, index: int, seed: Any) -> None:
        one = self._pick(index)
        if one is not None and is_trashable(self.model) and one.deleted_at is None:
            values = {"deleted_at": timezone.now(), "deleted_by_id": current().membership_id}
            change_record(one, values, actor=current(), operation=Change.Operation.TRASH)

    def _restore(self, index: int, seed: Any) -> None:
        one = self._pick(index)
        if one is not None and is_trashable(self.model) and one.deleted_at is not None:
            values = {"deleted_at": None, "deleted_by_id": None}
            change_record(one, values, actor=current(), operation=Change.Operation.RESTORE)

    def _delete(self, index: int, seed: Any) -> None:
        if (one := self._pick(index)) is not None:
            deletion = deletion_of(one)
            self.model._base_manager.filter(pk=one.pk).delete()
            record(changes=[deletion], actor_id=current().membership_id)

    def _bulk(self, index: int, seed: Any) -> None:
        """One set that creates one record, changes another and deletes a third."""
        first, second = self._pick(index), self._pick(index + 1)
        made = factory_for(self.model).create()
        self.ids.append(made.pk)
        entries = [creation_of(made)]
        if first is not None:
            before = snapshot(first)
            for name, value in values_for(self.model, seed).items():
                setattr(first, name, value)
            first.touch().save()
            entries.append(
                Entry(self.model._meta.label_lower, first.pk, "update", *diff(before, snapshot(first)))
            )
        if second is not None and second.pk != first.pk:
            entries.append(deletion_of(second))
            self.model._base_manager.filter(pk=second.pk).delete()
        record(changes=entries)

    def _pick(self, index: int) -> Any:
        rows = list(self.model._base_manager.filter(pk__in=self.ids).order_by("id"))
        return rows[index % len(rows)] if rows else None


def values_for(model: type[TrackedModel], seed: int) -> dict[str, Any]:
    """Other values for some of the fields, the same for the same seed, mostly ones that the rules allow."""
    chosen: dict[str, Any] = {}
    for number, field in enumerate(kept_fields(model)):
        if (seed >> (number % 24)) & 3 == 3 and field.editable and not field.choices:
            value = value_for(field, seed + number)
            if value is not None:
                chosen[field.attname] = value
    return chosen


WORDS = ("", "Zoë's “Café”", "\\ ' %s {}", "null", "ß", "🎂")
# Field → a value from a number; the first kind that fits.
KINDS: tuple[tuple[Any, Any], ...] = (
    (fields.EmailField, lambda seed: ("", "a@example.com", "Ä@example.com")[seed % 3]),
    (fields.BooleanField, lambda seed: bool(seed % 2)),
    (fields.DecimalField, lambda seed: Decimal(seed % 10_000) / 100),
    (
        fields.DateTimeField,
        lambda seed: datetime(2026, 1, 1 + seed % 28, 3, 4, 5, seed % 1_000_000, tzinfo=UTC),
    ),
    (fields.DateField, lambda seed: date(2026, 1, 1 + seed % 28)),
    ((fields.CharField, fields.TextField), lambda seed: WORDS[seed % len(WORDS)]),
)


def value_for(field: Any, seed: int) -> Any:
    """A value of the field's kind; None where a rule of its own would refuse most of them."""
    if isinstance(field, fields.ForeignKey):
        return current().membership_id if field.related_model._meta.label == "identity.Membership" else None
    value = next((make(seed) for kind, make in KINDS if isinstance(field, kind)), None)
    return value[: field.max_length] if isinstance(value, str) else value


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "update", "update", "trash", "restore", "delete", "bulk"]),
        st.integers(0, 4),
        st.integers(0, 2**24),
    ),
    min_size=1,
    max_size=9,
)


@pytest.mark.parametrize("model", models_with_history(), ids=lambda model: model._meta.label_lower)
def test_whatever_was_done_is_undone_exactly(model, in_tenant, world) -> None:
    seen = {"undone": 0}

    # Without shrinking: a failure would be run for minutes to become a little shorter.
    @settings(max_examples=20, database=None, phases=[Phase.generate])
    @given(STEPS)
    def holds(steps: list[tuple[str, int, Any]]) -> None:
        with in_tenant("mia"):
            sid = transaction.savepoint()
            business = Business(model, [], [], [])
            for step in [("create", 0, 0), ("create", 0, 0), *steps]:
                business.do(step)
            end = business.state()
            undone = []
            for set_id, before in reversed(list(zip(business.sets, business.states, strict=True))):
                undone.append(_undo(set_id))
                assert business.state() == before
            for set_id in reversed(undone):
                _undo(set_id)
            assert business.state() == end
            seen["undone"] += len(undone)
            transaction.savepoint_rollback(sid)

    holds()
    assert seen["undone"] > 50


def _undo(set_id: UUID) -> UUID:
    undoing, conflicts = undo(change_set=ChangeSet.objects.get(pk=set_id), actor=current())
    assert conflicts.total == 0
    return undoing


def test_every_model_with_a_history_is_tried() -> None:
    assert "crm.customer" in {model._meta.label_lower for model in models_with_history()}
