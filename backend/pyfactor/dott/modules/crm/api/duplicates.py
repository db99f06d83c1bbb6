"""Records that may be one, over HTTP: candidates for a form, the report, and the search behind it.

What all kinds have in common; customer_duplicates.py and contact_duplicates.py say what is shown of each.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar, cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.duplicates import scan
from dott.modules.crm.duplicates.candidates import Candidate, find_candidates
from dott.modules.crm.duplicates.reasons import CODES, explained
from dott.modules.crm.duplicates.report import Pair, report_page
from dott.modules.crm.duplicates.subjects import Subject
from dott.modules.crm.models import DuplicateScan
from dott.platform.api.cursors import decode, encode
from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import invalid_parameter
from dott.platform.api.idempotency import idempotent
from dott.platform.api.ordering import Key
from dott.platform.api.pagination import page_address, parse_limit, scope_of
from dott.platform.api.views import ApiView

LIMIT = 5
_KEYS = [Key("score", descending=True, nullable=False), Key("id", descending=True, nullable=False)]
PAGE_PARAMETERS = [
    OpenApiParameter("limit", int, description="Pairs a page, 1 to 200, default 50."),
    OpenApiParameter("cursor", str, description="From `next`; opaque."),
]


def id_parameter(record: str) -> OpenApiParameter:
    """For one that is there already; record: as in "a customer"."""
    text = f"{record.capitalize()} that is there already. It is not found itself; without other values it is "
    return OpenApiParameter("id", UUID, description=f"{text}looked for by its own.")


class DuplicateReasonSerializer(serializers.Serializer[Any]):
    """One thing that speaks for it, or against it where the weight is below zero."""

    code = serializers.ChoiceField(choices=CODES)
    weight = serializers.IntegerField()


class JudgedSerializer(serializers.Serializer[Any]):
    """What all that is found has."""

    score = serializers.IntegerField(help_text="Sum of the weights.")
    reasons = serializers.SerializerMethodField(help_text="The heaviest first.")

    @extend_schema_field(DuplicateReasonSerializer(many=True))
    def get_reasons(self, judged: Candidate | Pair) -> list[dict[str, object]]:
        """Codes with their weights."""
        return explained(judged.reasons)


class CandidateSerializer(JudgedSerializer):
    """What every record that may be the one shows."""

    id = serializers.UUIDField()
    display_name = serializers.CharField(source="shown.display_name")
    email = serializers.CharField(source="shown.email")
    phone = serializers.CharField(source="shown.phone")


class ComparedSerializer(serializers.Serializer[Any]):
    """What every record of a pair shows."""

    id = serializers.UUIDField()
    display_name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    last_activity_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class TypedSerializer(serializers.ModelSerializer[Any]):
    """What was typed into a form; nothing in it has to be complete or right."""

    email = serializers.CharField(required=False, allow_blank=True, max_length=254)


def as_typed(subject: Subject) -> dict[str, dict[str, Any]]:
    """`extra_kwargs` of a TypedSerializer for the fields that the subject's records are compared by."""
    return {name: {"validators": [], "required": False, "allow_blank": True} for name in subject.compared}


class CandidatesView(ApiView):
    """Who is this, if the business knows him already. typed: reads what was typed, of the subject."""

    subject: ClassVar[Subject]
    typed: ClassVar[type[TypedSerializer]]
    answer: ClassVar[type[serializers.Serializer[Any]]]

    def get(self, request: Request) -> Response:
        """The records that may be the one with these values; at most 5."""
        subject = self.subject
        typed = self._typed(request.query_params.dict())
        saved = self._saved(request.query_params.get("id"))
        default = next(iter(subject.names))
        kind = typed.pop("kind", getattr(saved, "kind", default) if saved else default)
        if saved and not typed:
            typed = {name: getattr(saved, name) for name in subject.compared}
            typed["phone"] = saved.phone or saved.phone_raw
        of = saved.pk if saved else None
        found = find_candidates(subject, typed, kind=kind, of=of, limit=LIMIT)
        return Response(self.answer({"results": found}).data)

    def _typed(self, query: Mapping[str, Any]) -> dict[str, str]:
        """Raises a 400 problem that names the first parameter that cannot be read."""
        serializer = self.typed(data={name: value for name, value in query.items() if name != "id"})
        if not serializer.is_valid():
            for name, errors in serializer.errors.items():
                raise invalid_parameter(name, errors[0].code, str(errors[0]))
        return dict(serializer.validated_data)

    def _saved(self, value: str | None) -> Any:
        if value is None:
            return None
        try:
            id_ = UUID(value)
        except ValueError:
            raise invalid_parameter("id", "invalid", "This is not an id.") from None
        of_kind = ("kind",) if len(self.subject.names) > 1 else ()
        read = (*of_kind, "phone_raw", *self.subject.compared)
        saved = self.subject.model.objects.only(*read).filter(pk=id_).first()
        if saved is None:
            raise invalid_parameter("id", "does_not_exist", NO_SUCH_RECORD)
        return saved


class DuplicateScanSerializer(serializers.Serializer[DuplicateScan]):
    """The newest search through the business."""

    state = serializers.CharField(source="job.state", help_text="queued, running, succeeded or failed.")
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    found = serializers.IntegerField(help_text="Pairs, as it found them.")
    is_cut = serializers.BooleanField(
        help_text=f"These are the {scan.MAX_KEPT} that are kept; there may be more."
    )


class ReportSerializer(serializers.Serializer[Any]):
    """A page of the report. A subclass says what its `results` are."""

    next = serializers.CharField(allow_null=True, help_text="Path and query of the next page.")
    scan = DuplicateScanSerializer(allow_null=True, help_text="null where nobody has searched yet.")
    is_out_of_date = serializers.BooleanField(help_text="Records came or changed since the search.")


class DuplicatesView(ApiView):
    """The report."""

    subject: ClassVar[Subject]
    answer: ClassVar[type[ReportSerializer]]
    query_parameters = ("limit", "cursor")

    def get(self, request: Request) -> Response:
        """Pairs that may be one; a POST to scan/ begins a search."""
        query = request.query_params
        limit, scope, cursor = (
            parse_limit(query.get("limit")),
            scope_of(request.path, query),
            query.get("cursor"),
        )
        values = decode(cursor, _KEYS, self.subject.pair, scope=scope).values if cursor else None
        after = cast("tuple[int, UUID] | None", values)
        found = report_page(self.subject, after=after, limit=limit + 1)
        page, following = found[:limit], None
        if len(found) > limit:
            row = SimpleNamespace(score=page[-1].found_score, id=page[-1].id)
            following = page_address(request.path, query, encode(row, _KEYS, backwards=False, scope=scope))
        latest = scan.latest_scan(self.subject)
        old = latest is not None and not scan.is_open(latest) and scan.is_out_of_date(latest)
        body = {"results": page, "next": following, "scan": latest, "is_out_of_date": old}
        return Response(self.answer(body).data)


class DuplicateScanView(ApiView):
    """The search behind the report."""

    subject: ClassVar[Subject]

    @extend_schema(request=None, responses={202: DuplicateScanSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        """Search the business anew, in the background; a search that is on its way is left to it."""
        return Response(DuplicateScanSerializer(scan.start_scan(self.subject)).data, status=202)
