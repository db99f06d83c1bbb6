"""Contacts that may be one, over HTTP."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from dott.modules.crm.api.duplicates import (
    PAGE_PARAMETERS,
    CandidateSerializer,
    CandidatesView,
    ComparedSerializer,
    DuplicateScanView,
    DuplicatesView,
    JudgedSerializer,
    ReportSerializer,
    TypedSerializer,
    as_typed,
    id_parameter,
)
from dott.modules.crm.duplicates.subjects import CONTACTS
from dott.modules.crm.models import Contact

_CUSTOMER = "Name of the customer that the contact stands for, the primary one first; empty for none."


class ContactCandidateSerializer(CandidateSerializer):
    """A contact that may be the one."""

    job_title = serializers.CharField(source="shown.job_title")
    customer = serializers.CharField(source="shown.customer", help_text=_CUSTOMER)


class ContactCandidatesSerializer(serializers.Serializer[Any]):
    """The likeliest first."""

    results = ContactCandidateSerializer(many=True)


class ContactCandidateQuery(TypedSerializer):
    """What was typed; nothing in it has to be complete or right."""

    class Meta:
        model = Contact
        fields = CONTACTS.compared
        extra_kwargs = as_typed(CONTACTS)


class DuplicateContactSerializer(ComparedSerializer):
    """What tells a contact from another."""

    job_title = serializers.CharField()
    customer = serializers.CharField(help_text=_CUSTOMER)


class ContactPairSerializer(JudgedSerializer):
    """Two contacts that may be one, as they are now."""

    id = serializers.UUIDField()
    first = DuplicateContactSerializer()
    second = DuplicateContactSerializer()


class ContactDuplicatesSerializer(ReportSerializer):
    """A page of the report, the likeliest first."""

    results = ContactPairSerializer(many=True)


@extend_schema_view(
    get=extend_schema(
        operation_id="crm_contact_duplicates_candidates",
        parameters=[
            id_parameter("a contact"),
            *(OpenApiParameter(name, str) for name in CONTACTS.compared),
        ],
        responses=ContactCandidatesSerializer,
    )
)
class ContactCandidatesView(CandidatesView):
    """Contacts that may be the one that somebody types."""

    subject, typed, answer = CONTACTS, ContactCandidateQuery, ContactCandidatesSerializer
    query_parameters = ("id", *CONTACTS.compared)


@extend_schema_view(
    get=extend_schema(
        operation_id="crm_contact_duplicates_list_pairs",
        parameters=PAGE_PARAMETERS,
        responses=ContactDuplicatesSerializer,
    )
)
class ContactDuplicatesView(DuplicatesView):
    """Pairs of contacts that may be one; start a search with POST contact-duplicates/scan/."""

    subject, answer = CONTACTS, ContactDuplicatesSerializer


@extend_schema_view(post=extend_schema(operation_id="crm_contact_duplicates_scan"))
class ContactDuplicateScanView(DuplicateScanView):
    """The search for contacts."""

    subject = CONTACTS
