"""Tags, and which records carry them.

A record holds its tags itself, as `tags`: so they are read, versioned, undone and told in its history as its
other fields are. The link rows follow from that (actions/tagging.py); they hold foreign keys and indexes,
which an array under row-level security cannot have, and no history of their own.
"""

from django.db import models

from dott.modules.crm.models import columns, keys
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel, TrackedModel


class Colour(models.TextChoices):
    """Names of colours; which shade each has is for whoever draws it."""

    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


class Tag(TrackedModel):
    """A word to put on records. Two tags of a business never differ by case or accents alone."""

    name = models.CharField(max_length=50)
    colour = columns.word(Colour, Colour.GREY)
    name_key = models.GeneratedField(
        expression=keys.key("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta(TrackedModel.Meta):
        db_table = "crm_tag"
        constraints = [
            columns.choice_rule("tag", "colour", Colour),
            columns.version_rule("tag"),
            models.CheckConstraint(name="tag_has_a_name", condition=~models.Q(name="")),
            models.UniqueConstraint(name="tag_name_is_unique", fields=["name_key"]),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerTag(TenantModel):
    """A tag on a customer."""

    customer = TenantForeignKey(
        "crm.Customer", on_delete=models.CASCADE, related_name="tag_links", db_index=False
    )
    tag = TenantForeignKey(Tag, on_delete=models.CASCADE, related_name="customer_links", db_index=False)

    class Meta(TenantModel.Meta):
        db_table = "crm_customer_tag"
        constraints = [models.UniqueConstraint(name="customer_tag_once", fields=["customer", "tag"])]
        indexes = [models.Index(name="crm_customers_of_tag", fields=["tag", "customer"])]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.customer_id}"


class ContactTag(TenantModel):
    """A tag on a contact."""

    contact = TenantForeignKey(
        "crm.Contact", on_delete=models.CASCADE, related_name="tag_links", db_index=False
    )
    tag = TenantForeignKey(Tag, on_delete=models.CASCADE, related_name="contact_links", db_index=False)

    class Meta(TenantModel.Meta):
        db_table = "crm_contact_tag"
        constraints = [models.UniqueConstraint(name="contact_tag_once", fields=["contact", "tag"])]
        indexes = [models.Index(name="crm_contacts_of_tag", fields=["tag", "contact"])]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.contact_id}"


class DealTag(TenantModel):
    """A tag on a deal."""

    deal = TenantForeignKey("crm.Deal", on_delete=models.CASCADE, related_name="tag_links", db_index=False)
    tag = TenantForeignKey(Tag, on_delete=models.CASCADE, related_name="deal_links", db_index=False)

    class Meta(TenantModel.Meta):
        db_table = "crm_deal_tag"
        constraints = [models.UniqueConstraint(name="deal_tag_once", fields=["deal", "tag"])]
        indexes = [models.Index(name="crm_deals_of_tag", fields=["tag", "deal"])]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.deal_id}"
