"""Lists and boards as people have arranged and kept them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from dott.modules.crm.models.columns import choice_rule, flag, text, version_rule, word
from dott.platform.tenancy.context import current
from dott.platform.tenancy.models import TenantManager, TenantQuerySet, TrackedModel

VIEW_NAME_MAX_LENGTH = 80
SORT_MAX_LENGTH = 200


class SavedViewQuerySet(TenantQuerySet):
    """Chainable filters on saved views."""

    def visible(self) -> Self:
        """Those of everybody, and the acting member's own: nobody else's private ones, whatever his role."""
        return self.filter(Q(visibility="shared") | Q(created_by_id=current().membership_id))


class SavedViewManager(TenantManager.from_queryset(SavedViewQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Saved views of the active tenant, private ones included: what is shown goes through visible()."""


class Entity(models.TextChoices):
    """What is listed."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    DEAL = "deal"
    ACTIVITY = "activity"


class Layout(models.TextChoices):
    """How it is laid out."""

    LIST = "list"
    BOARD = "board"


class Density(models.TextChoices):
    """How near to each other the rows are."""

    NORMAL = "normal"
    COMPACT = "compact"


class Visibility(models.TextChoices):
    """Who sees the view."""

    PRIVATE = "private"
    SHARED = "shared"


class SavedView(TrackedModel):
    """A list or board under a name: what it shows, in which order and columns, and to whom."""

    # Only whoever made a private view sees in the log what became of it.
    history_is_personal = True

    entity = word(Entity, Entity.CUSTOMER)
    name = models.CharField(max_length=VIEW_NAME_MAX_LENGTH)
    layout = word(Layout, Layout.LIST)
    # The compound filter (docs/filters.md), null for none.
    filter = models.JSONField(null=True, blank=True)
    search = text(200)
    # As the list's parameter `ordering`; "" for the list's own.
    sort = text(SORT_MAX_LENGTH)
    # The shown ones in order: [{"id": "name", "width": 260}, …]; width in px, null for the column's own.
    columns = models.JSONField(default=list, blank=True)
    density = word(Density, Density.NORMAL)
    visibility = word(Visibility, Visibility.PRIVATE)
    position = models.IntegerField(default=0, db_default=0)
    # Of the shared views of an entity one may be everybody's first, of a member's private ones one hers.
    is_default = flag()

    objects: ClassVar[SavedViewManager] = SavedViewManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_saved_view"
        constraints = [
            version_rule("saved_view"),
            choice_rule("saved_view", "entity", Entity),
            choice_rule("saved_view", "layout", Layout),
            choice_rule("saved_view", "density", Density),
            choice_rule("saved_view", "visibility", Visibility),
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="saved_view_one_shared_default",
                fields=["entity"],
                condition=Q(is_default=True, visibility="shared"),
            ),
            models.UniqueConstraint(
                name="saved_view_one_private_default",
                fields=["entity", "created_by"],
                condition=Q(is_default=True, visibility="private"),
            ),
        ]
        indexes = [
            models.Index(name="crm_saved_view_in_order", fields=["entity", "position", "id"]),
            models.Index(name="crm_saved_view_by_position", fields=["position", "id"]),
            models.Index(name="crm_saved_view_by_created", fields=["created_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.name
