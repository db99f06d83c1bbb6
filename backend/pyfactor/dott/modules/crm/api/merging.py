"""POST {id}/merge/: make several records into one, or see beforehand exactly what would become of it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions.merging import (
    MAX_MERGED,
    MAX_MOVED,
    Merged,
    TooManyToMove,
    inherited,
    merge_records,
)
from dott.modules.crm.custom.merging import united
from dott.platform.api.conditional import check_if_match, etag
from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.api.idempotency import idempotent
from dott.platform.api.own_fields import PREFIX
from dott.platform.api.problems import pointer
from dott.platform.api.serializers import StrictSerializer
from dott.platform.history import record as history
from dott.platform.tenancy.context import current


class MergeSerializer(StrictSerializer):
    """Which records become the one in the address, and whose value each field takes."""

    losers = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=MAX_MERGED - 1,
        help_text="The records that go to the trash.",
    )
    versions = serializers.DictField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        default=dict,
        help_text="Id of a loser → the version that was looked at; 412 when it is another now.",
    )
    choices = serializers.DictField(
        child=serializers.UUIDField(),
        required=False,
        default=dict,
        help_text="Field → id of the record whose value is taken. Without a choice the survivor keeps its "
        "own, and takes the first loser's where it has none. The business's own fields are custom.<key>.",
    )
    dry_run = serializers.BooleanField(required=False, default=False)


class MergeResultSerializer(StrictSerializer):
    """The record that comes of it, and how many rows of each kind it gets."""

    record = serializers.DictField()
    moved = serializers.DictField(child=serializers.IntegerField())
    dropped = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows that the survivor had already."
    )
    warnings = serializers.ListField(
        child=serializers.CharField(),
        help_text="What speaks against it: tax_ids_differ, external_ids_differ, kinds_differ, said_apart.",
    )
    change_set = serializers.UUIDField(allow_null=True, help_text="null for a dry run.")


class MergeMixin:
    """Adds POST {id}/merge/. Goes before TenantModelViewSet in the bases."""

    body_serializers: Mapping[str, Any] = {"merge": MergeSerializer}

    @extend_schema(request=MergeSerializer, responses=MergeResultSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def merge(self: Any, request: Request, **_path: Any) -> Response:
        """Merge 2 to 5 records; If-Match is required unless it is a dry run, which writes nothing."""
        survivor = self.get_object()
        body = MergeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        survivor, losers = self._merge_locked(survivor.pk, asked["losers"])
        check_if_match(request, survivor, required=not asked["dry_run"])
        _check_losers(losers, asked)
        if survivor.deleted_at is not None:
            raise Conflict("This record is in the trash. Restore it first.", "in_trash")
        values = self._merge_values(survivor, losers, asked["choices"])
        warnings = self.merge_warnings([survivor, *losers])
        try:
            with transaction.atomic(using=current().alias):
                done = merge_records(actor=self.actor, survivor=survivor, losers=losers, values=values)
                shown = self.get_object()
                record = self.get_serializer(shown).data
                if asked["dry_run"]:
                    # Done and taken back: so it is exactly what would be, rules of the database included.
                    transaction.set_rollback(True, using=current().alias)
                    history.forget_written()
        except TooManyToMove:
            text = f"At most {MAX_MOVED:,} records can be moved at once."
            raise Conflict(text, "too_many_to_move") from None
        return _result(done, record, shown, warnings, is_dry=asked["dry_run"])

    def merge_warnings(self, records: list[Any]) -> list[str]:
        """Hook: what speaks against making these into one, as stable words."""
        return ["external_ids_differ"] if differ(records, "external_id") else []

    def _merge_locked(self: Any, survivor_id: UUID, loser_ids: list[UUID]) -> tuple[Any, list[Any]]:
        """Survivor and losers, the latter in the order asked for; all locked in the order of their ids."""
        wanted = [survivor_id, *loser_ids]
        rows = self.get_queryset().select_related(None).filter(pk__in=wanted)
        locked = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
        if survivor_id not in locked:
            raise Http404
        refused = {}
        for place, one in enumerate(loser_ids):
            if one not in locked:
                refused[str(place)] = [ErrorDetail(NO_SUCH_RECORD, code="does_not_exist")]
            elif wanted.index(one) != place + 1:
                refused[str(place)] = [ErrorDetail("This record is named twice.", code="named_twice")]
        if refused:
            raise serializers.ValidationError({"losers": refused})
        return locked[survivor_id], [locked[one] for one in loser_ids]

    def _merge_values(
        self: Any, survivor: Any, losers: list[Any], choices: Mapping[str, UUID]
    ) -> dict[str, Any]:
        """What the survivor takes over, judged by the resource's own rules."""
        fields = self._merge_fields()
        records = {one.pk: one for one in (survivor, *losers)}
        refused = {}
        for name, chosen in choices.items():
            if name not in fields and not _names_custom(name, records.values()):
                refused[name] = [ErrorDetail("There is no such field to choose.", code="unknown_field")]
            elif chosen not in records:
                refused[name] = [ErrorDetail("This record is not being merged.", code="not_merged")]
        if refused:
            raise serializers.ValidationError({"choices": refused})
        values = inherited(survivor, losers, [name for name in fields if name not in choices])
        for name in choices.keys() & set(fields):
            values[name] = getattr(records[choices[name]], survivor._meta.get_field(name).attname)
        serializer = self.get_serializer(survivor, data=values, partial=True)
        serializer.is_valid(raise_exception=True)
        chosen_values = {
            name.removeprefix(PREFIX): records[chosen].custom.get(name.removeprefix(PREFIX))
            for name, chosen in choices.items()
            if name not in fields
        }
        custom = united([one.custom for one in (survivor, *losers)], chosen_values)
        return {**serializer.validated_data, "custom": custom}

    def _merge_fields(self: Any) -> list[str]:
        """Fields of the record itself that people write; tags and the business's own have rules of theirs."""
        columns = {column.name for column in self.queryset.model._meta.concrete_fields}
        return [
            name
            for name, field in self.serializer_class().fields.items()
            if name in columns and not field.read_only and name not in ("tags", "custom")
        ]


def _names_custom(name: str, records: Iterable[Any]) -> bool:
    """Whether it is a field of the business's own of which one of the records has a value."""
    key = name.removeprefix(PREFIX)
    return name.startswith(PREFIX) and any(key in one.custom for one in records)


def _check_losers(losers: list[Any], asked: Mapping[str, Any]) -> None:
    """Raises 412 when one is not as it was looked at, 409 when one is in the trash."""
    for place, one in enumerate(losers):
        where = pointer("losers", place)
        seen = asked["versions"].get(str(one.pk))
        if seen is not None and seen != one.version:
            text = "This record was changed in the meantime. Look at it again before you merge."
            error = {"pointer": where, "code": "stale_version", "detail": text}
            raise ProblemError(412, "stale_version", text, [error])  # type: ignore[list-item]  # an InputError
        if one.deleted_at is not None:
            text = "One of these records is in the trash."
            raise Conflict(text, "in_trash", errors=[{"pointer": where, "code": "in_trash", "detail": text}])


def differ(records: list[Any], field: str) -> bool:
    """Whether two of them have something there, and not the same."""
    return len({value for one in records if (value := getattr(one, field))}) > 1


def _result(done: Merged, record: Any, shown: Any, warnings: list[str], *, is_dry: bool) -> Response:
    return Response(
        {
            "record": record,
            "moved": done.moved,
            "dropped": done.dropped,
            "warnings": warnings,
            "change_set": None if is_dry else done.change_set_id,
        },
        headers={} if is_dry else {"ETag": etag(shown)},
    )
