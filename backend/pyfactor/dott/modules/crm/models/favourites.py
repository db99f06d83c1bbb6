"""What a member keeps at hand: records with a star, and views pinned to her sidebar."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.modules.crm.models.contacts import Contact
from dott.modules.crm.models.customers import Customer
from dott.modules.crm.models.deals import Deal
from dott.modules.crm.models.views import SavedView
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel

# What a favourite can be of: the reference's name is that of the kind.
KINDS = ("customer", "contact", "deal", "view")


def _reference(to: type[models.Model]) -> TenantForeignKey:
    return TenantForeignKey(to, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)


def _only(kind: str) -> Q:
    """That this reference is given and no other."""
    others = Q(**{f"{other}__isnull": True for other in KINDS if other != kind})
    return Q(**{f"{kind}__isnull": False}) & others


class Favourite(TenantModel):
    """One member's mark at one record or view. It says nothing of the record, so it has no history."""

    member = TenantForeignKey(
        "identity.Membership", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    customer = _reference(Customer)
    contact = _reference(Contact)
    deal = _reference(Deal)
    view = _reference(SavedView)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(TenantModel.Meta):
        db_table = "crm_favourite"
        constraints = [
            models.CheckConstraint(
                name="favourite_of_one_record",
                condition=_only("customer") | _only("contact") | _only("deal") | _only("view"),
            ),
            # The record first: they serve the foreign keys, too.
            *(
                models.UniqueConstraint(name=f"favourite_{kind}_once", fields=[kind, "member"])
                for kind in KINDS
            ),
        ]
        indexes = [
            models.Index(name="crm_favourite_of_member", fields=["member", "created_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.customer_id or self.contact_id or self.deal_id or self.view_id}"
