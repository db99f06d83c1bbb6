"""What of an activity is shown and accepted."""

from datetime import UTC, date, datetime
from typing import Any, cast

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm import mentions, recurrence
from dott.modules.crm.api.texts import ComposedTextSerializer
from dott.modules.crm.models import Activity
from dott.modules.crm.models.activities import ACTIVITY_RULES

# Outside of it time zones and repetitions end in nonsense, and nobody has anything to do.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_DAYS = ("due_on", "due_at", "remind_at", "starts_at", "ends_at")


class ActivitySerializer(ComposedTextSerializer):
    """One activity. Optional text is "" when empty, never null."""

    assignee_name = serializers.CharField(source="assignee.display_name", default="", read_only=True)
    customer_name = serializers.CharField(source="customer.display_name", default="", read_only=True)
    contact_name = serializers.CharField(source="contact.display_name", default="", read_only=True)
    deal_name = serializers.CharField(source="deal.name", default="", read_only=True)
    happened_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = Activity
        fields = (
            "id", "kind", "subject", "body", "status", "priority", "assignee", "assignee_name",
            "due_on", "due_at", "remind_at", "recurrence", "starts_at", "ends_at", "completed_at",
            "completed_by", "direction", "duration_seconds", "is_pinned", "customer", "customer_name",
            "contact", "contact_name", "deal", "deal_name", "follows", "happened_at", "created_at",
            "updated_at", "created_by", "updated_by", "deleted_at", "version",
        )  # fmt: skip

    def validate_body(self, text: str) -> str:
        """Whoever is newly named in it is an active member. Raises ValidationError `unknown_member`."""
        before = self.instance.body if isinstance(self.instance, Activity) else ""
        if mentions.names_a_stranger(text, before=before):
            sentence = "It mentions somebody who is not an active member of the business."
            raise serializers.ValidationError(sentence, code="unknown_member")
        return text

    def validate_recurrence(self, text: str) -> str:
        """A rule that is understood (recurrence.py). Raises ValidationError `invalid_recurrence`."""
        if text:
            try:
                recurrence.parse(text)
            except recurrence.InvalidRule as error:
                raise serializers.ValidationError(str(error), code=error.code) from error
        return text

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The rules between fields, and days within living memory."""
        errors: dict[str, list[ErrorDetail]] = {}
        for name in _DAYS:
            if attrs.get(name) is not None and not FIRST_DAY <= _day(attrs[name]) <= LAST_DAY:
                sentence = f"A day from {FIRST_DAY} to {LAST_DAY} is needed."
                errors[name] = [ErrorDetail(sentence, code="day_out_of_range")]
        values = self.resulting(attrs)
        if values["kind"] == "note" and "status" not in attrs:
            values["status"] = "done"
        for rule in ACTIVITY_RULES:
            if not rule.holds(values):
                errors.update({name: [ErrorDetail(rule.sentence, code=rule.code)] for name in rule.fields})
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


def _day(value: Any) -> date:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else cast(date, value)
