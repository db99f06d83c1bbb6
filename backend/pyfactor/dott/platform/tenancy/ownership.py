"""The kinds of rule in the table of visibility: what is a member's, and what is seen with what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from dott.platform.tenancy.visibility import Holder, OutOfSight, Rule, Sight, rule_of


@dataclass(frozen=True)
class Owned(Rule):
    """A member's, named by a reference. What is nobody's is seen by those who see everything."""

    by: str

    def sql(self, alias: str, sight: Sight) -> str:
        """By its owner."""
        return sight.is_theirs(f'{alias}."{self.by}_id"')

    def holders(self, record: Any) -> list[Holder]:
        """Its owner."""
        return list(_holder(record, self.by, self.by))

    def settle(self, record: Any, members: tuple[UUID, ...], member: UUID) -> None:
        """A new record is its maker's."""
        if getattr(record, f"{self.by}_id") is None:
            setattr(record, f"{self.by}_id", member)
        self.check(record, members, {})

    def check(self, record: Any, members: tuple[UUID, ...], values: Mapping[str, Any]) -> None:
        """Nobody gives away what she would not see any more."""
        attribute = f"{self.by}_id"
        if values.get(attribute, getattr(record, attribute)) not in members:
            raise OutOfSight(self.by)


@dataclass(frozen=True)
class Made(Rule):
    """Its maker's."""

    def sql(self, alias: str, sight: Sight) -> str:
        """By its author."""
        return sight.is_theirs(f'{alias}."created_by_id"')

    def holders(self, record: Any) -> list[Holder]:
        """Its author."""
        return list(_holder(record, "created_by", "maker"))


@dataclass(frozen=True)
class Follows(Rule):
    """Seen with what it belongs to: the first of `parents` that it names. And by `also`, a reference to whom
    it is given."""

    parents: Mapping[str, str]  # reference → label of its model, the one that decides first
    also: str = ""

    def sql(self, alias: str, sight: Sight) -> str:
        """One of its parents, or the member that it is given to."""
        ways = [sight.is_theirs(f'{alias}."{self.also}_id"')] if self.also else []
        before = ""
        for name, label in self.parents.items():
            ways.append(f"({before}{_belongs(alias, name, label, sight)})")
            before += f'{alias}."{name}_id" IS NULL AND '
        return f"({' OR '.join(ways)})"

    def holders(self, record: Any) -> list[Holder]:
        """Those of its parent, and the member that it is given to."""
        found = list(_holder(record, self.also, self.also)) if self.also else []
        parent = next((name for name in self.parents if getattr(record, f"{name}_id") is not None), None)
        return [*found, *(_through(getattr(record, parent)) if parent else ())]


@dataclass(frozen=True)
class FollowsBoth(Rule):
    """Says something of two records: seen by whoever sees both."""

    parents: Mapping[str, str]

    def sql(self, alias: str, sight: Sight) -> str:
        """All of its parents."""
        ways = (_belongs(alias, name, label, sight) for name, label in self.parents.items())
        return f"({' AND '.join(ways)})"


@dataclass(frozen=True)
class FollowsAny(Rule):
    """Belongs to many through the rows of a link, and is seen with any of them; what belongs to nothing is
    its maker's."""

    link: str  # label of the link's model
    record: str  # the link's reference to this record

    def sql(self, alias: str, sight: Sight) -> str:
        """One of its links is seen, or it has none and was made by them."""
        link, seen, none = apps.get_model(self.link), sight.alias(), sight.alias()
        linked = f'SELECT {seen}."{self.record}_id" FROM {sight.rows(link, seen)}'
        unlinked = (
            f'SELECT FROM "{link._meta.db_table}" {none} WHERE {none}."tenant_id" = {sight.tenant}'
            f' AND {none}."{self.record}_id" = {alias}."id"'
        )
        made = sight.is_theirs(f'{alias}."created_by_id"')
        return f'({alias}."id" IN ({linked}) OR ({made} AND NOT EXISTS ({unlinked})))'

    def holders(self, record: Any) -> list[Holder]:
        """Those of its links, else its author."""
        links = apps.get_model(self.link)._default_manager.filter(**{self.record: record})
        found = [holder for link in links for holder in rule_of(type(link)).holders(link)]
        return list(dict.fromkeys(found)) if links else list(_holder(record, "created_by", "maker"))


def _belongs(alias: str, name: str, label: str, sight: Sight) -> str:
    """That a reference names a record that is seen."""
    inner = sight.alias()
    seen = f'SELECT {inner}."id" FROM {sight.rows(apps.get_model(label), inner)}'
    return f'{alias}."{name}_id" IN ({seen})'


def _holder(record: Any, reference: str, role: str) -> Iterator[Holder]:
    member = getattr(record, f"{reference}_id")
    if member is not None:
        yield Holder(member, role)


def _through(parent: Any) -> list[Holder]:
    """The holders of what a record is seen with."""
    return [
        holder if holder.of else holder._replace(of=parent._meta.label_lower)
        for holder in rule_of(type(parent)).holders(parent)
    ]
