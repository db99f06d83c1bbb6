"""Who sees whose records: the scope of each role, and the teams."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound

from dott.platform.api.errors import Conflict, InputError, ProblemError, pointer
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Team, TeamMember, Tenant
from dott.platform.realtime import announce
from dott.platform.tenancy.router import AUTH

MAX_TEAMS = 200
NO_SUCH_MEMBER = "There is no such member."
NAME_TAKEN = "Another team has this name."


def change_scopes(*, tenant_id: UUID, scopes: Mapping[str, str]) -> Tenant:
    """Decide whose records the members and the viewers of a business see, as of everybody's next request.

    scopes: `member` and `viewer` → a Tenant.Scope; a role that is not named keeps its own.
    """
    tenant = Tenant.objects.select_for_update().get(id=tenant_id)
    for role, scope in scopes.items():
        setattr(tenant, f"{role}_scope", scope)
    tenant.version += 1
    tenant.save(using=AUTH, update_fields=["member_scope", "viewer_scope", "version"])
    _tell(tenant_id)
    return tenant


def teams_of(tenant_id: UUID) -> QuerySet[Team]:
    """A business's teams. For identity code only."""
    return _rows(Team).filter(tenant_id=tenant_id)


def places_in(tenant_id: UUID) -> QuerySet[TeamMember]:
    """Who is in which team of a business. For identity code only."""
    return _rows(TeamMember).filter(tenant_id=tenant_id)


def make_team(*, tenant_id: UUID, name: str, members: Iterable[UUID]) -> Team:
    """Found a team. Raises Conflict (409) for a name that is taken or one team too many, and ProblemError
    (400) for a member of another business."""
    # The business is the lock, as for its roles.
    Tenant.objects.select_for_update().get(id=tenant_id)
    if teams_of(tenant_id).count() >= MAX_TEAMS:
        raise Conflict(f"A business can have {MAX_TEAMS} teams at most.", "too_many_teams")
    team = Team(id=uuid4(), tenant_id=tenant_id, name=name)
    try:
        with transaction.atomic(using=AUTH):
            _rows(Team).bulk_create([team])
    except IntegrityError as error:
        raise _name_taken() from error
    _place(team, members)
    return teams_of(tenant_id).get(id=team.id)


def change_team(
    *, tenant_id: UUID, team_id: UUID, name: str | None = None, members: Iterable[UUID] | None = None
) -> Team:
    """Give a team another name or other members; None leaves them.

    Raises NotFound (404), and as make_team."""
    Tenant.objects.select_for_update().get(id=tenant_id)
    team = teams_of(tenant_id).filter(id=team_id).first()
    if team is None:
        raise NotFound
    if name is not None:
        try:
            with transaction.atomic(using=AUTH):
                teams_of(tenant_id).filter(id=team_id).update(name=name)
        except IntegrityError as error:
            raise _name_taken() from error
    if members is not None:
        _place(team, members)
    return teams_of(tenant_id).get(id=team_id)


def delete_team(*, tenant_id: UUID, team_id: UUID) -> Team:
    """Dissolve a team, and return what it was; its members stay what they are. Raises NotFound (404)."""
    team = teams_of(tenant_id).filter(id=team_id).first()
    if team is None:
        raise NotFound
    _place(team, [])
    teams_of(tenant_id).filter(id=team_id)._raw_delete(AUTH)
    return team


def _place(team: Team, members: Iterable[UUID]) -> None:
    wanted = list(dict.fromkeys(members))
    known = set(
        all_memberships().filter(tenant_id=team.tenant_id, id__in=wanted).values_list("id", flat=True)
    )
    if unknown := [place for place, one in enumerate(wanted) if one not in known]:
        errors = [
            InputError(pointer=pointer("members", at), code="does_not_exist", detail=NO_SUCH_MEMBER)
            for at in unknown
        ]
        raise ProblemError(400, "invalid_input", "Some values cannot be accepted.", errors)
    places_in(team.tenant_id).filter(team_id=team.id)._raw_delete(AUTH)
    _rows(TeamMember).bulk_create(
        TeamMember(tenant_id=team.tenant_id, team_id=team.id, membership_id=one) for one in wanted
    )
    _tell(team.tenant_id)


def _rows(model: type[Model]) -> QuerySet[Any]:
    """Rows of every business."""
    return QuerySet(model, using=AUTH)


def _tell(tenant_id: UUID) -> None:
    """Open pages prove anew what they may hear of."""
    members = all_memberships().filter(tenant_id=tenant_id, status=Membership.Status.ACTIVE)
    announce.access_may_have_ended(members.values_list("user_id", flat=True))


def _name_taken() -> Conflict:
    return Conflict(
        NAME_TAKEN, "team_name_taken", errors=[{"pointer": "/name", "code": "taken", "detail": NAME_TAKEN}]
    )
