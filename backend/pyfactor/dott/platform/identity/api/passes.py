"""Confirming who is there, for what is done below /api/privacy/."""

from datetime import datetime
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.fresh import FRESH_FOR
from dott.platform.identity.passes import issue


class PassSerializer(serializers.Serializer[Any]):
    """What handing over and erasing a person's data ask for."""

    # Not the field's own name: a serializer's class cannot have one that is a word of Python.
    def get_fields(self) -> dict[str, Any]:
        """pass and expires_at."""
        return {
            "pass": serializers.CharField(help_text="Goes with the request that needs it."),
            "expires_at": serializers.DateTimeField(),
        }


class PrivacyPassView(IdentityView):
    """A pass for acts that cannot be taken back."""

    @extend_schema(request=None, responses={201: PassSerializer})
    def post(self, request: Request) -> Response:
        """Given to a session that was proved in the last ten minutes, and good until those are over."""
        row: Any = self.session.row
        proved_at = cast(datetime, row.auth_time)
        given = issue(request._request, tenant_id=self.tenant_id, user_id=self.person.pk, proved_at=proved_at)
        body = {"pass": given, "expires_at": proved_at + FRESH_FOR}
        return Response(PassSerializer(body).data, status=201)
