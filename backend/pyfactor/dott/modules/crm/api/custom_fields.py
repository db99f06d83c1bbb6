"""The fields that a business adds to its records, over HTTP. Everybody reads them, admins set them up."""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.custom_fields import (
    MAX_FIELDS,
    MAX_OPTIONS,
    SELECTS,
    TooManyFields,
    TooManyOptions,
    create_custom_field,
    update_custom_field,
)
from dott.modules.crm.api.pipelines import OrderMixin
from dott.modules.crm.api.texts import ComposedTextSerializer
from dott.modules.crm.models import CustomField
from dott.modules.crm.models.custom_fields import KEY_PATTERN, LABEL_MAX_LENGTH
from dott.platform.api.errors import Conflict
from dott.platform.api.filters import StrictFilterSet
from dott.platform.api.serializers import StrictSerializer
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.tenancy.search import search_key

_FOREVER = ("entity", "key", "type")


class OptionSerializer(StrictSerializer):
    """A choice. Without an id it is a new one."""

    id = serializers.CharField(required=False, max_length=20)
    label = serializers.CharField(max_length=LABEL_MAX_LENGTH)  # type: ignore[assignment]  # a field name
    is_archived = serializers.BooleanField(required=False, default=False)

    def validate_label(self, label: str) -> str:
        """In Unicode's composed form, as every text."""
        return unicodedata.normalize("NFC", label)


class CustomFieldSerializer(ComposedTextSerializer):
    """One field. Its values are under `key` in the records' `custom`."""

    key = serializers.RegexField(
        KEY_PATTERN,
        max_length=50,
        help_text="Small letters, digits and _, a letter first. It can never be changed.",
    )
    options = serializers.ListField(
        child=OptionSerializer(),
        max_length=MAX_OPTIONS,
        required=False,
        default=list,
        help_text="Of a select, in their order. One that is left out is archived.",
    )

    class Meta:
        model = CustomField
        fields = (
            "id", "entity", "key", "label", "type", "options", "is_required", "position", "is_archived",
            "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What never changes, and the options by type."""
        field: CustomField | None = self.instance
        errors: dict[str, list[ErrorDetail]] = {}
        if field is not None:
            for name in _FOREVER:
                if attrs.get(name, getattr(field, name)) != getattr(field, name):
                    errors[name] = [ErrorDetail("This can never be changed.", code="immutable")]
        type_ = field.type if field is not None else attrs["type"]
        if field is None and type_ in SELECTS and not attrs.get("options"):
            errors["options"] = [ErrorDetail("A select needs at least one option.", code="required")]
        if "options" in attrs:
            errors |= _option_errors(attrs["options"], field, type_)
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


def _option_errors(
    options: list[Mapping[str, Any]], field: CustomField | None, type_: str
) -> dict[str, list[ErrorDetail]]:
    if options and type_ not in SELECTS:
        return {"options": [ErrorDetail("Only a select has options.", code="not_a_select")]}
    known = {option["id"] for option in (field.options if field is not None else ())}
    ids = [option["id"] for option in options if "id" in option]
    if set(ids) - known:
        return {"options": [ErrorDetail("This field has no option of that id.", code="unknown_option")]}
    labels = [search_key(option["label"]) for option in options]
    if len(set(ids)) != len(ids) or len(set(labels)) != len(labels):
        return {"options": [ErrorDetail("An option is listed twice.", code="repeated_option")]}
    return {}


class CustomFieldFilters(StrictFilterSet):
    """The fields of one kind of record, as a rule."""

    class Meta:
        model = CustomField
        fields: ClassVar = {"entity": ["exact"], "is_archived": ["exact"]}


class CustomFieldViewSet(OrderMixin, TenantModelViewSet):
    """The fields that the business has added. They are archived, never deleted."""

    queryset = CustomField.objects.all()
    serializer_class = CustomFieldSerializer
    filterset_class = CustomFieldFilters
    orderings: ClassVar[dict[str, str]] = {"position": "position"}
    default_ordering = "position"
    http_method_names = [name for name in TenantModelViewSet.http_method_names if name != "delete"]

    def create_record(self, values: dict[str, Any]) -> CustomField:
        with _refusals():
            return create_custom_field(actor=self.actor, values=values)

    def update_record(self, record: CustomField, values: dict[str, Any]) -> CustomField:
        with _refusals():
            return update_custom_field(actor=self.actor, field=record, values=values)

    def ordered_together(self, order: list[Any]) -> QuerySet[Any]:
        """The fields of the kind of record that the first one is of; of all kinds for an unknown one."""
        entity = CustomField.objects.filter(pk=order[0]).values_list("entity", flat=True).first()
        return CustomField.objects.filter(entity=entity) if entity else CustomField.objects.all()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except TooManyFields:
        text = f"At most {MAX_FIELDS} fields can be in use. Archive one first."
        raise Conflict(text, "too_many_fields") from None
    except TooManyOptions:
        text = f"A field has at most {MAX_OPTIONS} options, archived ones included."
        raise Conflict(text, "too_many_options") from None
