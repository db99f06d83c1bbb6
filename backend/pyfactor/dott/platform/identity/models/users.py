"""People who sign in, and their stays."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from dott.platform.identity.validators import validate_language, validate_timezone
from dott.platform.realtime import announce
from dott.platform.tenancy.models import UUIDv7


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
