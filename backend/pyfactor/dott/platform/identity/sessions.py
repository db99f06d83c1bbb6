"""Django's session engine over `identity_session`. The browser holds the token, the table a hash of it."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils import timezone

from dott.platform.identity.client import Client
from dott.platform.identity.models import Membership, Session
from dott.platform.identity.sealing import seal, unseal
from dott.platform.tenancy.router import AUTH

# A session that is still on its way to a sign-in: outlives every code that may be pending in it.
PENDING = timedelta(hours=1)
# Last use is written at most this often, here and in app.enter; idle expiry is that much less exact.
TOUCH_AFTER = timedelta(minutes=1)
MAX_SESSIONS = 20


def new_token() -> str:
    """256 random bits, url-safe base64."""
    return secrets.token_urlsafe(32)


def token_proof(token: str) -> bytes:
    """sha256 of a token: what the database is shown to let its bearer in."""
    return sha256(token.encode()).digest()


def stored_hash(token: str) -> bytes:
    """sha256 of the proof: what the table keeps. Neither the table nor a query log lets anybody in."""
    return sha256(token_proof(token)).digest()


class SessionStore(SessionBase):
    """One request's session. lock: hold the row, so that simultaneous requests cannot lose updates
    of the content, such as the number of codes already tried."""

    def __init__(
        self, session_key: str | None = None, *, client: Client | None = None, lock: bool = False
    ) -> None:
        super().__init__(session_key)
        self.client = client or Client()
        self.lock = lock
        self.row: Session | None = None
        self.was_ended = False
        # Who has just signed in with this browser; it is to remember her.
        self.signed_in: UUID | None = None
        self.membership: Membership | None

    # --- who, and where ---------------------------------------------------------------------------------

    @property
    def user_id(self) -> UUID | None:
        """The signed-in user. The column decides, not the content: revoking needs no look inside."""
        self._content()
        return self.row.user_id if self.row else None

    @property
    def active_tenant(self) -> UUID | None:
        """The business the session is in."""
        self._content()
        return self.row.active_tenant if self.row else None

    @property
    def row_id(self) -> UUID | None:
        """The public id, by which a user revokes a session from another."""
        self._content()
        return self.row.id if self.row else None

    @property
    def expires_at(self) -> datetime | None:
        """The end, however busy the session is."""
        return self.row.expires_at if self.row else None

    def sign_in(self, user_id: UUID, tenant_id: UUID | None, *, second_factor: bool) -> None:
        """Make this the session of a user who has just proved who she is. Ends her oldest beyond 20.

        second_factor: whether by more than a password.
        """
        self._begin(user_id, tenant_id, confined_to=None)
        self.prove(second_factor=second_factor)

    def sign_in_confined(self, user_id: UUID, tenant_id: UUID, *, proved_at: datetime | None) -> None:
        """Make this a session for one business, whose provider says that the user is there.

        proved_at: when she proved it to the provider; None when that is not known.
        """
        self._begin(user_id, tenant_id, confined_to=tenant_id)
        self._update(auth_time=proved_at, second_factor_at=None)

    def _begin(self, user_id: UUID, tenant_id: UUID | None, *, confined_to: UUID | None) -> None:
        now = timezone.now()
        expires_at = now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        self._update(
            user_id=user_id,
            active_tenant=tenant_id,
            confined_to=confined_to,
            created_at=now,
            expires_at=expires_at,
        )
        self.signed_in = user_id
        of_user = Session.objects.filter(user_id=user_id).live().order_by("-last_seen_at", "-id")
        surplus = list(of_user.values_list("id", flat=True)[MAX_SESSIONS:])
        if surplus:
            Session.objects.filter(id__in=surplus).revoke()
        self.clear_expired()

    def prove(self, *, second_factor: bool) -> None:
        """Note that the user has proved again who she is. The caller goes on under a new token."""
        now = timezone.now()
        self._update(auth_time=now)
        if second_factor:
            self._update(second_factor_at=now)

    def forget_second_factor(self) -> None:
        """The user has none any more: where one is asked for, the session is worth nothing."""
        self._update(second_factor_at=None)

    @property
    def has_second_factor(self) -> bool:
        """Whether the user has proved herself in this session by more than a password."""
        self._content()
        return bool(self.row and self.row.second_factor_at)

    @property
    def confined_to(self) -> UUID | None:
        """The only business that the session may enter; None for a session of the person's own."""
        self._content()
        return self.row.confined_to if self.row else None

    def enter_tenant(self, tenant_id: UUID) -> None:
        """Move to another business under a new token. The caller has checked the membership."""
        self._update(active_tenant=tenant_id)
        self.cycle_key()

    # --- Django's session interface -----------------------------------------------------------------------

    def load(self) -> dict[str, Any]:
        """The content; an unknown, expired or revoked token is forgotten, never adopted."""
        live = Session.objects.live().filter(token_hash=stored_hash(self.session_key or ""))
        self.row = (live.select_for_update() if self.lock else live).first()
        if self.row is None:
            self._session_key = None
            return {}
        return unseal(self.row.session_data)

    def exists(self, session_key: str) -> bool:
        """Whether a live session has this token."""
        return Session.objects.live().filter(token_hash=stored_hash(session_key)).exists()

    def create(self) -> None:
        """Insert a session under a fresh token."""
        self._session_key = new_token()
        self.row = Session(
            token_hash=stored_hash(self._session_key),
            expires_at=timezone.now() + PENDING,
            ip=self.client.ip,
            user_agent=self.client.user_agent,
            session_data=seal(self._content(no_load=True)),
        )
        self.row.save(using=AUTH, force_insert=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write the content and the time of use. Raises UpdateError when the session has ended since."""
        content = self._content(no_load=must_create)
        if self.row is None or must_create:
            self.create()
        else:
            self._update(session_data=seal(content), last_seen_at=timezone.now())

    def delete(self, session_key: str | None = None) -> None:
        """End the session. The row stays until it is purged: when and where it was is worth knowing."""
        token = session_key or self.session_key
        if token:
            Session.objects.filter(token_hash=stored_hash(token), revoked_at=None).revoke()

    def flush(self) -> None:
        """Sign out: end the session and forget its content."""
        super().flush()
        self.row = None
        self.was_ended = True

    def cycle_key(self) -> None:
        """Go on under a new token; the old one is dead at once. A session not yet stored is stored."""
        content = self._content()
        if self.row is None:
            self.create()
        else:
            self._session_key = new_token()
            self._update(token_hash=stored_hash(self._session_key))
        self._session_cache = content
        self.modified = True

    @classmethod
    def clear_expired(cls) -> None:
        """Delete rows that ended more than 30 days ago."""
        Session.objects.filter(expires_at__lt=timezone.now() - timedelta(days=30)).delete()

    def _content(self, no_load: bool = False) -> dict[str, Any]:
        content: dict[str, Any] = self._get_session(no_load)  # type: ignore[attr-defined]  # not in the stubs
        return content

    # --- ours -------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Write that the session was used, unless that was written a moment ago. Leaves the content alone:
        a request that only reads has not locked it."""
        if self.row is None or timezone.now() - self.row.last_seen_at <= TOUCH_AFTER:
            return
        # SKIP LOCKED, as in app.enter: a parallel request that is touching the session, such as a long
        # upload, holds the row until it ends.
        free = Session.objects.filter(id=self.row.id).select_for_update(skip_locked=True)
        if free.exists():
            self._update(last_seen_at=timezone.now())

    def _update(self, **columns: Any) -> None:
        if self.row is None or not Session.objects.filter(id=self.row.id, revoked_at=None).update(**columns):
            raise UpdateError
        for name, value in columns.items():
            setattr(self.row, name, value)
        self.__dict__.pop("membership", None)
