"""Fields that a business has added to its records: what they are called and what they hold."""

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import JSONField

from dott.modules.crm.models import columns, keys
from dott.platform.tenancy.models import TrackedModel

KEY_PATTERN = r"^[a-z][a-z0-9_]{0,49}\Z"
LABEL_MAX_LENGTH = 80


class CustomEntity(models.TextChoices):
    """Which records have the field."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    DEAL = "deal"


class CustomType(models.TextChoices):
    """What the field holds; custom/values.py says how each is written."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOL = "bool"
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"


class CustomField(TrackedModel):
    """A field of one kind of record, whose values lie in the records' `custom` under its key."""

    entity = models.CharField(max_length=10, choices=CustomEntity)
    key = models.CharField(max_length=50)
    label = models.CharField(max_length=LABEL_MAX_LENGTH)
    type = models.CharField(max_length=12, choices=CustomType)
    # Of selects: [{"id": "opt_…", "label": …, "is_archived": …}, …] in their order.
    options = models.JSONField(default=list, db_default=models.Value([], JSONField()), blank=True)
    is_required = columns.flag()
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Out of use: not asked for and not set, kept with every value.
    is_archived = columns.flag()
    label_key = models.GeneratedField(
        expression=keys.key("label"), output_field=models.TextField(), db_persist=True
    )

    class Meta(TrackedModel.Meta):
        db_table = "crm_custom_field"
        constraints = [
            columns.choice_rule("custom_field", "entity", CustomEntity),
            columns.choice_rule("custom_field", "type", CustomType),
            columns.version_rule("custom_field"),
            models.CheckConstraint(name="custom_field_has_a_label", condition=~Q(label="")),
            models.CheckConstraint(name="custom_field_key_is_word", condition=Q(key__regex=KEY_PATTERN)),
            models.UniqueConstraint(name="custom_field_key_is_unique", fields=["entity", "key"]),
            models.UniqueConstraint(
                name="custom_field_label_is_unique",
                fields=["entity", "label_key"],
                condition=Q(is_archived=False),
            ),
        ]
        indexes = [models.Index(name="crm_custom_field_by_position", fields=["position", "id"])]

    def __str__(self) -> str:
        return self.label
