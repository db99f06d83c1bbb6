"""Which members of the active business see a record, and why: by the table that every query is narrowed by.

For explaining it to somebody (api/access.py), and for telling of a record only those who may know of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from dott.platform.identity.models import Membership, TeamMember, Tenant
from dott.platform.tenancy.context import current, seeing_everything
from dott.platform.tenancy.visibility import Holder, rule_of

# everything: her role sees all records. own: it is hers, or given to her, or seen with what is hers. team:
# the same of somebody in a team of hers. nobodys: it is nobody's. others: it is somebody's whose records she
# does not see. no_place: she is no active member any more.
REASONS = ("everything", "own", "team", "nobodys", "others", "no_place")
_SEEING = ("everything", "own", "team")


def holders_of(record: Any) -> list[Holder]:
    """By whom a record is seen, whoever acts."""
    with seeing_everything():
        return rule_of(type(record)).holders(record)


class Sight:
    """What the members of the active business see. Reads scopes and teams once, in two queries."""

    def __init__(self) -> None:
        self._tenant = Tenant.objects.using(current().alias).get(id=current().tenant_id)
        self._colleagues = _colleagues()

    def scope_of(self, role: str) -> str:
        """Whose records a role sees in the business, as app.enter has it."""
        tenant = self._tenant
        narrowed = {"member": tenant.member_scope, "viewer": tenant.viewer_scope}
        return str(narrowed.get(role, Tenant.Scope.ALL))

    def reason_of(self, member: Membership, holders: Sequence[Holder]) -> str:
        """One of REASONS: why she sees what is seen by those, or why not."""
        scope = self.scope_of(member.role)
        by = {holder.member for holder in holders}
        if member.status != Membership.Status.ACTIVE:
            return "no_place"
        if scope == Tenant.Scope.ALL:
            return "everything"
        if member.pk in by:
            return "own"
        if scope == Tenant.Scope.TEAM and by & self._colleagues.get(member.pk, set()):
            return "team"
        return "others" if by else "nobodys"


def can_see(reason: str) -> bool:
    """Whether one of REASONS is why she sees it."""
    return reason in _SEEING


def those_who_see(record: Any, members: Iterable[Membership]) -> list[Membership]:
    """Of those members, the ones who see the record."""
    sight, holders = Sight(), holders_of(record)
    return [member for member in members if can_see(sight.reason_of(member, holders))]


def _colleagues() -> Mapping[UUID, set[UUID]]:
    """Member → everybody in a team of hers."""
    teams: dict[UUID, set[UUID]] = {}
    for team, member in TeamMember.objects.values_list("team_id", "membership_id"):
        teams.setdefault(team, set()).add(member)
    colleagues: dict[UUID, set[UUID]] = {}
    for members in teams.values():
        for member in members:
            colleagues.setdefault(member, set()).update(members)
    return colleagues
