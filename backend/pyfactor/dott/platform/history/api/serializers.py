"""Change sets, changes and undo over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.history.api.access import may_undo
from dott.platform.history.models import Change, ChangeSet

_OPERATIONS = Change.Operation.choices


@extend_schema_field({"description": "As the API writes the field: text, number, boolean, list or null."})
class AnyValueField(serializers.ReadOnlyField):
    """A value of whatever kind the field has."""


class SummarySerializer(serializers.Serializer[Any]):
    """How many records of one kind a set did one thing to."""

    entity = serializers.CharField()
    operation = serializers.ChoiceField(choices=_OPERATIONS)
    count = serializers.IntegerField()


class TouchedRecordSerializer(serializers.Serializer[Any]):
    """A record that a set changed. name: "" when it has none."""

    entity = serializers.CharField()
    record_id = serializers.UUIDField()
    operation = serializers.ChoiceField(choices=_OPERATIONS)
    name = serializers.CharField()


class ChangeSetSerializer(StrictModelSerializer):
    """One action of one actor. actor_name is "" for what nobody did; undone_by names the undoing set.

    event and details are those of a security event, which has no records.
    """

    actor_name = serializers.CharField(source="actor.display_name", default="", read_only=True)
    undone_by = serializers.UUIDField(source="undone_by_id", allow_null=True, read_only=True)
    details = serializers.DictField(read_only=True)
    can_undo = serializers.SerializerMethodField(
        help_text="Whether you may undo it; what was changed since may still stand against it."
    )
    is_erased = serializers.BooleanField(
        source="is_set_erased",
        read_only=True,
        help_text="Whether values were taken out of it for good. It cannot be undone then.",
    )
    summary = SummarySerializer(many=True, read_only=True)
    records = TouchedRecordSerializer(many=True, read_only=True, help_text="The first few of its records.")

    class Meta:
        model = ChangeSet
        fields = (
            "id", "created_at", "actor", "actor_name", "kind", "reason", "event", "details", "request_id",
            "undoes", "undone_by", "can_undo", "is_erased", "summary", "records",
        )  # fmt: skip
        read_only_fields = fields

    def get_can_undo(self, change_set: Any) -> bool:
        """Role and authorship suffice, and there is something that was not undone yet."""
        entities = {part["entity"] for part in change_set.summary}
        is_open = bool(entities) and change_set.undone_by_id is None and not change_set.is_set_erased
        return is_open and may_undo(change_set, entities)


class FieldChangeSerializer(serializers.Serializer[Any]):
    """One field before and after; the names are those of referred records, else ""."""

    field = serializers.CharField()
    before = AnyValueField()
    after = AnyValueField()
    before_name = serializers.CharField()
    after_name = serializers.CharField()


class ChangeSerializer(serializers.Serializer[Any]):
    """What a set did to one record."""

    id = serializers.UUIDField()
    entity = serializers.CharField()
    record_id = serializers.UUIDField()
    record_name = serializers.CharField()
    operation = serializers.ChoiceField(choices=_OPERATIONS)
    is_erased = serializers.BooleanField(help_text="Whether values were taken out of it for good.")
    fields = FieldChangeSerializer(many=True)  # type: ignore[assignment]  # declared fields are taken out


class RecordChangeSerializer(serializers.Serializer[Any]):
    """One entry of a record's history: a change with what is to know of its set."""

    id = serializers.UUIDField()
    change_set = serializers.UUIDField(source="change_set_id")
    created_at = serializers.DateTimeField(source="change_set.created_at")
    actor = serializers.UUIDField(source="change_set.actor_id", allow_null=True)
    actor_name = serializers.CharField(source="change_set.actor.display_name", default="")
    kind = serializers.ChoiceField(source="change_set.kind", choices=ChangeSet.Kind.choices)
    reason = serializers.CharField(source="change_set.reason")
    undoes = serializers.UUIDField(source="change_set.undoes_id", allow_null=True)
    undone_by = serializers.UUIDField(source="undone_by_id", allow_null=True)
    can_undo = serializers.SerializerMethodField(help_text="As in the change set, judged by this record.")
    operation = serializers.ChoiceField(choices=_OPERATIONS)
    is_erased = serializers.BooleanField(help_text="Whether values were taken out of it for good.")
    fields = FieldChangeSerializer(many=True)  # type: ignore[assignment]  # declared fields are taken out

    def get_can_undo(self, change: Any) -> bool:
        """Not yet undone, and role and authorship suffice."""
        is_open = change.undone_by_id is None and not change.is_set_erased
        return is_open and may_undo(change.change_set, [change.entity])


class UndoSerializer(StrictSerializer):
    """What an undo may do."""

    on_conflict = serializers.ChoiceField(
        choices=["refuse", "keep", "overwrite"],
        default="refuse",
        help_text=(
            "What was changed since: refuse the whole undo; keep it and undo the rest; or overwrite it. "
            "A record that was deleted for good stays deleted in any case."
        ),
    )


class ConflictSerializer(serializers.Serializer[Any]):
    """Something an undo would overwrite: what it is now, what the set wrote, what it would go back to."""

    entity = serializers.CharField()
    record_id = serializers.UUIDField()
    record_name = serializers.CharField()
    code = serializers.ChoiceField(choices=["changed", "gone", "exists"])
    field = serializers.CharField()
    now = AnyValueField()
    wrote = AnyValueField()
    back = AnyValueField()


class UndoResultSerializer(serializers.Serializer[Any]):
    """change_set: the undoing set; null for a dry run. conflicts: the first hundred of them."""

    change_set = ChangeSetSerializer(allow_null=True)
    conflicts = ConflictSerializer(many=True)
    conflict_count = serializers.IntegerField()
