"""Who is asking, for which business, and what she may do."""

from django.db import connection, transaction
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated

from drf.models import Membership

WRITERS = {"owner", "admin", "member"}


class TenantMiddleware:
    """One transaction per request, with the session's business set for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        business = request.session.get("business")
        if business is None or not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('peer.tenant', %s, true)", [business])
            request.business_id = business
            request.membership = Membership.objects.filter(user_id=request.user.id, status="active").first()
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


class RolePermission(IsAuthenticated):
    """Members read; all but viewers write."""

    def has_permission(self, request, view):
        membership = getattr(request, "membership", None)
        if not super().has_permission(request, view) or membership is None:
            return False
        return request.method in SAFE_METHODS or membership.role in WRITERS
