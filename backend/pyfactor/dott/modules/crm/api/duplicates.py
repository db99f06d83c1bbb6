"""Customers that may be one, over HTTP: candidates for a form, the report, and the search behind it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.duplicates import scan
from dott.modules.crm.duplicates.candidates import COMPARED, Candidate, find_candidates
from dott.modules.crm.duplicates.reasons import CODES, explained
from dott.modules.crm.duplicates.report import Pair, report_page
from dott.modules.crm.models import Customer, DuplicatePair, DuplicateScan
from dott.platform.api.cursors import decode, encode
from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import invalid_parameter
from dott.platform.api.idempotency import idempotent
from dott.platform.api.ordering import Key
from dott.platform.api.pagination import page_address, parse_limit, scope_of
from dott.platform.api.views import ApiView

LIMIT = 5
_KEYS = [Key("score", descending=True, nullable=False), Key("id", descending=True, nullable=False)]


class DuplicateReasonSerializer(serializers.Serializer[Any]):
    """One thing that speaks for it, or against it where the weight is below zero."""

    code = serializers.ChoiceField(choices=CODES)
    weight = serializers.IntegerField()


class _Judged(serializers.Serializer[Any]):
    score = serializers.IntegerField(help_text="Sum of the weights.")
    reasons = serializers.SerializerMethodField(help_text="The heaviest first.")

    @extend_schema_field(DuplicateReasonSerializer(many=True))
    def get_reasons(self, judged: Candidate | Pair) -> list[dict[str, object]]:
        return explained(judged.reasons)


class DuplicateCandidateSerializer(_Judged):
    """A customer that may be the one."""

    id = serializers.UUIDField()
    account_number = serializers.CharField()
    kind = serializers.ChoiceField(choices=Customer.Kind.choices)
    display_name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    billing_city = serializers.CharField()


class DuplicateCandidatesSerializer(serializers.Serializer[Any]):
    """The likeliest first."""

    results = DuplicateCandidateSerializer(many=True)


class CandidateQuery(serializers.ModelSerializer[Customer]):
    """What was typed; nothing in it has to be complete or right."""

    class Meta:
        model = Customer
        fields = ("kind", *COMPARED)
        extra_kwargs = {name: {"validators": [], "required": False, "allow_blank": True} for name in COMPARED}

    email = serializers.CharField(required=False, allow_blank=True, max_length=254)


class CandidatesView(ApiView):
    """Who is this, if the business knows him already."""

    query_parameters = ("id", "kind", *COMPARED)

    @extend_schema(
        operation_id="crm_duplicates_candidates",
        parameters=[
            OpenApiParameter(
                "id",
                UUID,
                description="A customer that is there already. It is not found itself; without other "
                "values it is looked for by its own.",
            ),
            OpenApiParameter("kind", str, enum=Customer.Kind.values),
            *(OpenApiParameter(name, str) for name in COMPARED),
        ],
        responses=DuplicateCandidatesSerializer,
    )
    def get(self, request: Request) -> Response:
        """The customers that may be the one with these values; at most 5."""
        typed = _typed(request.query_params.dict())
        saved = _saved(request.query_params.get("id"))
        kind = typed.pop("kind", saved.kind if saved else Customer.Kind.BUSINESS)
        if saved and not typed:
            typed = {name: getattr(saved, name) for name in COMPARED}
            typed["phone"] = saved.phone or saved.phone_raw
        found = find_candidates(typed, kind=kind, of=saved.pk if saved else None, limit=LIMIT)
        return Response(DuplicateCandidatesSerializer({"results": found}).data)


def _typed(query: Mapping[str, Any]) -> dict[str, str]:
    """Raises a 400 problem that names the first parameter that cannot be read."""
    serializer = CandidateQuery(data={name: value for name, value in query.items() if name != "id"})
    if not serializer.is_valid():
        for name, errors in serializer.errors.items():
            raise invalid_parameter(name, errors[0].code, str(errors[0]))
    return dict(serializer.validated_data)


def _saved(value: str | None) -> Customer | None:
    if value is None:
        return None
    try:
        id_ = UUID(value)
    except ValueError:
        raise invalid_parameter("id", "invalid", "This is not an id.") from None
    saved: Customer | None = Customer.objects.only("kind", "phone_raw", *COMPARED).filter(pk=id_).first()
    if saved is None:
        raise invalid_parameter("id", "does_not_exist", NO_SUCH_RECORD)
    return saved


class DuplicateSerializer(serializers.Serializer[Any]):
    """What tells a customer from another."""

    id = serializers.UUIDField()
    account_number = serializers.CharField()
    kind = serializers.ChoiceField(choices=Customer.Kind.choices)
    display_name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    website = serializers.CharField()
    tax_id = serializers.CharField()
    billing_city = serializers.CharField()
    billing_country = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    last_activity_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class DuplicatePairSerializer(_Judged):
    """Two customers that may be one, as they are now."""

    id = serializers.UUIDField()
    first = DuplicateSerializer()
    second = DuplicateSerializer()


class DuplicateScanSerializer(serializers.Serializer[DuplicateScan]):
    """The newest search through the business."""

    state = serializers.CharField(source="job.state", help_text="queued, running, succeeded or failed.")
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    found = serializers.IntegerField(help_text="Pairs, as it found them.")
    is_cut = serializers.BooleanField(
        help_text=f"These are the {scan.MAX_KEPT} that are kept; there may be more."
    )


class DuplicatesSerializer(serializers.Serializer[Any]):
    """A page of the report, the likeliest first."""

    results = DuplicatePairSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="Path and query of the next page.")
    scan = DuplicateScanSerializer(allow_null=True, help_text="null where nobody has searched yet.")
    is_out_of_date = serializers.BooleanField(help_text="Customers came or changed since the search.")


class DuplicatesView(ApiView):
    """The report."""

    query_parameters = ("limit", "cursor")

    @extend_schema(
        operation_id="crm_duplicates_list_pairs",
        parameters=[
            OpenApiParameter("limit", int, description="Pairs a page, 1 to 200, default 50."),
            OpenApiParameter("cursor", str, description="From `next`; opaque."),
        ],
        responses=DuplicatesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Pairs of customers that may be one; start a search with POST duplicates/scan/."""
        query = request.query_params
        limit, scope, cursor = (
            parse_limit(query.get("limit")),
            scope_of(request.path, query),
            query.get("cursor"),
        )
        values = decode(cursor, _KEYS, DuplicatePair, scope=scope).values if cursor else None
        after = cast("tuple[int, UUID] | None", values)
        found = report_page(after=after, limit=limit + 1)
        page, following = found[:limit], None
        if len(found) > limit:
            row = SimpleNamespace(score=page[-1].found_score, id=page[-1].id)
            following = page_address(request.path, query, encode(row, _KEYS, backwards=False, scope=scope))
        latest = scan.latest_scan()
        old = latest is not None and not scan.is_open(latest) and scan.is_out_of_date(latest)
        body = {"results": page, "next": following, "scan": latest, "is_out_of_date": old}
        return Response(DuplicatesSerializer(body).data)


class DuplicateScanView(ApiView):
    """The search behind the report."""

    @extend_schema(operation_id="crm_duplicates_scan", request=None, responses={202: DuplicateScanSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        """Search the business anew, in the background; a search that is on its way is left to it."""
        return Response(DuplicateScanSerializer(scan.start_scan()).data, status=202)
