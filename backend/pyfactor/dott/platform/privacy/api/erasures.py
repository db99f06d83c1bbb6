"""Erasing a person, and the certificates of it."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.serializers import StrictModelSerializer
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.history import record as history
from dott.platform.identity.passes import require
from dott.platform.privacy.api.problems import invalid, refusals
from dott.platform.privacy.api.subjects import ChosenSerializer, records_of, subject_of
from dott.platform.privacy.erase import Outcome, discard_files, erase
from dott.platform.privacy.models import Erasure
from dott.platform.privacy.records import confirmation_of
from dott.platform.tenancy.context import current


class CountsSerializer(serializers.Serializer[Any]):
    """How much was erased. removed: entity → rows that went; rewritten: entity → rows of others that lost
    words; handed: entity → what their module removed; history: changes that lost values; reasons: of change
    sets."""

    removed = serializers.DictField(child=serializers.IntegerField())
    only_in_history = serializers.IntegerField()
    rewritten = serializers.DictField(child=serializers.IntegerField())
    handed = serializers.DictField(child=serializers.IntegerField())
    files = serializers.IntegerField()
    history = serializers.IntegerField()
    reasons = serializers.IntegerField()


class ErasureSerializer(StrictModelSerializer):
    """A certificate. It names nobody but who erased. left: entity → records of others that hold the same
    name, address or number."""

    actor_name = serializers.CharField(source="actor.display_name", default="", read_only=True)
    counts = CountsSerializer(read_only=True)
    left = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Erasure
        fields = (
            "id", "created_at", "actor", "actor_name", "change_set", "subject_digest", "counts", "left",
        )  # fmt: skip
        read_only_fields = fields


class NewErasureSerializer(ChosenSerializer):
    """Whom to erase. confirm: what the dry run said to type. dry_run: count, and change nothing."""

    dry_run = serializers.BooleanField(required=False, default=False)
    confirm = serializers.CharField(max_length=255, required=False, default="", allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        """With the pass, which a dry run does not need."""
        given = serializers.CharField(max_length=600, required=False, default="", allow_blank=True)
        return super().get_fields() | {"pass": given}


class ErasureResultSerializer(serializers.Serializer[Any]):
    """What was, or would be, erased. certificate: null in a dry run. proof: what its digest was made with;
    shown this once. confirm: what has to be typed; "" once it is done."""

    certificate = ErasureSerializer(allow_null=True)
    counts = CountsSerializer()
    left = serializers.DictField(child=serializers.IntegerField())
    proof = serializers.CharField()
    confirm = serializers.CharField()


class ErasureViewSet(ReadOnlyTenantViewSet):
    """Certificates, newest first."""

    queryset = Erasure.objects.select_related("actor")
    serializer_class = ErasureSerializer
    orderings = {"created_at": "created_at"}
    default_ordering = "-created_at"

    @extend_schema(
        request=NewErasureSerializer,
        responses={201: ErasureResultSerializer, 200: ErasureResultSerializer},
    )
    def create(self, request: Request) -> Response:
        """Erase a person for good: records, history, files, and her name in texts. 200 for a dry run.

        Takes no Idempotency-Key: the answer, which would be kept for a day, holds the proof.

        403 `pass_required` without a good pass; 400 when what has to be typed is not what was typed.
        """
        serializer = NewErasureSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        subject, records = subject_of(values), records_of(values)
        with refusals():
            expected = confirmation_of(records, subject)
            if not values["dry_run"]:
                self._require(request, values, expected)
            outcome = self._erase(subject, records, is_dry_run=values["dry_run"])
        if values["dry_run"]:
            return Response(_result(outcome, None, expected))
        discard_files(outcome)
        # Its change set is not offered for an undo: there is none.
        history.forget_written()
        certificate = self.get_queryset().get(pk=outcome.certificate.pk)
        return Response(_result(outcome, certificate, expected), status=201)

    @staticmethod
    def _require(request: Request, values: dict[str, Any], expected: str) -> None:
        require(request._request, values["pass"])
        if values["confirm"].strip().casefold() != expected.strip().casefold():
            raise invalid("confirm", "mismatch", "This is not what had to be typed.")

    @staticmethod
    def _erase(subject: Any, records: Any, *, is_dry_run: bool) -> Outcome:
        with transaction.atomic(using=current().alias):
            outcome = erase(actor=current(), subject=subject, records=records)
            if is_dry_run:
                transaction.set_rollback(True, using=current().alias)
        return outcome


def _result(outcome: Outcome, certificate: Erasure | None, expected: str) -> dict[str, Any]:
    body = {
        "certificate": certificate,
        "counts": outcome.certificate.counts,
        "left": outcome.certificate.left,
        "proof": outcome.proof if certificate else "",
        "confirm": "" if certificate else expected,
    }
    return dict(ErasureResultSerializer(body).data)
