"""Whose records the roles of the business see, and its teams."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.serializers import StrictSerializer
from dott.platform.identity.actions.visibility import (
    change_scopes,
    change_team,
    delete_team,
    make_team,
    places_in,
    teams_of,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.events import tell_of
from dott.platform.identity.models import Team, Tenant

MAX_MEMBERS = 500


class ScopesSerializer(serializers.Serializer[Any]):
    """Whose records members and viewers see: everybody's, their teams', or their own. Owners and admins see
    everything."""

    member = serializers.ChoiceField(choices=Tenant.Scope.choices)
    viewer = serializers.ChoiceField(choices=Tenant.Scope.choices)


class ChangeScopesSerializer(StrictSerializer):
    """What is to be otherwise."""

    member = serializers.ChoiceField(choices=Tenant.Scope.choices, required=False)
    viewer = serializers.ChoiceField(choices=Tenant.Scope.choices, required=False)


class TeamSerializer(serializers.Serializer[Any]):
    """A team. members: ids of memberships."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    members = serializers.ListField(child=serializers.UUIDField())


class TeamsSerializer(serializers.Serializer[Any]):
    """All of them, by name."""

    results = TeamSerializer(many=True)


class NewTeamSerializer(StrictSerializer):
    """A name that no other team has, and who is in it."""

    name = serializers.CharField(max_length=60)
    members = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MAX_MEMBERS
    )


class ChangeTeamSerializer(StrictSerializer):
    """members: all that are to be in it."""

    name = serializers.CharField(max_length=60, required=False)
    members = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MAX_MEMBERS)


class ScopesView(IdentityView):
    """Whose records a role sees."""

    @extend_schema(responses=ScopesSerializer)
    def get(self, request: Request) -> Response:
        """Of members and of viewers."""
        return Response(_scopes(Tenant.objects.get(id=self.tenant_id)))

    @extend_schema(request=ChangeScopesSerializer, responses=ScopesSerializer)
    def patch(self, request: Request) -> Response:
        """Change it, as of everybody's next request."""
        serializer = ChangeScopesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        scopes = _scopes(change_scopes(tenant_id=self.tenant_id, scopes=serializer.validated_data))
        tell_of(self.tenant_id, self.person.id, "scopes_changed", **scopes)
        return Response(scopes)


class TeamListView(IdentityView):
    """The teams of the business."""

    @extend_schema(responses=TeamsSerializer)
    def get(self, request: Request) -> Response:
        """All of them, by name."""
        teams = teams_of(self.tenant_id).order_by("name_key", "id")
        members: dict[UUID, list[UUID]] = {}
        for team_id, member in (
            places_in(self.tenant_id).order_by("id").values_list("team_id", "membership_id")
        ):
            members.setdefault(team_id, []).append(member)
        return Response({"results": [_team(team, members.get(team.id, [])) for team in teams]})

    @extend_schema(request=NewTeamSerializer, responses={201: TeamSerializer})
    def post(self, request: Request) -> Response:
        """Found a team. 409 for a name that is taken."""
        serializer = NewTeamSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        team = make_team(tenant_id=self.tenant_id, **serializer.validated_data)
        tell_of(self.tenant_id, self.person.id, "team_changed", name=team.name, act="made")
        return Response(_team(team, _members(team)), status=201)


class TeamDetailView(IdentityView):
    """One team."""

    @extend_schema(request=ChangeTeamSerializer, responses=TeamSerializer)
    def patch(self, request: Request, team_id: UUID) -> Response:
        """Give it another name or other members, as of their next request."""
        serializer = ChangeTeamSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        team = change_team(tenant_id=self.tenant_id, team_id=team_id, **serializer.validated_data)
        tell_of(self.tenant_id, self.person.id, "team_changed", name=team.name, act="changed")
        return Response(_team(team, _members(team)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, team_id: UUID) -> Response:
        """Dissolve it; its members stay in the business."""
        team = delete_team(tenant_id=self.tenant_id, team_id=team_id)
        tell_of(self.tenant_id, self.person.id, "team_changed", name=team.name, act="dissolved")
        return Response(status=204)


def _scopes(tenant: Tenant) -> dict[str, str]:
    return {"member": tenant.member_scope, "viewer": tenant.viewer_scope}


def _members(team: Team) -> list[UUID]:
    places = places_in(team.tenant_id).filter(team_id=team.id).order_by("id")
    return list(places.values_list("membership_id", flat=True))


def _team(team: Team, members: list[UUID]) -> dict[str, Any]:
    return dict(TeamSerializer({"id": team.id, "name": team.name, "members": members}).data)
