"""The businesses a person belongs to, and the one her session is in."""

from typing import cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.identity.actions.members import change_member, leave
from dott.platform.identity.actions.tenants import change_tenant, create_tenant
from dott.platform.identity.api.me import describe_me
from dott.platform.identity.api.serializers import (
    ChangeMemberSerializer,
    MemberSerializer,
    MembersSerializer,
    MeSerializer,
    NewTenantSerializer,
    SwitchSerializer,
    TenantChoicesSerializer,
    TenantSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.events import tell_of
from dott.platform.identity.memberships import active_membership, all_memberships, may_enter, tenants_of
from dott.platform.identity.models import Membership, Tenant


class TenantListView(IdentityView):
    """The person's businesses."""

    @extend_schema(responses=TenantChoicesSerializer)
    def get(self, request: Request) -> Response:
        """All she may enter, by name."""
        here = self.session.active_tenant
        results = [
            {
                "id": tenant.id,
                "slug": tenant.slug,
                "name": tenant.name,
                "role": membership.role,
                "is_active": tenant.id == here,
            }
            for membership, tenant in tenants_of(self.person.id)
            if may_enter(self.session, tenant.id)
        ]
        return Response(TenantChoicesSerializer({"results": results}).data)

    @extend_schema(request=NewTenantSerializer, responses={201: TenantSerializer})
    def post(self, request: Request) -> Response:
        """Found another business and own it. The session stays where it is."""
        serializer = NewTenantSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        tenant = create_tenant(owner=self.person, **serializer.validated_data)
        return versioned_response(tenant, TenantSerializer(tenant).data, status=201)


class SwitchView(IdentityView):
    """Going from one business to another."""

    @extend_schema(request=SwitchSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Move the session. It goes on under a new token. 404 for a business that is not hers."""
        serializer = SwitchSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        slug = serializer.validated_data["tenant"]
        wanted = next((tenant for _, tenant in tenants_of(self.person.id) if tenant.slug == slug), None)
        if wanted is None:
            raise NotFound
        self.session.enter_tenant(wanted.id)
        return Response(describe_me(self))


class CurrentTenantView(IdentityView):
    """The business that the session is in."""

    @extend_schema(responses=TenantSerializer)
    def get(self, request: Request) -> Response:
        """Its settings."""
        tenant = Tenant.objects.get(id=self.tenant_id)
        return versioned_response(tenant, TenantSerializer(tenant).data)

    @extend_schema(request=TenantSerializer, responses=TenantSerializer)
    def patch(self, request: Request) -> Response:
        """Change its settings; the first name given to it ends its onboarding."""
        tenant = Tenant.objects.select_for_update().get(id=self.tenant_id)
        check_if_match(request, tenant, required=False)
        serializer = TenantSerializer(tenant, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        tenant = change_tenant(tenant=tenant, changes=serializer.validated_data)
        tell_of(tenant.id, self.person.id, "business_changed", fields=sorted(serializer.validated_data))
        return versioned_response(tenant, TenantSerializer(tenant).data)


class MemberListView(IdentityView):
    """Who works in the business."""

    @extend_schema(responses=MembersSerializer)
    def get(self, request: Request) -> Response:
        """Everybody, by name."""
        members = all_memberships().filter(tenant_id=self.tenant_id).order_by("display_name", "id")
        return Response({"results": MemberSerializer(members, many=True).data})


class MemberDetailView(IdentityView):
    """One colleague."""

    @extend_schema(request=ChangeMemberSerializer, responses=MemberSerializer)
    def patch(self, request: Request, membership_id: UUID) -> Response:
        """Change role or status. Nobody gives or takes more than he has himself; one owner stays."""
        serializer = ChangeMemberSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actor = cast(Membership, active_membership(request))
        member = change_member(actor=actor, membership_id=membership_id, **serializer.validated_data)
        if member.id == actor.id:
            self.session.cycle_key()
        return Response(MemberSerializer(member).data)


class LeaveView(IdentityView):
    """Going for good."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Give up one's place in the business that the session is in, and with it the session.

        404 without a business, 409 for its last owner.
        """
        actor = active_membership(request)
        if actor is None:
            raise NotFound
        leave(actor=actor)
        self.session.flush()
        return Response(status=204)
