"""What a business asks of its members before it lets them in."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.identity.actions.tenants import change_second_factor
from dott.platform.identity.api.factor_serializers import ChangeSecuritySerializer, TenantSecuritySerializer
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.events import tell_of
from dott.platform.identity.memberships import members_without_factor
from dott.platform.identity.models import Tenant


class TenantSecurityView(IdentityView):
    """Whom the business asks for a second factor."""

    @extend_schema(responses=TenantSecuritySerializer)
    def get(self, request: Request) -> Response:
        """The policy, and who has none yet."""
        return Response(self._described(Tenant.objects.get(id=self.tenant_id)))

    @extend_schema(request=ChangeSecuritySerializer, responses=TenantSecuritySerializer)
    def patch(self, request: Request) -> Response:
        """Change it, as of everybody's next request. 409 for an owner who would lock himself out."""
        serializer = ChangeSecuritySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        tenant = change_second_factor(
            tenant_id=self.tenant_id,
            policy=serializer.validated_data["second_factor"],
            has_factor=self.session.has_second_factor,
        )
        tell_of(self.tenant_id, self.person.id, "second_factor_asked", of=tenant.second_factor)
        return Response(self._described(tenant))

    def _described(self, tenant: Tenant) -> dict[str, Any]:
        missing = members_without_factor(tenant.id)
        found = {"second_factor": tenant.second_factor, "without_factor": missing}
        return dict(TenantSecuritySerializer(found).data)
