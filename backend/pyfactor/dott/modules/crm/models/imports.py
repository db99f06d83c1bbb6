"""An import of customers, contacts or deals: the file, what was found in it, and what became of each row."""

from typing import Any

from django.db import models
from django.db.models import Q, Value

from dott.platform.history.models import ChangeSet
from dott.platform.jobs.models import Job
from dott.platform.tenancy.models import TenantForeignKey, TenantModel, TrackedModel


def _json(default: type) -> "models.JSONField[Any, Any]":
    return models.JSONField(default=default, db_default=Value(default(), models.JSONField()))


class ImportJob(TrackedModel):
    """One uploaded file on its way into the records of one kind, from upload to apply and, maybe, revert."""

    class State(models.TextChoices):
        """The -ing states are a background job's; a job that failed leaves them (see `shown_state`)."""

        DRAFT = "draft"
        VALIDATING = "validating"
        VALIDATED = "validated"
        APPLYING = "applying"
        APPLIED = "applied"
        REVERTING = "reverting"
        REVERTED = "reverted"

    class Mode(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        UPSERT = "upsert"

    class Entity(models.TextChoices):
        """What the rows are."""

        CUSTOMER = "customer"
        CONTACT = "contact"
        DEAL = "deal"

    entity = models.CharField(
        max_length=8, choices=Entity, default=Entity.CUSTOMER, db_default=Entity.CUSTOMER
    )
    file_name = models.CharField(max_length=255)
    # Where the file lies: an opaque name below the tenant's own directory (platform/files).
    file_key = models.UUIDField()
    size_bytes = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, db_default=State.DRAFT)
    # Dialect.as_json() and a list of Column.as_json(); `edited_fields` are those that row edits have set.
    dialect = _json(dict)
    columns = _json(list)
    edited_fields = _json(list)
    # The program whose export this is (imports/layouts.py); "" when it is none that is known.
    layout = models.CharField(max_length=20, blank=True, default="", db_default="")
    # SHA-256 of the headers, "" without; the next file with the same ones starts with this import's mapping
    # once it is applied, unless that was told to be forgotten.
    headers_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    is_mapping_kept = models.BooleanField(default=True, db_default=True)
    # Whose mapping it started with: {"id", "file_name", "applied_at"}, or null.
    mapped_like = models.JSONField(null=True)
    # The first rows as they stand in the file, so that showing them needs no file.
    sample_rows = _json(list)
    row_count = models.IntegerField(null=True)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.UPSERT, db_default=Mode.UPSERT)
    match_keys = _json(list)
    default_country = models.CharField(max_length=2, blank=True, default="", db_default="")
    # What every written record is tagged with, "" for nothing; the tag that it was, and whether it was made
    # for that. No foreign key: a tag may go while the import stays.
    tag_name = models.CharField(max_length=50, blank=True, default="", db_default="")
    tag_id = models.UUIDField(null=True)
    is_tag_made = models.BooleanField(default=False, db_default=False)
    # Rows per action, "warning": rows with one, "conflict": those of the errors.
    counts = _json(dict)
    # Why rows were left as they are by a revert: {"code", "detail"}, or null.
    problem = models.JSONField(null=True)
    job = TenantForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    change_set = TenantForeignKey(
        ChangeSet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    applied_at = models.DateTimeField(null=True)
    reverted_at = models.DateTimeField(null=True)
    # Since then the file, its samples and the rows are gone, and only this record of the import is left.
    details_purged_at = models.DateTimeField(null=True)

    class Meta(TrackedModel.Meta):
        db_table = "crm_import_job"
        constraints = [
            models.CheckConstraint(
                name="import_state_is_known",
                condition=Q(
                    state__in=[
                        "draft", "validating", "validated", "applying", "applied", "reverting", "reverted"
                    ]
                ),
            ),
            models.CheckConstraint(
                name="import_entity_is_known", condition=Q(entity__in=["customer", "contact", "deal"])
            ),
            models.CheckConstraint(
                name="import_mode_is_known", condition=Q(mode__in=["create", "update", "upsert"])
            ),
        ]  # fmt: skip
        indexes = [models.Index(name="crm_import_job_by_created", fields=["created_at", "id"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def is_running(self) -> bool:
        """Whether a background job is queued or at work on it."""
        return self.state.endswith("ing") and self.job is not None and self.job.state != Job.State.FAILED

    @property
    def shown_state(self) -> str:
        """The state, or "failed" when the background job behind an -ing state has ended in failure.

        The job's own transaction was rolled back, so it could not say so here.
        """
        return "failed" if self.state.endswith("ing") and not self.is_running else self.state

    @property
    def error(self) -> dict[str, str] | None:
        """{"code", "detail"} of a failed job or of rows that a revert had to keep."""
        if self.shown_state == "failed" and self.job is not None:
            return {"code": self.job.error_code, "detail": self.job.error_detail}
        return self.problem


class ImportRow(TenantModel):
    """One row of the file and what the import will do, or did, with it.

    A row that creates a record lends it its own id: no second pass has to write the ids down.
    """

    class Action(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        UNCHANGED = "unchanged"
        ERROR = "error"
        EXCLUDED = "excluded"

    import_job = TenantForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows", db_index=False)
    line = models.IntegerField()
    cells = _json(list)
    # Whether a person has given corrected cells; they then outlive a repeated dry run.
    is_mended = models.BooleanField(default=False, db_default=False)
    # Why the row cannot be read (the codes of imports/reader.py), or "".
    issue = models.CharField(max_length=20, blank=True, default="", db_default="")
    values = _json(dict)
    # Field values that a person typed instead of the file's, as text.
    edits = _json(dict)
    # Of the cells (Issue as JSON), and of the comparison with records and other rows.
    errors = _json(list)
    conflicts = _json(list)
    warnings = _json(list)
    action = models.CharField(max_length=9, choices=Action, default=Action.CREATE, db_default=Action.CREATE)
    is_excluded = models.BooleanField(default=False, db_default=False)
    # The record that the row is about, as it was in the dry run; no foreign key: rows outlive it.
    target_id = models.UUIDField(null=True)
    target_version = models.BigIntegerField(null=True)
    # The fields that change, with the old and the new value.
    before = _json(dict)
    after = _json(dict)

    class Meta(TenantModel.Meta):
        db_table = "crm_import_row"
        constraints = [
            models.UniqueConstraint(name="import_row_one_per_line", fields=["import_job", "line"]),
            models.CheckConstraint(
                name="import_row_action_is_known",
                condition=Q(action__in=["create", "update", "unchanged", "error", "excluded"]),
            ),
        ]
        indexes = [models.Index(name="crm_import_row_by_action", fields=["import_job", "action", "line"])]

    def __str__(self) -> str:
        return f"line {self.line}: {self.action}"

    @property
    def diff(self) -> dict[str, list[Any]]:
        """{field: [old, new]} of an update."""
        return {name: [self.before.get(name), value] for name, value in self.after.items()}
