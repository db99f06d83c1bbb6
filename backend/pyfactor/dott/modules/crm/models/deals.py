"""Deals, and the stages they went through."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.modules.crm.models import columns, keys
from dott.modules.crm.models.numbers import NextNumber, deal_number
from dott.modules.crm.models.pipelines import LostReason, Pipeline, Stage, StageCategory
from dott.modules.crm.models.rules import Rule
from dott.modules.crm.models.shapes import CURRENCY
from dott.modules.crm.models.trash import IN_USE, Trashable, TrashQuerySet, trash_index, trash_rule
from dott.platform.identity.validators import validate_currency
from dott.platform.tenancy.fields import TenantForeignKey, TenantIdField
from dott.platform.tenancy.models import TenantManager, TenantModel, TrackedModel
from dott.platform.tenancy.search import TrigramIndex

DEAL_DESCRIPTION_MAX_LENGTH = 20_000

DEAL_RULES = (
    Rule(
        code="deal_amount_and_currency_together",
        fields=("amount", "currency"),
        sentence="An amount needs its currency, and a currency an amount.",
        condition=Q(amount__isnull=True, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
        holds=lambda values: (values["amount"] is None) == (values["currency"] == ""),
    ),
)


class DealManager(TenantManager.from_queryset(TrashQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Deals of the active tenant, trashed ones included."""


class Deal(Trashable, TrackedModel):
    """Something a customer may buy.

    amount: decimal in `currency`. probability: percent, null for the stage's own. category: that of the
    stage; a key of the migration holds pipeline, stage and category together.
    """

    number = models.BigIntegerField(db_default=NextNumber("deal"), editable=False)
    # The id in the system the deal came from; matches rows of a repeated import.
    external_id = columns.text(80)
    name = models.CharField(max_length=255)
    pipeline = TenantForeignKey(Pipeline, on_delete=models.PROTECT, related_name="deals", db_index=False)
    stage = TenantForeignKey(Stage, on_delete=models.PROTECT, related_name="deals", db_index=False)
    category = columns.word(StageCategory, StageCategory.OPEN, editable=False)
    customer = TenantForeignKey(
        "crm.Customer", on_delete=models.CASCADE, related_name="deals", db_index=False
    )
    contact = TenantForeignKey(
        "crm.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        db_index=False,
    )
    owner = columns.member("deals")
    amount = models.DecimalField(
        max_digits=18, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = columns.text(3, validators=[validate_currency])
    probability = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    expected_close_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    lost_reason = TenantForeignKey(
        LostReason, on_delete=models.PROTECT, null=True, blank=True, related_name="deals", db_index=False
    )
    lost_note = columns.text(2_000)
    source = columns.text(80)
    next_step = columns.text(255)
    description = columns.long_text(DEAL_DESCRIPTION_MAX_LENGTH)
    tags = columns.tag_ids()
    custom = columns.custom_values()
    # Place within the column of the board: texts that sort between one another, compared byte by byte.
    rank = columns.text(120, db_collation="C")
    stage_entered_at = models.DateTimeField(db_default=Now(), editable=False)
    # Kept up to date by whatever writes activities.
    last_activity_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_activity_at = models.DateTimeField(null=True, blank=True, editable=False)

    name_key = models.GeneratedField(
        expression=keys.key("name"), output_field=models.TextField(), db_persist=True
    )
    # The amount as a whole number: comparing decimals is not leakproof, so no index would answer it.
    amount_key = models.GeneratedField(
        expression=keys.amount_key(),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=keys.deal_search_text(), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar[DealManager] = DealManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_deal"
        constraints = [
            *(rule.constraint() for rule in DEAL_RULES),
            CURRENCY.constraint("currency", of="deal"),
            columns.choice_rule("deal", "category", StageCategory),
            columns.length_rule("deal", "description", DEAL_DESCRIPTION_MAX_LENGTH),
            columns.version_rule("deal"),
            columns.custom_rule("deal"),
            trash_rule("deal"),
            models.CheckConstraint(name="deal_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="deal_amount_is_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="deal_probability_is_percent",
                condition=Q(probability__isnull=True) | Q(probability__lte=100),
            ),
            models.CheckConstraint(
                name="deal_closed_at_is_set_when_closed",
                condition=Q(category="open", closed_at__isnull=True)
                | (~Q(category="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="deal_lost_needs_a_reason",
                condition=Q(category="lost", lost_reason__isnull=False)
                | (~Q(category="lost") & Q(lost_reason__isnull=True, lost_note="")),
            ),
            models.CheckConstraint(name="deal_number_counts_from_one", condition=Q(number__gte=1)),
            models.UniqueConstraint(name="deal_number_is_unique", fields=["number"], condition=IN_USE),
            models.UniqueConstraint(
                name="deal_external_id_is_unique",
                fields=["external_id"],
                condition=IN_USE & ~Q(external_id=""),
            ),
        ]
        indexes = [
            # A column of the board, in its order.
            models.Index(name="crm_deal_on_board", fields=["stage", "rank", "id"], condition=IN_USE),
            models.Index(name="crm_deal_by_rank", fields=["rank", "id"], condition=IN_USE),
            # The sums of a board without looking at its deals.
            models.Index(
                name="crm_deal_sums",
                fields=["pipeline", "stage"],
                include=["currency", "amount", "probability"],
                condition=IN_USE,
            ),
            models.Index(name="crm_deal_by_name", fields=["name_key", "id"], condition=IN_USE),
            models.Index(name="crm_deal_by_created", fields=["created_at", "id"], condition=IN_USE),
            models.Index(name="crm_deal_by_updated", fields=["updated_at", "id"], condition=IN_USE),
            models.Index(name="crm_deal_by_close", fields=["expected_close_on", "id"], condition=IN_USE),
            models.Index(name="crm_deal_by_worth", fields=["amount_key", "id"], condition=IN_USE),
            models.Index(name="crm_deal_of_customer", fields=["customer", "id"], condition=IN_USE),
            models.Index(name="crm_deal_of_contact", fields=["contact"], condition=Q(contact__isnull=False)),
            models.Index(
                name="crm_deal_of_owner", fields=["owner"], condition=IN_USE & Q(owner__isnull=False)
            ),
            # Won and lost over time.
            models.Index(name="crm_deal_of_category", fields=["category", "closed_at"], condition=IN_USE),
            models.Index(name="crm_deal_by_closing", fields=["closed_at", "id"], condition=IN_USE),
            models.Index(
                name="crm_deal_lost_for", fields=["lost_reason"], condition=Q(lost_reason__isnull=False)
            ),
            trash_index("deal"),
            TrigramIndex(name="crm_deal_search", fields=["search_text"], condition=IN_USE),
        ]

    def __str__(self) -> str:
        return f"{self.deal_number} {self.name}"

    @property
    def deal_number(self) -> str:
        """The number as people see it: D-000042."""
        return deal_number(self.number)


class DealStageEvent(TenantModel):
    """A deal entered a stage. Rows are never changed; they go when their deal goes for good."""

    tenant_id = TenantIdField(grants=("SELECT", "INSERT", "DELETE"))
    deal = TenantForeignKey(Deal, on_delete=models.CASCADE, related_name="stage_events", db_index=False)
    from_stage = TenantForeignKey(
        Stage, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_stage = TenantForeignKey(Stage, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = columns.member()

    class Meta(TenantModel.Meta):
        db_table = "crm_deal_stage_event"
        indexes = [models.Index(name="crm_stage_events_of_deal", fields=["deal", "id"])]

    def __str__(self) -> str:
        return f"{self.deal_id} → {self.to_stage_id}"
