"""Members by e-mail address: an id means nothing in another installation, an address does.

Addresses are the login role's to read, and the worker's where it works for an owner: so whoever takes a
business along must be signed in as its owner.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connections

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership
from dott.platform.portability.entities import Entity, entities
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import WORKER

Row = dict[str, Any]


class Members:
    """The members of the active business."""

    def __init__(self) -> None:
        found = sorted(_with_addresses(), key=lambda pair: pair[0])
        self.listed = [
            {"email": email, "name": member.display_name, "role": member.role, "status": member.status}
            for email, member in found
        ]
        self._email_of = {str(member.id): email for email, member in found}
        self._id_of: dict[str, str] = {email: id_ for id_, email in self._email_of.items()}
        # Addresses that records name and nobody here has.
        self.missing: set[str] = set()

    def id_of(self, email: str) -> UUID | None:
        """A member's id, None when nobody here has the address."""
        found = self._id_of.get(email)
        return UUID(found) if found else None

    def named(self, entity: Entity, row: Row) -> Row:
        """The record with addresses in the place of members' ids."""
        return self._with(entity, row, lambda value: self._email_of.get(value, value))

    def found(self, entity: Entity, row: Row) -> Row:
        """The record with members' ids again; null for an address that nobody here has."""
        return self._with(entity, row, self._find)

    def _find(self, value: str) -> str | None:
        found = self._id_of.get(value)
        if found is None:
            self.missing.add(value)
        return found

    def _with(self, entity: Entity, row: Row, convert: Any) -> Row:
        changed = _converted(row, entity.members, convert)
        if entity.label == "history.change":
            subject = _by_label().get(str(row["entity"]))
            if subject is not None:
                for side in ("before", "after"):
                    changed[side] = _converted(changed[side], subject.members, convert)
        return changed


def _with_addresses() -> Iterator[tuple[str, Membership]]:
    if current().alias != WORKER:
        for member in all_memberships().filter(tenant_id=current().tenant_id).select_related("user"):
            yield member.user.email, member
        return
    with connections[WORKER].cursor() as cursor:
        cursor.execute("SELECT membership, email FROM app.member_addresses()")
        addresses = dict(cursor.fetchall())
    for member in Membership.objects.all():
        yield addresses[member.id], member


def _converted(values: Row, names: frozenset[str], convert: Any) -> Row:
    return {
        name: convert(value) if name in names and isinstance(value, str) else value
        for name, value in values.items()
    }


def _by_label() -> dict[str, Entity]:
    return {entity.label: entity for entity in entities()}
