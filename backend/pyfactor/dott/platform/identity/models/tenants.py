"""Businesses."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dott.platform.identity.validators import (
    validate_country,
    validate_currency,
    validate_language,
    validate_slug,
    validate_timezone,
)
from dott.platform.tenancy.models import UUIDv7


class Tenant(models.Model):
    """A business: the owner of every row that carries its id."""

    class Status(models.TextChoices):
        """Whether the business is served."""

        ACTIVE = "active"
        SUSPENDED = "suspended"
        CLOSING = "closing"

    class SecondFactor(models.TextChoices):
        """Whose sessions get in only when proved by more than a password. app.enter holds them to it."""

        NOBODY = "nobody"
        ADMINS = "admins"
        EVERYONE = "everyone"

    class Scope(models.TextChoices):
        """Whose records a role sees. app.enter says of each member which members that means."""

        ALL = "all"
        TEAM = "team"
        OWN = "own"

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=40, unique=True, validators=[validate_slug])
    # Empty until onboarding asks.
    currency = models.CharField(max_length=3, blank=True, validators=[validate_currency])
    country = models.CharField(max_length=2, blank=True, validators=[validate_country])
    language = models.CharField(max_length=35, default="en", validators=[validate_language])
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    week_start = models.SmallIntegerField(default=1)  # 0 Sunday … 6 Saturday
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    second_factor = models.CharField(
        max_length=10,
        choices=SecondFactor,
        default=SecondFactor.NOBODY,
        # A process of the version before founds businesses, too.
        db_default=SecondFactor.NOBODY,
    )
    # Owners and admins, who set these, see everything.
    member_scope = models.CharField(max_length=10, choices=Scope, default=Scope.ALL, db_default=Scope.ALL)
    viewer_scope = models.CharField(max_length=10, choices=Scope, default=Scope.ALL, db_default=Scope.ALL)
    # Whether only sessions that its single sign-on made get in. Owners keep their own way.
    needs_single_sign_on = models.BooleanField(default=False, db_default=False)
    onboarded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.BigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9-]{3,40}$"), name="identity_tenant_slug_form"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="identity_tenant_name_given"),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
                name="identity_tenant_currency_iso_4217",
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                name="identity_tenant_country_iso_3166",
            ),
            models.CheckConstraint(
                condition=Q(week_start__gte=0, week_start__lte=6), name="identity_tenant_week_start_day"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "suspended", "closing"]),
                name="identity_tenant_status_known",
            ),
            models.CheckConstraint(
                condition=Q(second_factor__in=["nobody", "admins", "everyone"]),
                name="identity_tenant_second_factor_known",
            ),
            models.CheckConstraint(
                condition=Q(member_scope__in=["all", "team", "own"]),
                name="identity_tenant_member_scope_known",
            ),
            models.CheckConstraint(
                condition=Q(viewer_scope__in=["all", "team", "own"]),
                name="identity_tenant_viewer_scope_known",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
