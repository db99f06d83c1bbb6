"""GET {id}/access/: who sees a record, and why or why not."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import invalid_parameter
from dott.platform.identity.models import Membership, TeamMember, Tenant
from dott.platform.tenancy.context import current, seeing_everything
from dott.platform.tenancy.visibility import Holder, rule_of

# everything: her role sees all records. own: it is hers, or given to her, or seen with what is hers. team:
# the same of somebody in a team of hers. nobodys: it is nobody's. others: it is somebody's whose records she
# does not see. no_place: she is no active member any more.
REASONS = ("everything", "own", "team", "nobodys", "others", "no_place")


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
        with seeing_everything():
            holders = rule_of(type(record)).holders(record)
        members = _members(request.query_params.get("member"))
        names = dict(Membership.objects.values_list("pk", "display_name"))
        teams = _colleagues()
        tenant = Tenant.objects.using(current().alias).get(id=current().tenant_id)
        shown = [{**holder._asdict(), "name": names.get(holder.member, "")} for holder in holders]
        explained = [_explained(member, tenant, teams, holders) for member in members]
        return Response(AccessSerializer({"holders": shown, "members": explained}).data)


def scope_of_role(tenant: Tenant, role: str) -> str:
    """Whose records a role sees in a business, as app.enter has it."""
    return {"member": tenant.member_scope, "viewer": tenant.viewer_scope}.get(role, Tenant.Scope.ALL)


def _explained(
    member: Membership, tenant: Tenant, teams: Mapping[UUID, set[UUID]], holders: Sequence[Holder]
) -> dict[str, Any]:
    scope = scope_of_role(tenant, member.role)
    by = {holder.member for holder in holders}
    if member.status != Membership.Status.ACTIVE:
        reason = "no_place"
    elif scope == Tenant.Scope.ALL:
        reason = "everything"
    elif member.pk in by:
        reason = "own"
    elif scope == Tenant.Scope.TEAM and by & teams.get(member.pk, set()):
        reason = "team"
    else:
        reason = "others" if by else "nobodys"
    return {
        "member": member.pk,
        "name": member.display_name,
        "role": member.role,
        "scope": scope,
        "can_see": reason in ("everything", "own", "team"),
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


def _colleagues() -> dict[UUID, set[UUID]]:
    """Member → everybody in a team of hers."""
    teams: dict[UUID, set[UUID]] = {}
    for team, member in TeamMember.objects.values_list("team_id", "membership_id"):
        teams.setdefault(team, set()).add(member)
    colleagues: dict[UUID, set[UUID]] = {}
    for members in teams.values():
        for member in members:
            colleagues.setdefault(member, set()).update(members)
    return colleagues
