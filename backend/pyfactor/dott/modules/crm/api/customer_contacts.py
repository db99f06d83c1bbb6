"""Which contact stands for which customer, over HTTP."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.customer_contacts import Place, link_contact, update_link
from dott.modules.crm.api.contact_filters import CustomerContactFilters
from dott.modules.crm.models import CustomerContact
from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import TenantModelViewSet


def _of(source: str) -> serializers.CharField:
    return serializers.CharField(source=source, default="", read_only=True)


def _trashed(source: str) -> serializers.DateTimeField:
    return serializers.DateTimeField(source=source, default=None, allow_null=True, read_only=True)


class CustomerContactSerializer(StrictModelSerializer):
    """One link with what a page shows of both ends. Of an end in the trash it says since when."""

    customer_name = _of("customer.display_name")
    contact_name = _of("contact.display_name")
    contact_job_title = _of("contact.job_title")
    contact_email = _of("contact.email")
    contact_phone = _of("contact.phone")
    contact_phone_extension = _of("contact.phone_extension")
    contact_do_not_call = serializers.BooleanField(
        source="contact.do_not_call", default=False, read_only=True
    )
    contact_do_not_email = serializers.BooleanField(
        source="contact.do_not_email", default=False, read_only=True
    )
    customer_deleted_at = _trashed("customer.deleted_at")
    contact_deleted_at = _trashed("contact.deleted_at")

    class Meta:
        model = CustomerContact
        fields = (
            "id", "customer", "customer_name", "customer_deleted_at", "contact", "contact_name",
            "contact_job_title", "contact_email", "contact_phone", "contact_phone_extension",
            "contact_do_not_call", "contact_do_not_email", "contact_deleted_at", "role", "is_primary",
            "created_at", "updated_at", "created_by", "updated_by", "version",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Both ends stay what they are; neither of a new link lies in the trash."""
        errors = {}
        for name in ("customer", "contact"):
            end = attrs.get(name)
            if end is None:
                continue
            if self.instance is not None and end.pk != getattr(self.instance, f"{name}_id"):
                text = "A link keeps its two ends. Remove it and make another."
                errors[name] = [ErrorDetail(text, code="fixed")]
            elif self.instance is None and end.deleted_at is not None:
                errors[name] = [ErrorDetail(f"This {name} is in the trash.", code="in_trash")]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class CustomerContactViewSet(TenantModelViewSet):
    """The links between customers and contacts."""

    queryset = CustomerContact.objects.select_related("customer", "contact").defer(
        "customer__search_text", "contact__search_text"
    )
    serializer_class = CustomerContactSerializer
    filterset_class = CustomerContactFilters
    orderings = {"created_at": "id"}
    default_ordering = "created_at"

    def create_record(self, values: dict[str, Any]) -> CustomerContact:
        contact = values.pop("contact")
        return link_contact(actor=self.actor, contact=contact, place=Place(**values))

    def update_record(self, record: CustomerContact, values: dict[str, Any]) -> CustomerContact:
        changed = {name: value for name, value in values.items() if name not in ("customer", "contact")}
        return update_link(actor=self.actor, link=record, values=changed)
