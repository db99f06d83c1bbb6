"""How allauth is fitted to this house: its mail, its sessions, its idea of the client's address."""

from typing import Any, cast

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone

from dott.platform.identity import devices
from dott.platform.identity.actions.sessions import revoke_sessions
from dott.platform.identity.client import Client, client_address
from dott.platform.identity.events import tell_businesses_of, tell_of
from dott.platform.identity.memberships import preferred_tenant
from dott.platform.identity.models import ApiKey, User
from dott.platform.identity.sessions import SessionStore
from dott.platform.mail.compose import compose
from dott.platform.mail.languages import accepted, language_of
from dott.platform.tenancy.router import AUTH

log = structlog.get_logger("dott.security")


def display_name(user: User) -> str:
    """How allauth's answers name a user."""
    return user.name or user.email


# A key outlives the password of before, so whoever changes it is told how many do.
TELLS_OF_KEYS = frozenset({"password_changed", "password_reset"})
# The web UI's: what a visitor chose on the sign-in page.
LANGUAGE_COOKIE = "language"


def _working_keys(email: str) -> int:
    keys = ApiKey.objects.kept().filter(user__email=email.strip().lower(), expires_at__gt=Now())
    return int(keys.count())


def tell_of_new_device(user: User, client: Client) -> None:
    """Mail a person that she was signed in with a browser that had not been hers."""
    context = {"at": timezone.now(), "ip": client.ip, "browser": client.user_agent}
    send_mail("new_device", user.email, context)


def send_mail(name: str, email: str, context: dict[str, Any], *, language: str = "") -> None:
    """Send a mail of the catalogue after the commit: a mail whose code was rolled back would be a lie.

    It is in the language of the account with this address; where that has none, in `language`, and where that
    is empty, as the browser asks whose request this is.
    """
    if name in TELLS_OF_KEYS:
        context = {"api_keys": _working_keys(email)} | context
    chosen = User.objects.using(AUTH).filter(email=email.strip().lower()).values_list("language", flat=True)
    wishes = [*chosen, language] if language else [*chosen, *_wishes(allauth_context.request)]
    message = compose(name, to=email, language=language_of(wishes), values=context)
    # robust: a mail server that is away is logged, and the person may ask for another mail.
    transaction.on_commit(message.send, using=AUTH, robust=True)


def _wishes(request: HttpRequest | None) -> list[str]:
    """Language tags of a visitor: her choice, then her browser's. A command has no request."""
    if request is None:
        return []
    return [request.COOKIES.get(LANGUAGE_COOKIE, ""), *accepted(request.headers.get("Accept-Language", ""))]


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks. Links and senders come from settings, never from the request's Host."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's own mails, whose templates are entries of our catalogue."""
        send_mail(template_prefix.rpartition("/")[2], email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Sign-up with a known address. Hash as for a new one, or the time taken would tell."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the limiter sees it."""
        return str(client_address(request) or "unknown")

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in: Django has just given the session a new token, now it gets its user and business.

        A browser that has not been hers is told to her by mail.
        """
        is_first = user.last_login is None
        proofs = {record["method"] for record in get_authentication_records(request, user)}
        super().login(request, user)
        session = cast(SessionStore, request.session)
        tenant_id = preferred_tenant(user.pk)
        session.sign_in(user.pk, tenant_id, second_factor="mfa" in proofs)
        tell_of(tenant_id, user.pk, "signed_in", by=sorted(proofs), network=session.client.ip)
        if not is_first and not devices.is_known(request, user.pk):
            tell_of_new_device(user, session.client)

    def logout(self, request: HttpRequest) -> None:
        """Sign out of this browser."""
        session = cast(SessionStore, request.session)
        if session.user_id:
            tell_of(session.active_tenant, session.user_id, "signed_out")
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """Change or reset: whoever knew the old password is signed out everywhere, except right here."""
        super().set_password(user, password)
        session = cast(SessionStore, self.request.session)
        revoke_sessions(user_id=user.pk, except_id=session.row_id if session.user_id == user.pk else None)
        tell_businesses_of(user.pk, "password_changed")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password is told to the operator's log; the request itself will be rolled back."""
        super().authentication_failed(request, **credentials)
        network = cast(SessionStore, request.session).client.ip
        log.info("sign_in_failed", network=network)
