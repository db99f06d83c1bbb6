"""Contacts over HTTP: people, and the customer that a new one is entered for."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from dott.modules.crm.actions.contacts import country_of_contact, create_contact, update_contact
from dott.modules.crm.actions.customer_contacts import Place
from dott.modules.crm.actions.distinctions import said_apart
from dott.modules.crm.actions.export_contacts import export_contacts
from dott.modules.crm.api.contact_filters import ContactFilters
from dott.modules.crm.api.custom_values import CustomValuesField, CustomValuesMixin
from dott.modules.crm.api.exported import PARAMETER_NAMES, PARAMETERS, RESPONSES, exported, wanted_kind
from dott.modules.crm.api.merging import MergeMixin
from dott.modules.crm.api.tag_fields import tags_field
from dott.modules.crm.api.tagging import TaggingBulkMixin
from dott.modules.crm.api.texts import ComposedTextSerializer, phone_field
from dott.modules.crm.models import Contact, Customer
from dott.modules.crm.models.contacts import CONTACT_RULES, ContactRole
from dott.modules.crm.phones import PhoneError, is_international, to_e164
from dott.platform.api.access import AccessMixin
from dott.platform.api.serializers import TenantRelatedField
from dott.platform.api.viewsets import TenantModelViewSet, TrashMixin

ONLY_WHEN_NEW = "A contact gets its customer here only when it is created. Use customer-contacts after that."
# What a new contact is for its customer; fields of the link and not of the contact.
PLACE_FIELDS = ("customer", "role", "is_primary")


class ContactSerializer(CustomValuesMixin, ComposedTextSerializer):
    """One contact, flat. `customer`, `role` and `is_primary` are for POST only."""

    display_name = serializers.CharField(read_only=True)
    phone = phone_field()
    tags = tags_field()
    custom = CustomValuesField("contact")
    customer = TenantRelatedField(
        queryset=Customer.objects.all(),
        write_only=True,
        required=False,
        allow_null=True,
        default=None,
        help_text="The customer to link a new contact to.",
    )
    role = serializers.ChoiceField(choices=ContactRole.choices, write_only=True, required=False)
    is_primary = serializers.BooleanField(write_only=True, required=False)

    class Meta:
        model = Contact
        fields = (
            "id", "external_id", "display_name", "salutation", "first_name", "last_name", "job_title",
            "department", "email", "phone", "phone_extension", "phone_raw", "language", "birthday",
            "do_not_call", "do_not_email", "notes", "tags", "custom", "customer", "role", "is_primary",
            "last_activity_at", "next_activity_at", "created_at", "updated_at", "created_by", "updated_by",
            "deleted_at", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The rules between fields; a local phone number by the country where the contact is met."""
        errors: dict[str, Any] = self._place_errors(attrs) | self.take_custom(attrs)
        if attrs.get("phone"):
            try:
                attrs["phone"] = to_e164(attrs["phone"], self._country(attrs))
            except PhoneError as error:
                errors["phone"] = [ErrorDetail(str(error), code=error.code)]
        values = self.resulting(attrs)
        for rule in CONTACT_RULES:
            if not rule.holds(values):
                errors.update({name: [ErrorDetail(rule.sentence, code=rule.code)] for name in rule.fields})
        if errors:
            raise serializers.ValidationError(errors)
        return attrs

    def _place_errors(self, attrs: dict[str, Any]) -> dict[str, list[ErrorDetail]]:
        given = [name for name in PLACE_FIELDS if attrs.get(name) is not None]
        if self.instance is not None:
            return {name: [ErrorDetail(ONLY_WHEN_NEW, code="only_when_new")] for name in given}
        customer = attrs.get("customer")
        if given and customer is None:
            text = "Say which customer this is about."
            return {"customer": [ErrorDetail(text, code="required")]}
        if customer is not None and customer.deleted_at is not None:
            return {"customer": [ErrorDetail("This customer is in the trash.", code="in_trash")]}
        return {}

    def _country(self, attrs: dict[str, Any]) -> str:
        if is_international(attrs["phone"]):
            return ""
        return country_of_contact(contact=self.instance, customer=attrs.get("customer"))


class ContactViewSet(AccessMixin, MergeMixin, TaggingBulkMixin, TrashMixin, TenantModelViewSet):
    """The people that the business talks to."""

    # search_text is only ever compared inside the database.
    queryset = Contact.objects.defer("search_text")
    serializer_class = ContactSerializer
    filterset_class = ContactFilters
    orderings = {
        "name": "name_key",
        "email": "email_key",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }
    default_ordering = "name"
    bulk_fields = ("job_title", "department", "language", "do_not_call", "do_not_email", "custom")

    def create_record(self, values: dict[str, Any]) -> Contact:
        place = {name: value for name in PLACE_FIELDS if (value := values.pop(name, None)) is not None}
        return create_contact(actor=self.actor, values=values, place=Place(**place) if place else None)

    def merge_warnings(self, records: list[Any]) -> list[str]:
        said = ["said_apart"] if said_apart(records) else []
        return super().merge_warnings(records) + said

    def update_record(self, record: Contact, values: dict[str, Any]) -> Contact:
        for name in PLACE_FIELDS:
            values.pop(name, None)
        return update_contact(actor=self.actor, contact=record, values=values)

    @extend_schema(responses=RESPONSES, parameters=PARAMETERS)
    @action(detail=False, methods=["get"], reads_filters=True, query_parameters=PARAMETER_NAMES)
    def export(self, request: Request) -> StreamingHttpResponse:
        """All contacts that match the filters, by name, each with the customer it stands for first of all."""
        kind = wanted_kind(request)
        contacts = self.filter_queryset(Contact.objects.all()).order_by("name_key", "id")
        return exported(request, kind, export_contacts(contacts=contacts), "contacts")
