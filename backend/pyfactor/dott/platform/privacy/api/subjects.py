"""How a request says whom it is about."""

from typing import Any

from rest_framework import serializers

from dott.platform.api.serializers import StrictSerializer
from dott.platform.privacy.patterns import LEAST_DIGITS, LEAST_NAME, Subject
from dott.platform.privacy.records import Key

MAX_WORDS, MAX_RECORDS = 10, 50


class PhoneField(serializers.CharField):
    """A number as somebody writes it."""

    def to_internal_value(self, data: Any) -> str:
        """Refuses what has too few digits to tell anybody apart."""
        value = str(super().to_internal_value(data))
        if sum(character.isdigit() for character in value) < LEAST_DIGITS:
            raise serializers.ValidationError(f"Give at least {LEAST_DIGITS} digits.", "too_short")
        return value


def _words(child: serializers.Field[Any, Any, Any, Any]) -> serializers.ListField:
    return serializers.ListField(child=child, max_length=MAX_WORDS, required=False, default=list)


class RecordSerializer(StrictSerializer):
    """A record that is the person. It may be one that only history knows."""

    entity = serializers.ChoiceField(choices=["crm.customer", "crm.contact"])
    id = serializers.UUIDField()


class SubjectSerializer(StrictSerializer):
    """What a person is known by."""

    emails = _words(serializers.EmailField(max_length=254))
    phones = _words(PhoneField(max_length=40))
    names = _words(serializers.CharField(min_length=LEAST_NAME, max_length=120))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something has to be known."""
        if not any(attrs.get(name) for name in ("emails", "phones", "names", "records")):
            raise serializers.ValidationError({"emails": ["Say whom to look for."]}, "required")
        return attrs


class ChosenSerializer(SubjectSerializer):
    """A person, and the records that are hers."""

    records = serializers.ListField(
        child=RecordSerializer(), max_length=MAX_RECORDS, required=False, default=list
    )


def subject_of(values: dict[str, Any]) -> Subject:
    """From validated values."""
    return Subject(tuple(values["emails"]), tuple(values["phones"]), tuple(values["names"]))


def records_of(values: dict[str, Any]) -> list[Key]:
    """From validated values."""
    return [(one["entity"], one["id"]) for one in values["records"]]
