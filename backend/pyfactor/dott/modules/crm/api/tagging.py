"""Tagging many records at once: the action “tag” of POST …/bulk/."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.tagging import MAX_TAGS, retag_many, retagged
from dott.modules.crm.models import Tag
from dott.platform.api.bulk import ACTIONS, BulkMixin, BulkSerializer, in_use, refused_records
from dott.platform.api.problems import InputError
from dott.platform.api.serializers import TenantRelatedListField
from dott.platform.history.bulk import Changed


def _tags(help_text: str) -> TenantRelatedListField:
    return TenantRelatedListField(
        queryset=Tag.objects.all(), max_items=MAX_TAGS, required=False, help_text=help_text
    )


class TaggingBulkSerializer(BulkSerializer):
    """What is done with which records; tags are put on and taken off, too."""

    action = serializers.ChoiceField(choices=(*ACTIONS, "tag"))
    add = _tags("For tag: ids of tags that the records are to carry.")
    remove = _tags("For tag: ids of tags that they are not to carry.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As for the other actions; tags to put on or to take off, none of them both."""
        is_tagging = attrs["action"] == "tag"
        given = [name for name in ("add", "remove") if name in attrs]
        if given and not is_tagging:
            raise _wrong(given[0], "unexpected", "“tag” only takes this.")
        if is_tagging and not any(attrs[name] for name in given):
            raise _wrong("add", "required", "Name tags to put on, or to take off.")
        if set(attrs.get("add", ())) & set(attrs.get("remove", ())):
            raise _wrong("remove", "added_too", "A tag is put on or taken off, not both.")
        return super().validate(attrs)


class TaggingBulkMixin(BulkMixin):
    """Adds POST bulk/ with the action “tag”. Goes before TenantModelViewSet in the bases."""

    bulk_serializer: ClassVar[type[BulkSerializer]] = TaggingBulkSerializer

    def bulk_tag(self: Any, records: Sequence[Any], asked: Mapping[str, Any]) -> Changed:
        """Put tags on the records and take others off. Raises 400 with the records that have no room."""
        add, remove = asked.get("add", []), asked.get("remove", [])
        text = f"A record can carry {MAX_TAGS} tags at most."
        full = [
            InputError(record=str(record.pk), pointer="/add", code="too_many_tags", detail=text)
            for record in in_use(self, records)
            if len(retagged(record.tags, add, remove)) > MAX_TAGS
        ]
        if full:
            raise refused_records(full)
        return retag_many(records, actor=self.actor, add=add, remove=remove)


def _wrong(name: str, code: str, text: str) -> serializers.ValidationError:
    return serializers.ValidationError({name: [ErrorDetail(text, code=code)]})
