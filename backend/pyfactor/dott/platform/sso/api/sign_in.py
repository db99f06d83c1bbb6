"""Signing in by a business's provider: there, and back again."""

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import ProblemError
from dott.platform.identity import devices
from dott.platform.identity.adapter import tell_of_new_device
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.events import tell_of
from dott.platform.identity.fresh import ProofNeeded, is_fresh, methods_of
from dott.platform.identity.models import Tenant, User
from dott.platform.sso.actions.people import arrive
from dott.platform.sso.api.serializers import (
    ArrivedSerializer,
    FinishSerializer,
    StartedSerializer,
    StartSerializer,
)
from dott.platform.sso.flow import begin, redeem, take_pending
from dott.platform.sso.models import Domain, Link, Provider
from dott.platform.sso.tokens import Claims
from dott.platform.tenancy.router import AUTH


class NoSingleSignOn(ProblemError):
    """404: no such business, or none that has it, which are told apart to nobody."""

    def __init__(self) -> None:
        super().__init__(404, "no_single_sign_on", "No single sign-on was found for this.")


class _SignInView(IdentityView):
    def own_user(self) -> User | None:
        """Whose own session this is; None for nobody's, and for one that a provider made."""
        is_own = self.request.user.is_authenticated and not self.session.confined_to
        return self.person if is_own else None


class StartView(_SignInView):
    """The way there."""

    @extend_schema(request=StartSerializer, responses=StartedSerializer)
    def post(self, request: Request) -> Response:
        """The provider's page to go to. In a session of one's own, single sign-on becomes connected with it,
        for which it has to be proved lately (403 `reauthentication_required`)."""
        serializer = StartSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        provider = _provider(serializer.validated_data)
        user = self.own_user()
        if user is not None and not is_fresh(self.session):
            known = Link.objects.filter(
                business_id=provider.business_id, issuer=provider.issuer, user_id=user.pk
            )
            if not known.exists():
                raise ProofNeeded(methods_of(user))
        url = begin(self.session, provider, again=serializer.validated_data["again"])
        return Response(StartedSerializer({"url": url}).data)


class FinishView(_SignInView):
    """The way back. It calls the provider, and so opens its own transactions."""

    opens_own_transactions = True

    @extend_schema(request=FinishSerializer, responses=ArrivedSerializer)
    def post(self, request: Request) -> Response:
        """Signed in, in this business and nowhere else. 409 `no_pending_sign_in` for an answer that nobody
        waits for, `connect_first` where an account has to be proved once; 403 `not_invited`; 502
        `provider_failed`."""
        serializer = FinishSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        answer = serializer.validated_data
        pending = take_pending(self.session, business=answer["business"], state=answer["state"])
        provider = _enabled().filter(pk=answer["business"]).first()
        if provider is None:
            raise NoSingleSignOn
        if "code" not in answer:
            raise ProblemError(403, "sign_in_refused", "The provider did not let you in.")
        claims = redeem(provider, pending, code=answer["code"], issuer=answer.get("iss", ""))
        with transaction.atomic(using=AUTH):
            user = arrive(provider=provider, claims=claims, user=self.own_user())
            self._enter(provider, user, claims)
        return Response(ArrivedSerializer({"tenant": provider.business.slug}).data)

    def _enter(self, provider: Provider, user: User, claims: Claims) -> None:
        """A session of its own: nothing of the one in which the sign-in was begun goes on in it."""
        http: HttpRequest = self.request._request
        if user.last_login is not None and not devices.is_known(http, user.pk):
            tell_of_new_device(user, self.session.client)
        self.session.flush()
        self.session.create()
        self.session.sign_in_confined(user.pk, provider.business_id, proved_at=claims.proved_at)
        network = self.session.client.ip
        tell_of(provider.business_id, user.pk, "signed_in", by=["single_sign_on"], network=network)
        user.last_login = timezone.now()
        user.save(using=AUTH, update_fields=["last_login"])


def _enabled() -> QuerySet[Provider]:
    return Provider.objects.filter(is_enabled=True, business__status=Tenant.Status.ACTIVE).select_related(
        "business"
    )


def _provider(wanted: dict[str, str]) -> Provider:
    if "business" in wanted:
        found = _enabled().filter(business__slug=wanted["business"]).first()
    else:
        domain = wanted["email"].strip().lower().rpartition("@")[2]
        holder = Domain.objects.filter(name=domain, verified_at__isnull=False).values("business_id")
        found = _enabled().filter(pk__in=holder).first()
    if found is None:
        raise NoSingleSignOn
    return found
