"""The shapes of an import and its rows over HTTP."""

import unicodedata
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dott.modules.crm.imports.kinds import KINDS, MATCH_KEYS
from dott.modules.crm.imports.layouts import NAMES as LAYOUTS
from dott.modules.crm.imports.limits import MAX_COLUMNS
from dott.modules.crm.imports.marking import NAME_MAX_LENGTH
from dott.modules.crm.imports.reader import suggest_cells
from dott.modules.crm.imports.shown import Shown
from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer

CELL_MAX_LENGTH = 20_000
STATES = [*ImportJob.State.values, "failed"]
FORMATS = ["csv", "xlsx", "vcf"]
COUNTED = (*ImportRow.Action.values, "warning", "conflict")
_SCALAR = {"type": ["string", "boolean", "null"]}


_TARGETS = "Null leaves the column out. custom.<key>, or a field; " + "; ".join(
    f"of a {kind.noun}: {', '.join(kind.fields)}" for kind in KINDS.values()
)


class ImportColumnSerializer(serializers.Serializer[Any]):
    """One column of the file and the field it goes to."""

    index = serializers.IntegerField()
    header = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    field = serializers.CharField(allow_null=True, help_text=_TARGETS)
    confidence = serializers.FloatField(help_text="1 by its header, lower by its content, 0 not matched.")
    preview = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="What each sample becomes; null where it cannot be used.",
    )


class ImportDialectSerializer(serializers.Serializer[Any]):
    """How the file is read."""

    format = serializers.ChoiceField(choices=FORMATS)
    encoding = serializers.CharField(allow_null=True)
    delimiter = serializers.CharField(allow_null=True)
    has_header = serializers.BooleanField()
    sheet = serializers.CharField(allow_null=True)
    sheets = serializers.ListField(child=serializers.CharField())
    null_markers = serializers.ListField(child=serializers.CharField())
    date_order = serializers.CharField(allow_null=True, help_text="dmy, mdy or ymd.")


class ImportCountsSerializer(serializers.Serializer[Any]):
    """Rows per action, rows with a warning, and how many of the errors are conflicts."""

    create = serializers.IntegerField(default=0)  # type: ignore[assignment]  # a field name, not the method
    update = serializers.IntegerField(default=0)  # type: ignore[assignment]  # as above
    unchanged = serializers.IntegerField(default=0)
    error = serializers.IntegerField(default=0)
    excluded = serializers.IntegerField(default=0)
    warning = serializers.IntegerField(default=0)
    conflict = serializers.IntegerField(default=0)


class ImportProgressSerializer(serializers.Serializer[Any]):
    """What the background job is at. total is 0 when it is not known."""

    phase = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ImportErrorSerializer(serializers.Serializer[Any]):
    """Why a step failed, or what it left undone."""

    code = serializers.CharField()
    detail = serializers.CharField()


class ImportMappedLikeSerializer(serializers.Serializer[Any]):
    """The earlier import with the same headers whose mapping, match keys and mode this one started with."""

    id = serializers.UUIDField()
    file_name = serializers.CharField()
    applied_at = serializers.DateTimeField()


class ImportIssueSerializer(serializers.Serializer[Any]):
    """What is wrong with a row or with one of its cells."""

    column = serializers.IntegerField(allow_null=True)
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportJobSerializer(StrictModelSerializer):
    """An import: the file, how it is read and mapped, and how far it has come."""

    state = serializers.ChoiceField(source="shown_state", choices=STATES, read_only=True)
    dialect = ImportDialectSerializer(read_only=True)
    columns = ImportColumnSerializer(many=True, read_only=True)
    layout = serializers.ChoiceField(
        choices=["", *LAYOUTS], read_only=True, help_text="The program whose export it is; empty: unknown."
    )
    mapped_like = ImportMappedLikeSerializer(read_only=True, allow_null=True)
    sample_rows = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), read_only=True
    )
    row_count = serializers.IntegerField(read_only=True, allow_null=True)
    match_keys = serializers.ListField(child=serializers.ChoiceField(choices=MATCH_KEYS), read_only=True)
    counts = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    error = ImportErrorSerializer(read_only=True, allow_null=True)
    created_by_name = serializers.CharField(source="created_by.display_name", default="", read_only=True)

    class Meta:
        model = ImportJob
        fields = (
            "id", "entity", "file_name", "size_bytes", "state", "dialect", "columns", "layout", "mapped_like",
            "sample_rows", "row_count", "mode", "match_keys", "default_country", "tag_name", "tag_id",
            "counts", "progress", "error", "created_at", "created_by_name", "applied_at", "reverted_at",
            "details_purged_at", "version",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ImportCountsSerializer)
    def get_counts(self, job: ImportJob) -> dict[str, int]:
        """Zeros before the dry run."""
        return dict.fromkeys(COUNTED, 0) | job.counts

    @extend_schema_field(ImportProgressSerializer)
    def get_progress(self, job: ImportJob) -> dict[str, Any]:
        """Of the newest background job."""
        return job.job.progress if job.job else {"phase": "", "done": 0, "total": 0}


class ImportUploadSerializer(StrictSerializer):
    """A multipart form with one file."""

    # Emptiness is judged with everything else that a file can be (imports/dialect.py).
    file = serializers.FileField(allow_empty_file=True, help_text="CSV, XLSX or vCard, at most 100 MB.")
    entity = serializers.ChoiceField(
        choices=ImportJob.Entity.choices,
        required=False,
        help_text="What the rows are. Without it the headers say it.",
    )


class ImportDialectPatchSerializer(StrictSerializer):
    """How to read the file instead. Values that the file does not allow are 400."""

    format = serializers.ChoiceField(choices=FORMATS, required=False)
    encoding = serializers.CharField(required=False, allow_null=True)
    delimiter = serializers.CharField(required=False, allow_null=True, trim_whitespace=False)
    has_header = serializers.BooleanField(required=False)
    sheet = serializers.CharField(required=False, allow_null=True, trim_whitespace=False)
    sheets = serializers.ListField(child=serializers.CharField(), required=False)
    null_markers = serializers.ListField(child=serializers.CharField(), required=False)
    date_order = serializers.CharField(required=False, allow_null=True)


class ImportJobPatchSerializer(StrictSerializer):
    """Choices of the person; each left out stays as it is."""

    entity = serializers.ChoiceField(
        choices=ImportJob.Entity.choices,
        required=False,
        help_text="What the rows are. Another kind matches the columns anew and forgets corrections of rows.",
    )
    mapping = serializers.DictField(
        child=serializers.CharField(allow_null=True),
        required=False,
        help_text="Column index → field, or null to leave the column out.",
    )
    mode = serializers.ChoiceField(choices=ImportJob.Mode.choices, required=False)
    match_keys = serializers.ListField(
        child=serializers.CharField(), required=False, max_length=len(MATCH_KEYS)
    )
    default_country = serializers.CharField(required=False, allow_blank=True, max_length=2)
    tag_name = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=NAME_MAX_LENGTH,
        help_text="What every record that is written is tagged with; empty for no tag.",
    )
    dialect = ImportDialectPatchSerializer(required=False)
    forget_mapping = serializers.BooleanField(
        required=False,
        help_text="Match the columns anew, and forget the mapping for the next file with these headers, too.",
    )

    def validate_tag_name(self, name: str) -> str:
        """In Unicode's composed form, as tags are kept."""
        composed = unicodedata.normalize("NFC", name)
        if len(composed) > NAME_MAX_LENGTH:
            raise serializers.ValidationError(
                f"Ensure this field has no more than {NAME_MAX_LENGTH} characters.", code="max_length"
            )
        return composed

    def validate_mapping(self, mapping: dict[str, str | None]) -> dict[int, str | None]:
        """Column numbers as integers."""
        wrong = [index for index in mapping if not (index.isascii() and index.isdecimal() and len(index) < 5)]
        if wrong:
            raise serializers.ValidationError("The keys are column numbers, from 0.", code="invalid_column")
        return {int(index): field for index, field in mapping.items()}


class ImportRowSerializer(StrictModelSerializer):
    """One row of the dry run: what is in the file, what it becomes, and what is wrong with it."""

    cells = serializers.ListField(child=serializers.CharField(), read_only=True)
    values = serializers.SerializerMethodField()
    diff = serializers.SerializerMethodField()
    errors = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field name, not form errors
    warnings = ImportIssueSerializer(many=True, read_only=True)
    target_id = serializers.SerializerMethodField()
    suggested_cells = serializers.SerializerMethodField()

    class Meta:
        model = ImportRow
        fields = (
            "line", "action", "is_excluded", "cells", "values", "diff", "errors", "warnings",
            "target_id", "suggested_cells",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": _SCALAR})
    def get_values(self, row: ImportRow) -> dict[str, Any]:
        """The record's fields by name; a field that is not there stays as it is."""
        return self._shown.values(row.values)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "array", "items": _SCALAR}})
    def get_diff(self, row: ImportRow) -> dict[str, list[Any]]:
        """Field → [old, new], of an update."""
        before, after = self._shown.values(row.before), self._shown.values(row.after)
        return {
            name: [before.get(name), after.get(name)]
            for name in {**after, **before}
            if before.get(name) != after.get(name)
        }

    @property
    def _shown(self) -> Shown:
        """What ids are called, asked once for all rows of the answer."""
        shared: Any = self.root
        if not hasattr(shared, "shown"):
            rows = shared.instance if isinstance(shared, serializers.ListSerializer) else [shared.instance]
            shared.shown = Shown(list(rows or ()))
        found: Shown = shared.shown
        return found

    @extend_schema_field(ImportIssueSerializer(many=True))
    def get_errors(self, row: ImportRow) -> list[dict[str, Any]]:
        """Of the cells first, then of the comparison with records and with other rows."""
        return [*row.errors, *row.conflicts]

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_target_id(self, row: ImportRow) -> str | None:
        """The record that the row is about, or has become."""
        is_written = row.import_job.state in (ImportJob.State.APPLIED, ImportJob.State.REVERTING)
        has_made = is_written and row.action == ImportRow.Action.CREATE
        target = row.id if has_made else row.target_id
        return str(target) if target else None

    @extend_schema_field({"type": ["array", "null"], "items": {"type": "string"}})
    def get_suggested_cells(self, row: ImportRow) -> list[str] | None:
        """A likely repair of a row with too many cells; null when there is none."""
        if row.issue != "too_many_cells":
            return None
        return suggest_cells(
            row.cells, len(row.import_job.columns), row.import_job.dialect["delimiter"] or ","
        )


class ImportRowPatchSerializer(StrictSerializer):
    """Corrections of one row; each left out stays as it is."""

    cells = serializers.ListField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=CELL_MAX_LENGTH),
        required=False,
        max_length=MAX_COLUMNS + 1,
    )
    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=CELL_MAX_LENGTH),
        required=False,
        help_text="Field → text as in a cell; an empty text takes an earlier correction back.",
    )
    is_excluded = serializers.BooleanField(required=False)
