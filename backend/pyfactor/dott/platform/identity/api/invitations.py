"""Invitations: those of the business to its admins, and the one in hand to whoever has its link."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.identity.actions.invitations import accept, invite, is_addressed_to, look, withdraw
from dott.platform.identity.api.me import describe_me
from dott.platform.identity.api.serializers import (
    InvitationSerializer,
    InvitationsSerializer,
    MeSerializer,
    NewInvitationSerializer,
    OfferSerializer,
    TokenSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.client import limiter_key
from dott.platform.identity.memberships import active_membership
from dott.platform.identity.models import Invitation, Membership


class InvitationListView(IdentityView):
    """The business's invitations."""

    @extend_schema(responses=InvitationsSerializer)
    def get(self, request: Request) -> Response:
        """Those without an answer, newest first."""
        pending = Invitation.objects.pending().filter(business_id=self.tenant_id).order_by("-id")
        return Response({"results": InvitationSerializer(pending, many=True).data})

    @extend_schema(request=NewInvitationSerializer, responses={201: InvitationSerializer})
    def post(self, request: Request) -> Response:
        """Invite an address; a second invitation replaces the first. 409 for a colleague."""
        serializer = NewInvitationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        limits.enforce("invite_business", str(self.tenant_id))
        actor = cast(Membership, active_membership(request))
        invitation = invite(actor=actor, **serializer.validated_data)
        return Response(InvitationSerializer(invitation).data, status=201)


class InvitationDetailView(IdentityView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, invitation_id: UUID) -> Response:
        """Withdraw it: its link is worth nothing any more."""
        actor = cast(Membership, active_membership(request))
        withdraw(actor=actor, invitation_id=invitation_id)
        return Response(status=204)


class _TokenView(IdentityView):
    """Takes a token; guessing one is counted as any other guess."""

    def token(self, request: Request) -> str:
        """The body's token. Raises RateLimited (429)."""
        serializer = TokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        limits.enforce("code_ip", limiter_key(request._request))
        return str(serializer.validated_data["token"])


class LookView(_TokenView):
    """What a link offers. It changes nothing, so a mail scanner that follows it does no harm."""

    @extend_schema(request=TokenSerializer, responses=OfferSerializer)
    def post(self, request: Request) -> HttpResponse:
        """Business, role and address. 404 when it is no longer valid, whatever the reason."""
        invitation = look(token=self.token(request))
        offer = {
            "business": invitation.business.name,
            "email": invitation.email,
            "role": invitation.role,
            "invited_by": invitation.invited_by.name,
            "expires_at": invitation.expires_at,
            "is_for_me": request.user.is_authenticated and is_addressed_to(invitation, self.person),
            "signed_in_as": self.person.email if request.user.is_authenticated else "",
        }
        return Response(OfferSerializer(offer).data)


class AcceptView(_TokenView):
    """Taking the offered place."""

    @extend_schema(request=TokenSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Join, and go there under a new token. 403 `other_address` for somebody else's invitation."""
        place = accept(user=self.person, token=self.token(request))
        self.session.enter_tenant(place.tenant_id)
        return Response(describe_me(self))
