"""What was done and what is to be done: tasks, calls, meetings, e-mails and notes about records."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dott.modules.crm.models import columns, keys
from dott.modules.crm.models.rules import Rule
from dott.modules.crm.models.trash import IN_USE, Trashable, TrashQuerySet, trash_index, trash_rule
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantManager, TrackedModel
from dott.platform.tenancy.search import TrigramIndex

ACTIVITY_BODY_MAX_LENGTH = 50_000


class ActivityKind(models.TextChoices):
    """What sort of doing it is."""

    TASK = "task"
    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    NOTE = "note"


class ActivityStatus(models.TextChoices):
    """Whether it is still to be done."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Priority(models.TextChoices):
    """How much it matters."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Direction(models.TextChoices):
    """Who began: they (in) or we (out)."""

    IN = "in"
    OUT = "out"


ACTIVITY_RULES = (
    Rule(
        code="activity_has_a_subject",
        fields=("subject",),
        sentence="Say in a few words what it is about.",
        condition=Q(kind="note") | ~Q(subject=""),
        holds=lambda values: values["kind"] == "note" or bool(values["subject"]),
    ),
    Rule(
        code="activity_due_once",
        fields=("due_on", "due_at"),
        sentence="It is due on a day or at an instant, not both.",
        condition=Q(due_on__isnull=True) | Q(due_at__isnull=True),
        holds=lambda values: values["due_on"] is None or values["due_at"] is None,
    ),
    Rule(
        code="activity_ends_after_it_starts",
        fields=("ends_at",),
        sentence="It cannot end before it starts, and an end needs a start.",
        condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gte=models.F("starts_at")),
        holds=lambda values: (
            values["ends_at"] is None
            or (values["starts_at"] is not None and values["ends_at"] >= values["starts_at"])
        ),
    ),
    Rule(
        code="activity_is_about_something",
        fields=("customer", "contact", "deal"),
        sentence="It is about a customer, a contact or a deal.",
        condition=Q(customer__isnull=False) | Q(contact__isnull=False) | Q(deal__isnull=False),
        holds=lambda values: any(values[name] is not None for name in ("customer", "contact", "deal")),
    ),
    Rule(
        code="activity_recurrence_needs_due",
        fields=("recurrence",),
        sentence="What repeats needs the day on which it is due first.",
        condition=Q(recurrence="") | Q(due_on__isnull=False) | Q(due_at__isnull=False),
        holds=lambda values: (
            not values["recurrence"] or values["due_on"] is not None or values["due_at"] is not None
        ),
    ),
    Rule(
        code="activity_note_is_done",
        fields=("status",),
        sentence="A note is nothing that is still to be done.",
        condition=~Q(kind="note") | Q(status="done"),
        holds=lambda values: values["kind"] != "note" or values["status"] == "done",
    ),
)


class ActivityManager(TenantManager.from_queryset(TrashQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Activities of the active tenant, trashed ones included."""


def _about(label: str) -> TenantForeignKey:
    return TenantForeignKey(
        label, on_delete=models.CASCADE, null=True, blank=True, related_name="activities", db_index=False
    )


class Activity(Trashable, TrackedModel):
    """A task, call, meeting, logged e-mail or note. body: Markdown; duration_seconds: of a call or meeting.

    recurrence: the rule of RFC 5545 (RRULE) by which finishing a task makes the next one.
    """

    kind = columns.word(ActivityKind, ActivityKind.TASK)
    subject = columns.text(255)
    body = columns.long_text(ACTIVITY_BODY_MAX_LENGTH)
    status = columns.word(ActivityStatus, ActivityStatus.OPEN)
    priority = columns.word(Priority, Priority.NORMAL)
    assignee = columns.member("activities")
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    recurrence = columns.text(255)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True, editable=False)
    completed_by = columns.member(editable=False)
    direction = models.CharField(max_length=10, choices=Direction, blank=True, default="", db_default="")
    duration_seconds = models.PositiveIntegerField(null=True, blank=True)
    is_pinned = columns.flag()
    # The occurrence of a repeated activity that came before.
    follows = TenantForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        db_index=False,
        editable=False,
    )
    customer = _about("crm.Customer")
    contact = _about("crm.Contact")
    deal = _about("crm.Deal")

    # When it is due as one instant, for sorting: a day counts as its last second in UTC.
    due_order = models.GeneratedField(
        expression=keys.due_order(), output_field=models.DateTimeField(null=True), db_persist=True
    )
    # Where it stands in a timeline: when it was done, else when it starts, else when it was written.
    happened_at = models.GeneratedField(
        expression=keys.happened_at(), output_field=models.DateTimeField(), db_persist=True
    )
    search_text = models.GeneratedField(
        expression=keys.activity_search_text(), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar[ActivityManager] = ActivityManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_activity"
        constraints = [
            *(rule.constraint() for rule in ACTIVITY_RULES),
            columns.choice_rule("activity", "kind", ActivityKind),
            columns.choice_rule("activity", "status", ActivityStatus),
            columns.choice_rule("activity", "priority", Priority),
            models.CheckConstraint(
                name="activity_direction_is_known", condition=Q(direction__in=["", "in", "out"])
            ),
            columns.length_rule("activity", "body", ACTIVITY_BODY_MAX_LENGTH),
            columns.version_rule("activity"),
            trash_rule("activity"),
            models.CheckConstraint(
                name="activity_completed_at_is_set_when_done",
                condition=Q(status="done", completed_at__isnull=False)
                | (~Q(status="done") & Q(completed_at__isnull=True, completed_by__isnull=True)),
            ),
        ]
        indexes = [
            # "My tasks": what is open, by when it is due.
            models.Index(
                name="crm_activity_to_do",
                fields=["assignee", "due_order", "id"],
                condition=IN_USE & Q(status="open"),
            ),
            models.Index(name="crm_activity_by_due", fields=["due_order", "id"], condition=IN_USE),
            models.Index(name="crm_activity_by_created", fields=["created_at", "id"], condition=IN_USE),
            models.Index(name="crm_activity_by_happened", fields=["happened_at", "id"], condition=IN_USE),
            *(
                models.Index(
                    name=f"crm_activity_of_{name}",
                    fields=[name, "happened_at", "id"],
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("customer", "contact", "deal")
            ),
            models.Index(name="crm_activity_follows", fields=["follows"], condition=Q(follows__isnull=False)),
            # Reminders that are to be sent.
            models.Index(
                name="crm_activity_reminders",
                fields=["remind_at"],
                condition=IN_USE & Q(remind_at__isnull=False, status="open"),
            ),
            trash_index("activity"),
            TrigramIndex(name="crm_activity_search", fields=["search_text"], condition=IN_USE),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
