"""Customers over HTTP: what is shown, what is accepted, what can be asked for."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from dott.modules.crm.actions.customers import (
    create_customer,
    restore_customer,
    trash_customer,
    update_customer,
)
from dott.modules.crm.actions.distinctions import said_apart
from dott.modules.crm.actions.export import export_customers
from dott.modules.crm.api.custom_values import CustomValuesField, CustomValuesMixin
from dott.modules.crm.api.customer_filters import CustomerFilters
from dott.modules.crm.api.exported import PARAMETER_NAMES, PARAMETERS, RESPONSES, exported, wanted_kind
from dott.modules.crm.api.merging import MergeMixin, differ
from dott.modules.crm.api.tag_fields import tags_field
from dott.modules.crm.api.tagging import TaggingBulkMixin
from dott.modules.crm.api.texts import ComposedTextSerializer, phone_field
from dott.modules.crm.models import Customer
from dott.modules.crm.models.numbers import CUSTOMER, DIGITS
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.modules.crm.phones import PhoneError, to_e164
from dott.platform.api.access import AccessMixin
from dott.platform.api.serializers import RunningNumberField
from dott.platform.api.viewsets import TenantModelViewSet, TrashMixin
from dott.platform.tenancy.context import current

# Phone field → the countries from which a local number in it may be written, best first.
PHONE_COUNTRIES = {
    "phone": ("billing_country", "shipping_country"),
    "shipping_phone": ("shipping_country", "billing_country"),
}

# What two records of one customer would not differ in → how a merge warns of it.
_DIFFERENCES = {"tax_key": "tax_ids_differ", "kind": "kinds_differ"}


class CustomerSerializer(CustomValuesMixin, ComposedTextSerializer):
    """One customer, flat. Optional text is "" when empty, never null."""

    account_number = RunningNumberField(prefix=CUSTOMER, digits=DIGITS, source="number")
    display_name = serializers.CharField(read_only=True)
    owner_name = serializers.CharField(source="owner.display_name", default="", read_only=True)
    phone = phone_field()
    shipping_phone = phone_field()
    tags = tags_field()
    custom = CustomValuesField("customer")

    class Meta:
        model = Customer
        fields = (
            "id", "account_number", "external_id", "kind", "display_name", "business_name",
            "salutation", "first_name", "last_name", "email", "phone", "phone_extension", "phone_raw",
            "website", "stage", "status", "owner", "owner_name", "source", "industry",
            "tax_id", "is_tax_exempt", "tax_exempt_certificate", "tax_exempt_expires_on",
            "currency", "language", "timezone",
            "billing_line1", "billing_line2", "billing_city", "billing_county", "billing_region",
            "billing_postal_code", "billing_country",
            "shipping_recipient", "shipping_phone", "shipping_line1", "shipping_line2", "shipping_city",
            "shipping_county", "shipping_region", "shipping_postal_code", "shipping_country",
            "delivery_instructions", "notes", "do_not_call", "do_not_email", "tags", "custom",
            "last_activity_at", "next_activity_at", "created_at", "updated_at",
            "created_by", "updated_by", "deleted_at", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The rules between fields, and phone numbers by the customer's country."""
        errors: dict[str, Any] = self.take_custom(attrs)
        for name, country_fields in PHONE_COUNTRIES.items():
            if attrs.get(name):
                countries = [self.value_of(attrs, field) for field in country_fields]
                try:
                    attrs[name] = to_e164(attrs[name], next(filter(None, countries), ""))
                except PhoneError as error:
                    errors[name] = [ErrorDetail(str(error), code=error.code)]
        values = self.resulting(attrs)
        for rule in CUSTOMER_RULES:
            if not rule.holds(values):
                errors.update({name: [ErrorDetail(rule.sentence, code=rule.code)] for name in rule.fields})
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class CustomerViewSet(AccessMixin, MergeMixin, TaggingBulkMixin, TrashMixin, TenantModelViewSet):
    """The business's customers."""

    # search_text is only ever compared inside the database.
    queryset = Customer.objects.select_related("owner").defer("search_text")
    serializer_class = CustomerSerializer
    filterset_class = CustomerFilters
    orderings = {
        "name": "name_key",
        "account_number": "number",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "email": "email_key",
        "city": "city_key",
        "country": "billing_country",
        "stage": "stage",
    }
    default_ordering = "-created_at"
    bulk_fields = (
        "kind", "stage", "status", "owner", "source", "industry", "is_tax_exempt", "currency", "language",
        "timezone", "billing_city", "billing_region", "billing_country", "do_not_call", "do_not_email",
        "custom",
    )  # fmt: skip

    def create_record(self, values: dict[str, Any]) -> Customer:
        return create_customer(actor=current(), values=values)

    def update_record(self, record: Customer, values: dict[str, Any]) -> Customer:
        return update_customer(actor=current(), customer=record, values=values)

    def trash_record(self, record: Customer) -> None:
        trash_customer(actor=current(), customer=record)

    def restore_record(self, record: Customer) -> Customer:
        return restore_customer(actor=current(), customer=record)

    def merge_warnings(self, records: list[Any]) -> list[str]:
        warnings = super().merge_warnings(records)
        warnings += [word for name, word in _DIFFERENCES.items() if differ(records, name)]
        if said_apart(records):
            warnings.append("said_apart")
        return warnings

    @extend_schema(responses=RESPONSES, parameters=PARAMETERS)
    @action(detail=False, methods=["get"], reads_filters=True, query_parameters=PARAMETER_NAMES)
    def export(self, request: Request) -> StreamingHttpResponse:
        """All customers that match the filters, as a file that the import page reads back."""
        kind = wanted_kind(request)
        customers = self.filter_queryset(Customer.objects.all()).order_by("name_key", "id")
        return exported(request, kind, export_customers(customers=customers), "customers")
