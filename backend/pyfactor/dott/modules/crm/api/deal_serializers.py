"""The shapes of a deal over HTTP."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from dott.modules.crm.actions.selling import default_stage, first_open_stage
from dott.modules.crm.api.custom_values import CustomValuesField, CustomValuesMixin
from dott.modules.crm.api.tag_fields import tags_field
from dott.modules.crm.models import Contact, Customer, Deal, LostReason, Stage
from dott.modules.crm.models.numbers import DEAL, DIGITS
from dott.modules.crm.models.pipelines import StageCategory
from dott.platform.api.bulk import BulkResultSerializer
from dott.platform.api.serializers import (
    RunningNumberField,
    StrictModelSerializer,
    StrictSerializer,
    TenantRelatedField,
    TenantRelatedListField,
)
from dott.platform.identity.models import Tenant
from dott.platform.tenancy.context import current

Errors = dict[str, Any]

# As many as the API's largest page has.
MAX_MOVED = 200


def _stage(**kwargs: Any) -> TenantRelatedField:
    return TenantRelatedField(queryset=Stage.objects.select_related("pipeline"), **kwargs)


def _closed_at() -> serializers.DateTimeField:
    return serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="When it was won or lost; not in the future. Left out, it is the moment of the move.",
    )


def _lost_reason() -> TenantRelatedField:
    return TenantRelatedField(queryset=LostReason.objects.all(), required=False, allow_null=True)


def _neighbour(**kwargs: Any) -> TenantRelatedField:
    return TenantRelatedField(queryset=Deal.objects.only("id"), required=False, allow_null=True, **kwargs)


class DealSerializer(CustomValuesMixin, StrictModelSerializer):
    """One deal. Whatever follows from its stage comes with it: names, colour, percent, days until it rots.

    Left out at creation: the stage is the first open one (of the default pipeline), the owner whoever
    creates it. An amount without a currency is in that of the business.
    """

    deal_number = RunningNumberField(prefix=DEAL, digits=DIGITS, source="number")
    pipeline_name = serializers.CharField(source="pipeline.name", default="", read_only=True)
    stage = _stage(required=False)
    stage_name = serializers.CharField(source="stage.name", default="", read_only=True)
    stage_colour = serializers.CharField(source="stage.colour", default="", read_only=True)
    stage_probability = serializers.IntegerField(source="stage.probability", default=0, read_only=True)
    rot_days = serializers.IntegerField(source="stage.rot_days", default=0, read_only=True)
    customer = TenantRelatedField(queryset=Customer.objects.in_use())
    customer_name = serializers.CharField(source="customer.display_name", default="", read_only=True)
    contact = TenantRelatedField(queryset=Contact.objects.in_use(), required=False, allow_null=True)
    contact_name = serializers.CharField(source="contact.display_name", default="", read_only=True)
    owner_name = serializers.CharField(source="owner.display_name", default="", read_only=True)
    closed_at = _closed_at()
    lost_reason = _lost_reason()
    lost_reason_name = serializers.CharField(source="lost_reason.name", default="", read_only=True)
    tags = tags_field()
    custom = CustomValuesField("deal")

    class Meta:
        model = Deal
        fields = (
            "id", "deal_number", "external_id", "name", "pipeline", "pipeline_name",
            "stage", "stage_name", "stage_colour", "stage_probability", "rot_days", "category",
            "customer", "customer_name", "contact", "contact_name", "owner", "owner_name",
            "amount", "currency", "probability", "expected_close_on", "closed_at",
            "lost_reason", "lost_reason_name", "lost_note", "source", "next_step", "description", "tags",
            "custom", "stage_entered_at", "last_activity_at", "next_activity_at", "created_at", "updated_at",
            "created_by", "updated_by", "deleted_at", "version",
        )  # fmt: skip
        extra_kwargs = {"pipeline": {"required": False}}

    def to_internal_value(self, data: Any) -> Any:
        """Text is stored as given, in Unicode's composed form (NFC), which also has to fit the limits."""
        if isinstance(data, Mapping):
            data = {
                name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
                for name, value in data.items()
            }
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The stage, and what has to fit it; the amount with its currency."""
        errors: Errors = self.take_custom(attrs)
        deal: Deal | None = self.instance
        stage = self._stage_of(attrs, errors)
        if stage is not None:
            errors |= refuse_stage(stage, deal)
            errors |= refuse_closing(stage, attrs, deal)
        self._complete_money(attrs, errors)
        if errors:
            raise serializers.ValidationError(errors)
        if deal is None and "owner" not in attrs:
            attrs["owner_id"] = current().membership_id
        return attrs

    def _stage_of(self, attrs: dict[str, Any], errors: Errors) -> Stage | None:
        """The stage that the deal will be in; `pipeline` alone means its first open stage."""
        deal: Deal | None = self.instance
        stage: Stage | None = attrs.get("stage")
        pipeline = attrs.pop("pipeline", None)
        if stage is None:
            if pipeline is not None and (deal is None or deal.pipeline_id != pipeline.pk):
                stage = first_open_stage(pipeline.pk)
            elif deal is None:
                stage = default_stage(actor=current())
            else:
                return deal.stage
            if stage is None:
                text = "This pipeline has no open stage to begin in."
                errors["pipeline"] = [ErrorDetail(text, code="no_open_stage")]
                return None
            attrs["stage"] = stage
        elif pipeline is not None and stage.pipeline_id != pipeline.pk:
            text = "This stage belongs to another pipeline."
            errors["stage"] = [ErrorDetail(text, code="stage_of_other_pipeline")]
            return None
        return stage

    def _complete_money(self, attrs: dict[str, Any], errors: Errors) -> None:
        """An amount has a currency; without one there is none."""
        deal: Deal | None = self.instance
        if not {"amount", "currency"} & attrs.keys():
            return
        amount = attrs.get("amount", deal and deal.amount)
        currency = attrs.get("currency", deal and deal.currency)
        if amount is None:
            if attrs.get("currency"):
                text = "A currency needs its amount."
                errors["currency"] = [ErrorDetail(text, code="deal_amount_and_currency_together")]
            attrs["currency"] = ""
        elif not currency:
            attrs["currency"] = currency_of_business()
            if not attrs["currency"]:
                text = "An amount needs its currency."
                errors["currency"] = [ErrorDetail(text, code="deal_amount_and_currency_together")]


class DealMoveSerializer(StrictSerializer):
    """Where on the board to put a deal. Of two neighbours the one above (`after`) counts."""

    stage = _stage()
    before = _neighbour(help_text="The deal in front of which to put it.")
    after = _neighbour(help_text="The deal behind which to put it.")
    lost_reason = _lost_reason()
    lost_note = serializers.CharField(required=False, allow_blank=True, max_length=2_000)
    closed_at = _closed_at()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As a change of the deal would be judged."""
        errors = refuse_stage(attrs["stage"], self.instance)
        errors |= refuse_closing(attrs["stage"], attrs, self.instance)
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class DealMovesSerializer(DealMoveSerializer):
    """Where on the board to put several deals, one below the other in the order of `ids`."""

    ids = TenantRelatedListField(queryset=Deal.objects.all(), max_items=MAX_MOVED)
    versions = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        help_text="Those that the client has seen, in the order of `ids`; 412 when one is another now.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Each deal once. What only the deals can tell is judged by `refuse_moves`."""
        errors: Errors = {}
        if not attrs["ids"]:
            errors["ids"] = [ErrorDetail("Name the deals to move.", code="required")]
        if len(attrs["ids"]) < len(self.initial_data["ids"]):
            errors["ids"] = [ErrorDetail("Name each deal once.", code="named_twice")]
        if len(attrs.get("versions", attrs["ids"])) != len(attrs["ids"]):
            errors["versions"] = [ErrorDetail("Give a version for each of the ids.", code="other_length")]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class MovedDealSerializer(StrictSerializer):
    """A deal and its version now."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class DealsMovedSerializer(BulkResultSerializer):
    """What became of a move of several deals."""

    deals = MovedDealSerializer(many=True, help_text="In the order in which they were named.")


def refuse_moves(stage: Stage, attrs: Mapping[str, Any], deals: Iterable[Deal]) -> None:
    """As a move of each would be judged. Raises ValidationError with each reason once."""
    errors: Errors = {}
    for deal in deals:
        errors |= refuse_stage(stage, deal) | refuse_closing(stage, attrs, deal)
    if errors:
        raise serializers.ValidationError(errors)


def refuse_stage(stage: Stage, deal: Deal | None) -> Errors:
    """A deal enters only what is in use; it may stay where it is."""
    if deal is not None and deal.stage_id == stage.pk:
        return {}
    if stage.is_archived:
        return {"stage": [ErrorDetail("This stage is archived.", code="stage_is_archived")]}
    if stage.pipeline.is_archived:
        return {"stage": [ErrorDetail("This pipeline is archived.", code="pipeline_is_archived")]}
    return {}


def refuse_closing(stage: Stage, attrs: Mapping[str, Any], deal: Deal | None) -> Errors:
    """What only deals that are lost, or closed, have to have or may have."""
    errors: Errors = {}
    is_lost = stage.category == StageCategory.LOST
    reason = attrs.get("lost_reason", deal and deal.lost_reason)
    if is_lost and reason is None:
        errors["lost_reason"] = [ErrorDetail("A lost deal needs its reason.", code="lost_needs_a_reason")]
    elif is_lost and not reason.is_active and (deal is None or deal.lost_reason_id != reason.pk):
        errors["lost_reason"] = [ErrorDetail("This reason is out of use.", code="lost_reason_is_inactive")]
    for name in ("lost_reason", "lost_note") if not is_lost else ():
        if attrs.get(name):
            errors[name] = [ErrorDetail("Only a lost deal has this.", code="only_when_lost")]
    if stage.category != StageCategory.OPEN and attrs.get("probability") is not None:
        text = "A closed deal has the probability of its stage."
        errors["probability"] = [ErrorDetail(text, code="only_when_open")]
    if closed_at := attrs.get("closed_at"):
        errors |= _refuse_moment(stage, closed_at)
    return errors


def _refuse_moment(stage: Stage, closed_at: datetime) -> Errors:
    if stage.category == StageCategory.OPEN:
        return {"closed_at": [ErrorDetail("An open deal is not closed yet.", code="only_when_closed")]}
    if closed_at > timezone.now():
        return {"closed_at": [ErrorDetail("This lies in the future.", code="in_future")]}
    return {}


def currency_of_business() -> str:
    """The currency of the active business; one round trip."""
    context = current()
    tenant = Tenant.objects.using(context.alias).filter(id=context.tenant_id)
    return tenant.values_list("currency", flat=True).first() or ""
