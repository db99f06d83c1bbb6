"""A business's provider, the domains it may speak for, and whom it means by what.

Global like Session, and for dott_auth alone: signing in comes before the tenant.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from dott.platform.identity.models import Membership, Tenant, User
from dott.platform.tenancy.models import UUIDv7


class Provider(models.Model):
    """The OpenID Connect provider of one business, with what its metadata said when they were last read."""

    class Newcomers(models.TextChoices):
        """What becomes of a person of a verified domain who is not in the business yet."""

        INVITED = "", "Only whoever is invited"
        VIEWER = Membership.Role.VIEWER.value
        MEMBER = Membership.Role.MEMBER.value

    business = models.OneToOneField(
        Tenant, on_delete=models.CASCADE, primary_key=True, related_name="sso_provider"
    )
    is_enabled = models.BooleanField(default=True)
    issuer = models.CharField(max_length=255)
    client_id = models.CharField(max_length=255)
    # Sealed as seeds are (identity/factors/keys.py).
    client_secret = models.TextField()
    newcomers = models.CharField(max_length=10, choices=Newcomers, blank=True, default="")
    # Of the provider's metadata.
    authorization_endpoint = models.TextField()
    token_endpoint = models.TextField()
    jwks_uri = models.TextField()
    # RFC 9207: whether its answers name it.
    names_itself = models.BooleanField()
    # Whether it takes the secret in the body and not in the header.
    secret_in_body = models.BooleanField()
    keys = models.JSONField(default=list)
    keys_read_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(newcomers__in=["", "viewer", "member"]), name="sso_provider_newcomers_known"
            ),
        ]

    def __str__(self) -> str:
        return self.issuer


class Domain(models.Model):
    """A mail domain that a business says is its own, and whether its name servers have said so, too."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    business = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="sso_domains")
    name = models.CharField(max_length=253)
    # What the domain's TXT record has to hold. It is public there, and so no secret.
    proof = models.CharField(max_length=64)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name=Lower("name")), name="sso_domain_lower_case"),
            models.UniqueConstraint(fields=["business", "name"], name="sso_domain_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(verified_at__isnull=False), name="sso_domain_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """That a provider means this user by that subject, in this business and nowhere else."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    business = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="sso_links")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sso_links")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "issuer", "subject"], name="sso_link_one_per_subject"
            ),
            models.UniqueConstraint(fields=["business", "user"], name="sso_link_one_per_user"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"
