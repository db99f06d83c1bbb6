"""Users, their sessions, businesses, and who belongs to which business in which role.

User, session and business are global tables that only the login role `dott_auth` may touch;
membership is a tenant table that the application role may read and never write.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from dott.platform.identity.validators import (
    validate_country,
    validate_currency,
    validate_language,
    validate_slug,
    validate_timezone,
)
from dott.platform.realtime import announce
from dott.platform.tenancy.models import (
    READ_ONLY,
    TenantForeignKey,
    TenantIdField,
    TenantModel,
    UUIDv7,
)


class UserManager(BaseUserManager["User"]):
    """Makes users; their addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Insert a user. Without a password nobody can sign in as her until she resets it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. One address, however many businesses."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    # Empty follows her browser.
    language = models.CharField(max_length=35, blank=True, default="", validators=[validate_language])
    # Empty follows the business she works in.
    timezone = models.CharField(max_length=64, blank=True, default="", validators=[validate_timezone])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="identity_user_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email


class SessionQuerySet(models.QuerySet["Session"]):
    """Filters by the database's clock, so that all processes agree on what has expired."""

    def live(self) -> "SessionQuerySet":
        """Sessions that still let somebody in: not revoked, not too old, not idle for too long."""
        idle_since = Now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        return self.filter(revoked_at=None, expires_at__gt=Now(), last_seen_at__gt=idle_since)

    def revoke(self) -> int:
        """End these sessions as of their next request, and the open pages they hold at once; returns how
        many. Their content is erased."""
        announce.access_may_have_ended(self.filter(user__isnull=False).values_list("user_id", flat=True))
        return self.update(revoked_at=Now(), session_data="")


class Session(models.Model):
    """A browser's stay, signed in or on its way there. The token itself is only in the browser."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    # sha256(sha256(token)): the application proves itself with sha256(token), which is not stored either.
    token_hash = models.BinaryField(unique=True, max_length=32)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    # Not called tenant_id: the row is global, and the audit takes that name for a tenant table's.
    active_tenant = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_seen_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    # When its user last proved who she is, and when by more than a password.
    auth_time = models.DateTimeField(null=True)
    second_factor_at = models.DateTimeField(null=True)
    # The one business it may enter, whose provider of single sign-on answered for it. It is no session of the
    # person's own: her account and her other businesses are shut to it. app.enter holds it to that.
    confined_to = models.UUIDField(null=True)
    session_data = models.TextField(blank=True)  # sealed, see sealing.py
    ip = models.CharField(max_length=43, blank=True)
    user_agent = models.CharField(max_length=255, blank=True)

    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


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


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Filters by the database's clock."""

    def kept(self) -> "ApiKeyQuerySet":
        """Keys that nobody has revoked, expired ones included."""
        return self.filter(revoked_at=None)

    def revoke(self) -> int:
        """End these keys as of their next request; returns how many."""
        return self.kept().update(revoked_at=Now())


class ApiKey(models.Model):
    """A program's credential: what one member may do in one business, narrowed to scopes, until a day.

    Global like Session, and for dott_auth alone: it is what a business is entered with. It has no role of its
    own: app.enter_key reads that of its maker, each time.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    # Not called tenant_id, as in Session.
    business = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="api_keys")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    # The start of the key, by which people tell keys apart; no secret.
    prefix = models.CharField(max_length=17, unique=True)
    # sha256(sha256(key)): the application proves itself with sha256(key), which is not stored either.
    key_hash = models.BinaryField(unique=True, max_length=32)
    # Words with spaces between, as OAuth writes them (RFC 6749 3.3).
    scopes = models.TextField()
    # Whether the session that made it was proved by more than a password: some businesses ask for that.
    has_second_factor = models.BooleanField()
    # Whether that session came by the business's single sign-on: some businesses ask for that, too.
    by_single_sign_on = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    # To the minute.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="identity_apikey_name_given"),
            models.CheckConstraint(
                condition=Q(scopes__regex=r"^[a-z]+:(read|write)( [a-z]+:(read|write))*$"),
                name="identity_apikey_scopes_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} ({self.name})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters by the database's clock."""

    def pending(self) -> "InvitationQuerySet":
        """Neither accepted, revoked nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=Now())


class Invitation(models.Model):
    """A place in a business, offered to one address. Whoever has the link and the address may take it, once.

    Global like Session, and for dott_auth alone: the invited person is not of the business yet, and no CRM
    endpoint has any use for it.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    # Not called tenant_id, as in Session.
    business = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Membership.Role)
    # sha256 of the token, which only the mail holds.
    token_hash = models.BinaryField(unique=True, max_length=32)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["owner", "admin", "member", "viewer"]),
                name="identity_invitation_role_known",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="identity_invitation_email_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="identity_invitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["business", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="identity_invitation_one_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"
