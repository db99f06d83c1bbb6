"""Customers that may be one, over HTTP."""

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
from dott.modules.crm.duplicates.subjects import CUSTOMERS
from dott.modules.crm.models import Customer


class DuplicateCandidateSerializer(CandidateSerializer):
    """A customer that may be the one."""

    account_number = serializers.CharField(source="shown.account_number")
    kind = serializers.ChoiceField(choices=Customer.Kind.choices, source="shown.kind")
    billing_city = serializers.CharField(source="shown.billing_city")


class DuplicateCandidatesSerializer(serializers.Serializer[Any]):
    """The likeliest first."""

    results = DuplicateCandidateSerializer(many=True)


class CandidateQuery(TypedSerializer):
    """What was typed; nothing in it has to be complete or right."""

    class Meta:
        model = Customer
        fields = ("kind", *CUSTOMERS.compared)
        extra_kwargs = as_typed(CUSTOMERS)


class DuplicateSerializer(ComparedSerializer):
    """What tells a customer from another."""

    account_number = serializers.CharField()
    kind = serializers.ChoiceField(choices=Customer.Kind.choices)
    website = serializers.CharField()
    tax_id = serializers.CharField()
    billing_city = serializers.CharField()
    billing_country = serializers.CharField()


class DuplicatePairSerializer(JudgedSerializer):
    """Two customers that may be one, as they are now."""

    id = serializers.UUIDField()
    first = DuplicateSerializer()
    second = DuplicateSerializer()


class DuplicatesSerializer(ReportSerializer):
    """A page of the report, the likeliest first."""

    results = DuplicatePairSerializer(many=True)


@extend_schema_view(
    get=extend_schema(
        operation_id="crm_duplicates_candidates",
        parameters=[
            id_parameter("a customer"),
            OpenApiParameter("kind", str, enum=Customer.Kind.values),
            *(OpenApiParameter(name, str) for name in CUSTOMERS.compared),
        ],
        responses=DuplicateCandidatesSerializer,
    )
)
class CustomerCandidatesView(CandidatesView):
    """Customers that may be the one that somebody types."""

    subject, typed, answer = CUSTOMERS, CandidateQuery, DuplicateCandidatesSerializer
    query_parameters = ("id", "kind", *CUSTOMERS.compared)


@extend_schema_view(
    get=extend_schema(
        operation_id="crm_duplicates_list_pairs", parameters=PAGE_PARAMETERS, responses=DuplicatesSerializer
    )
)
class CustomerDuplicatesView(DuplicatesView):
    """Pairs of customers that may be one; start a search with POST duplicates/scan/."""

    subject, answer = CUSTOMERS, DuplicatesSerializer


@extend_schema_view(post=extend_schema(operation_id="crm_duplicates_scan"))
class CustomerDuplicateScanView(DuplicateScanView):
    """The search for customers."""

    subject = CUSTOMERS
