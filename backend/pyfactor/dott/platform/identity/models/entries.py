"""Ways into a business: a program's key, and an invitation."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from dott.platform.identity.models.members import Membership
from dott.platform.identity.models.tenants import Tenant
from dott.platform.identity.models.users import User
from dott.platform.tenancy.models import UUIDv7


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
