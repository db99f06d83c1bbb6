"""GET {id}/access/: who sees a record, and why or why not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import invalid_parameter
from dott.platform.identity.models import Membership, Tenant
from dott.platform.identity.sight import REASONS, Sight, can_see, holders_of
from dott.platform.tenancy.visibility import Holder


class HolderSerializer(serializers.Serializer[Any]):
    """A member by whom the record is seen."""

    member = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=["owner", "assignee", "maker"])
    of = serializers.CharField(
        help_text="“” for the record itself, else what it is seen with, such as crm.customer."
    )


class MemberAccessSerializer(serializers.Serializer[Any]):
    """Whether one member sees the record."""

    member = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    scope = serializers.ChoiceField(choices=Tenant.Scope.choices, help_text="Whose records her role sees.")
    can_see = serializers.BooleanField()
    reason = serializers.ChoiceField(choices=REASONS)


class AccessSerializer(serializers.Serializer[Any]):
    """Whose the record is, and which members see it."""

    holders = HolderSerializer(many=True)
    members = MemberAccessSerializer(many=True, help_text="By name; one of them when one is asked for.")


class AccessMixin:
    """Adds GET {id}/access/. Goes before TenantModelViewSet in the bases."""

    @extend_schema(
        parameters=[OpenApiParameter("member", UUID, description="Only this member, also one who has left.")],
        responses=AccessSerializer,
    )
    @action(detail=True, methods=["get"], filterset_class=None, query_parameters=("member",))
    def access(self: Any, request: Request, **_path: Any) -> Response:
        """Who sees this record, and why or why not: by the table that every query is narrowed by."""
        record = self.get_object()
        holders = holders_of(record)
        members = _members(request.query_params.get("member"))
        names = dict(Membership.objects.values_list("pk", "display_name"))
        sight = Sight()
        shown = [{**holder._asdict(), "name": names.get(holder.member, "")} for holder in holders]
        explained = [_explained(member, sight, holders) for member in members]
        return Response(AccessSerializer({"holders": shown, "members": explained}).data)


def _explained(member: Membership, sight: Sight, holders: Sequence[Holder]) -> dict[str, Any]:
    reason = sight.reason_of(member, holders)
    return {
        "member": member.pk,
        "name": member.display_name,
        "role": member.role,
        "scope": sight.scope_of(member.role),
        "can_see": can_see(reason),
        "reason": reason,
    }


def _members(asked: str | None) -> list[Membership]:
    """All active ones by name, or the one that is asked for. Raises a 400 problem."""
    found = Membership.objects.order_by("display_name", "id")
    if asked is None:
        return list(found.filter(status=Membership.Status.ACTIVE))
    try:
        one = found.filter(pk=UUID(asked)).first()
    except ValueError:
        raise invalid_parameter("member", "invalid", "This is not an id.") from None
    if one is None:
        raise invalid_parameter("member", "does_not_exist", "There is no such member.")
    return [one]
