"""POST …/bulk/: one change of many records, all of it or nothing, as one change set.

    class CustomerViewSet(BulkMixin, TrashMixin, TenantModelViewSet):
        bulk_fields = ("stage", "status", "owner")

Records are named by their ids, or by what narrows the list: short filters (`query`) and the compound filter
(`filter`), together with how many the client expects. Fields are validated by the resource's serializer, for
each record, before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import Conflict, ProblemError, flatten
from dott.platform.api.filtering.apply import Refused, apply_filter
from dott.platform.api.filters import parameter_names
from dott.platform.api.idempotency import idempotent
from dott.platform.api.problems import InputError, pointer
from dott.platform.api.serializers import ConditionsField, StrictSerializer
from dott.platform.history.bulk import Changed, change_many
from dott.platform.history.models import Change

MAX_IDS = 1_000
MAX_RECORDS = 20_000
# As many as a person reads; the problem says how many there are.
MAX_ERRORS = 100
ACTIONS = ("edit", "assign", "trash", "restore")


class BulkSerializer(StrictSerializer):
    """What is done with which records."""

    action = serializers.ChoiceField(choices=ACTIONS)
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        min_length=1,
        max_length=MAX_IDS,
        help_text="These records.",
    )
    query = serializers.DictField(
        child=serializers.CharField(),
        required=False,
        help_text="Short filters as in the list's query, such as {“stage”: “lead”, “trashed”: “true”}.",
    )
    filter = ConditionsField(required=False, help_text="The compound filter.")
    expected_count = serializers.IntegerField(
        required=False, min_value=0, help_text="How many the filters find; 409 when it moved."
    )
    values = serializers.DictField(required=False, help_text="For edit: the fields to set.")
    to = serializers.CharField(
        required=False, allow_null=True, help_text="For assign: a member's id, “me”, or null for nobody."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ids or filters, and what the action needs."""
        if ("ids" in attrs) == ("expected_count" in attrs):
            raise _wrong("ids", "ids_or_filters", "Name records by ids, or by filters with expected_count.")
        if "ids" in attrs and ("query" in attrs or "filter" in attrs):
            raise _wrong("ids", "ids_or_filters", "Name records by ids or by filters, not by both.")
        for name, of in (("values", "edit"), ("to", "assign")):
            if (name in attrs) != (attrs["action"] == of):
                code, text = ("unexpected", "only") if name in attrs else ("required", "always")
                raise _wrong(name, code, f"“{of}” {text} takes this.")
        return attrs


class BulkResultSerializer(StrictSerializer):
    """What became of it."""

    changed = serializers.IntegerField(help_text="Records that differ now.")
    unchanged = serializers.IntegerField(help_text="Records that were so already.")
    change_set = serializers.UUIDField(allow_null=True, help_text="null when nothing was to change.")


class BulkMixin:
    """Adds POST bulk/. Goes before TenantModelViewSet in the bases."""

    # Serializer fields that many records may be given at once; only ones that need no action of their own.
    bulk_fields: ClassVar[tuple[str, ...]] = ()
    assignee_field: ClassVar[str] = "owner"
    # A resource with an action more has a serializer that knows it, and a bulk_<action> method.
    bulk_serializer: ClassVar[type[BulkSerializer]] = BulkSerializer

    @extend_schema(responses=BulkResultSerializer)
    @action(detail=False, methods=["post"])
    @idempotent
    def bulk(self: Any, request: Request) -> Response:
        """Edit, assign, trash or restore many records; nothing is written when one of them refuses."""
        command = self.bulk_serializer(data=request.data)
        command.is_valid(raise_exception=True)
        asked = command.validated_data
        records = self._bulk_records(asked)
        done = getattr(self, f"bulk_{asked['action']}")(records, asked)
        return Response(
            {
                "changed": done.count,
                "unchanged": len(records) - done.count,
                "change_set": done.change_set_id,
            }
        )

    def bulk_edit(self: Any, records: Sequence[Any], asked: Mapping[str, Any]) -> Changed:
        """Set fields. Raises 400 with every record's errors, 409 for records in the trash."""
        unknown = set(asked["values"]) - set(self.bulk_fields)
        if unknown or not asked["values"]:
            raise _invalid([_not_bulk(name, self.bulk_fields) for name in sorted(unknown or {""})])
        values = self._bulk_values(records, asked["values"], "values")
        done: Changed = self.bulk_change(in_use(self, records), values)
        return done

    def bulk_assign(self: Any, records: Sequence[Any], asked: Mapping[str, Any]) -> Changed:
        """Give the records to a member, or to nobody."""
        to = self.actor.membership_id if asked["to"] == "me" else asked["to"]
        values = self._bulk_values(records, {self.assignee_field: to}, None)
        done: Changed = self.bulk_change(in_use(self, records), values)
        return done

    def bulk_trash(self: Any, records: Sequence[Any], asked: Mapping[str, Any]) -> Changed:
        """Move the records to the trash; those that are there stay as they are."""
        values: Mapping[str, Any] = {"deleted_at": timezone.now(), "deleted_by_id": self.actor.membership_id}
        moved = [(record, values) for record in records if record.deleted_at is None]
        return change_many(moved, actor=self.actor, operation=Change.Operation.TRASH)

    def bulk_restore(self: Any, records: Sequence[Any], asked: Mapping[str, Any]) -> Changed:
        """Take the records out of the trash; their unique values are judged again (409)."""
        values = {"deleted_at": None, "deleted_by_id": None}
        moved = [(record, values) for record in records if record.deleted_at is not None]
        return change_many(moved, actor=self.actor, operation=Change.Operation.RESTORE)

    def bulk_change(self: Any, records: Sequence[Any], values: Sequence[Mapping[str, Any]]) -> Changed:
        """Hook: write validated values, one mapping for each record."""
        return change_many(list(zip(records, values, strict=True)), actor=self.actor)

    def _bulk_records(self: Any, asked: Mapping[str, Any]) -> list[Any]:
        """The records, locked in the order of their ids. Raises 400 and 409 problems."""
        rows = self.get_queryset().select_related(None).select_for_update(of=("self",)).order_by("pk")
        if "ids" in asked:
            records = list(rows.filter(pk__in=asked["ids"]))
            found = {record.pk for record in records}
            missing = [place for place, id_ in enumerate(asked["ids"]) if id_ not in found]
            if missing:
                raise _invalid(
                    [_error(pointer("ids", at), "does_not_exist", NO_SUCH_RECORD) for at in missing]
                )
            return records
        expected = asked["expected_count"]
        narrowed = self._bulk_narrowed(rows, asked)
        # Counted first: rows that are not what the client has seen need not be read, nor locked.
        count = narrowed.order_by().count()
        if count == expected and count > MAX_RECORDS:
            text = f"At most {MAX_RECORDS:,} records can be changed at once. Narrow the filter."
            raise _invalid([_error("/expected_count", "too_many_records", text)])
        records = list(narrowed) if count == expected else []
        if count != expected or len(records) != expected:
            text = "The filter finds other records than before. Nothing was changed; look again."
            raise Conflict(text, "selection_moved", count=count)
        return records

    def _bulk_narrowed(self: Any, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """As the list narrows, with pointers into the body where it refuses."""
        short = dict(asked.get("query", {}))
        if self.is_trashable:
            trashed = short.pop("trashed", "false")
            if trashed not in ("true", "false"):
                raise _invalid([_error("/query/trashed", "invalid", "This is either “true” or “false”.")])
            rows = rows.filter(deleted_at__isnull=trashed == "false")
        offered = parameter_names(self.filterset_class) - {"filter"}
        unknown = sorted(set(short) - offered)
        if unknown:
            text = "There is no such filter."
            raise _invalid([_error(pointer("query", name), "unknown_parameter", text) for name in unknown])
        data = QueryDict(mutable=True)
        data.update(short)
        try:
            filterset = self.filterset_class(data=data, queryset=rows, request=self.request)
            if not filterset.is_valid():
                raise _invalid(list(_filter_errors(filterset.form.errors)))
            return apply_filter(filterset.qs, self.filterset_class, asked.get("filter"))
        except Refused as refused:
            raise refused.in_body("filter") from None
        except ProblemError as problem:
            for error in problem.errors or ():
                if "parameter" in error:
                    error["pointer"] = pointer("query", error.pop("parameter"))
            raise

    def _bulk_values(
        self: Any, records: Sequence[Any], data: Mapping[str, Any], below: str | None
    ) -> list[dict[str, Any]]:
        """What each record is to be given. below: the body's member that holds the fields, None for `to`."""

        def where(error: InputError) -> str:
            return f"/{below}{error['pointer']}" if below else "/to"

        serializer = self.get_serializer(data=data, partial=True)
        parsed = _judged(lambda: serializer.to_internal_value(data), where)
        values, errors = [], list[InputError]()
        for record in records:
            serializer.instance = record
            try:
                values.append(serializer.validate(dict(parsed)))
            except serializers.ValidationError as refusal:
                errors += [
                    error | {"pointer": where(error), "record": str(record.pk)}
                    for error in flatten(refusal.detail)
                ]
        if errors:
            raise refused_records(errors)
        return values


def in_use(view: Any, records: Sequence[Any]) -> Sequence[Any]:
    """The records, if none of them is in the trash. Raises 409 with those that are."""
    trashed = [record for record in records if view.is_trashable and record.deleted_at is not None]
    if not trashed:
        return records
    text = "This record is in the trash. Restore it first."
    errors = [
        InputError(record=str(record.pk), pointer="", code="in_trash", detail=text)
        for record in trashed[:MAX_ERRORS]
    ]
    raise Conflict(
        "Some records are in the trash. Nothing was changed.", "in_trash", errors=errors, refused=len(trashed)
    )


def _judged(read: Callable[[], Any], where: Callable[[InputError], str]) -> Any:
    try:
        return read()
    except serializers.ValidationError as refusal:
        raise _invalid([error | {"pointer": where(error)} for error in flatten(refusal.detail)]) from None


def refused_records(errors: Sequence[InputError]) -> ProblemError:
    """A 400 that names each record and why it refuses."""
    refused = len({error["record"] for error in errors})
    detail = f"{refused} of the records cannot be changed so. Nothing was changed."
    return ProblemError(400, "invalid_input", detail, errors[:MAX_ERRORS], refused=refused)


def _not_bulk(name: str, offered: Sequence[str]) -> InputError:
    text = f"Many records can be given {', '.join(offered)}." if offered else "No field can be set for many."
    return _error(pointer("values", name) if name else "/values", "not_a_bulk_field", text)


def _filter_errors(errors: Any) -> Iterator[InputError]:
    for name, listed in errors.as_data().items():
        for error in listed:
            yield _error(pointer("query", name), error.code or "invalid", str(error.messages[0]))


def _wrong(name: str, code: str, text: str) -> serializers.ValidationError:
    return serializers.ValidationError({name: [serializers.ErrorDetail(text, code=code)]})


def _error(where: str, code: str, detail: str) -> InputError:
    return {"pointer": where, "code": code, "detail": detail}


def _invalid(errors: Sequence[InputError]) -> ProblemError:
    return ProblemError(400, "invalid_input", "Some values cannot be accepted.", list(errors[:MAX_ERRORS]))
