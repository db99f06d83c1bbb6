"""The API keys of the business that the session is in. No key can be used here: a key makes no keys."""

from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api import limits
from dott.platform.api.serializers import StrictSerializer
from dott.platform.identity import scopes
from dott.platform.identity.actions.api_keys import LONGEST_DAYS, make_key, revoke_key, visible_keys
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.memberships import active_membership, all_memberships
from dott.platform.identity.models import ApiKey, Membership


class _ScopesField(serializers.ListField):
    """Words of the table of scopes, which modules fill after this file may have been read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=serializers.ChoiceField(choices=scopes.every()), **options)


class ApiKeySerializer(serializers.Serializer[Any]):
    """A key, without what would let anybody in. prefix: how it begins. last_used_at: to the minute.

    made_by: its maker's name; it does no more than she may do now.
    """

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    made_by = serializers.CharField()
    is_mine = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """With the scopes there are by now."""
        return super().get_fields() | {"scopes": _ScopesField()}


class ApiKeysSerializer(serializers.Serializer[Any]):
    """All that the member may see, newest first, expired ones included."""

    results = ApiKeySerializer(many=True)


class MadeApiKeySerializer(ApiKeySerializer):
    """The only answer that ever holds a key."""

    key = serializers.CharField()


class NewApiKeySerializer(StrictSerializer):
    """What a key is for, what it may do, and how long."""

    name = serializers.CharField(max_length=60)
    expires_in_days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS)

    def get_fields(self) -> dict[str, Any]:
        """With the scopes there are by now."""
        return super().get_fields() | {"scopes": _ScopesField(allow_empty=False, max_length=100)}


class ApiKeyListView(IdentityView):
    """Keys of the business."""

    @extend_schema(responses=ApiKeysSerializer)
    def get(self, request: Request) -> Response:
        """One's own; for admins and owners everybody's."""
        actor = cast(Membership, active_membership(request))
        keys = list(visible_keys(actor).order_by("-id"))
        colleagues = all_memberships().filter(tenant_id=actor.tenant_id)
        names = dict(
            colleagues.filter(user_id__in={key.user_id for key in keys}).values_list(
                "user_id", "display_name"
            )
        )
        results = [_described(key, names.get(key.user_id, ""), actor) for key in keys]
        return Response(ApiKeysSerializer({"results": results}).data)

    @extend_schema(request=NewApiKeySerializer, responses={201: MadeApiKeySerializer})
    def post(self, request: Request) -> Response:
        """Make one. Its answer is the only place where the key ever stands."""
        serializer = NewApiKeySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actor = cast(Membership, active_membership(request))
        limits.enforce("api_key_maker", f"{actor.tenant_id} {actor.user_id}")
        row, key = make_key(
            actor=actor,
            has_second_factor=self.session.has_second_factor,
            by_single_sign_on=self.session.confined_to is not None,
            **serializer.validated_data,
        )
        body = _described(row, actor.display_name, actor) | {"key": key}
        return Response(MadeApiKeySerializer(body).data, status=201)


class ApiKeyDetailView(IdentityView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, apikey_id: UUID) -> Response:
        """Revoke it, as of its next request. 404 for one that is not the member's to see."""
        actor = active_membership(request)
        if actor is None:
            raise NotFound
        revoke_key(actor=actor, key_id=apikey_id)
        return Response(status=204)


def _described(key: ApiKey, made_by: str, actor: Membership) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": key.scopes.split(),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "made_by": made_by,
        "is_mine": key.user_id == actor.user_id,
    }
