"""A person's own connections with the providers of her businesses."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.identity.api.views import IdentityView
from dott.platform.sso.actions.people import disconnect
from dott.platform.sso.api.serializers import LinksSerializer
from dott.platform.sso.models import Link


class LinkListView(IdentityView):
    """What there is."""

    @extend_schema(responses=LinksSerializer)
    def get(self, request: Request) -> Response:
        """One for each business at most."""
        links = Link.objects.filter(user_id=self.person.pk).select_related("business")
        return Response(LinksSerializer({"results": links.order_by("business__name", "id")}).data)


class LinkDetailView(IdentityView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, link_id: UUID) -> Response:
        """Take it away; the sessions that it made end."""
        disconnect(user=self.person, link_id=link_id)
        return Response(status=204)
