"""Who belongs to which business in which role, and to which of its teams."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from dott.platform.identity.models.users import User
from dott.platform.tenancy.models import READ_ONLY, TenantForeignKey, TenantIdField, TenantModel


class Membership(TenantModel):
    """A user's place in one business. Colleagues see its display name, never the user's row."""

    class Role(models.TextChoices):
        """From everything to reading only; what each may do is in roles.py."""

        OWNER = "owner"
        ADMIN = "admin"
        MEMBER = "member"
        VIEWER = "viewer"

    class Status(models.TextChoices):
        """A disabled member keeps her history and loses her access."""

        ACTIVE = "active"
        DISABLED = "disabled"

    # With UPDATE, SQL injected into a CRM endpoint could make its caller an admin.
    tenant_id = TenantIdField(grants=READ_ONLY)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    role = models.CharField(max_length=10, choices=Role)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    display_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["user"], name="identity_membership_one_per_user"),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "admin", "member", "viewer"]),
                name="identity_membership_role_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "disabled"]), name="identity_membership_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.role})"


class Team(TenantModel):
    """Members who see each other's records where their role sees those of its team."""

    # As in Membership.
    tenant_id = TenantIdField(grants=READ_ONLY)
    name = models.CharField(max_length=60)
    # What the name is compared by.
    name_key = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=120), db_persist=True
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="identity_team_name_given"),
            models.UniqueConstraint(fields=["name_key"], name="identity_team_name_taken"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(TenantModel):
    """That a member is in a team. She may be in several."""

    tenant_id = TenantIdField(grants=READ_ONLY)
    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="places", db_index=False)
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["team", "membership"], name="identity_teammember_once"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.team_id}"
