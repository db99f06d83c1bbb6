"""Which contact stands for which customer: links with a role, of which one per customer may be the primary.

All run inside the caller's transaction and tenant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dott.modules.crm.models import Contact, Customer, CustomerContact
from dott.modules.crm.models.contacts import ContactRole
from dott.platform.history.actor import Actor
from dott.platform.history.models import Change
from dott.platform.history.record import Entry, record
from dott.platform.history.tracked import StaleRecord, creation_of, entity_of


@dataclass(frozen=True, slots=True)
class Place:
    """What a contact is to be for a customer."""

    customer: Customer
    role: str = ContactRole.OTHER
    is_primary: bool = False


def link_contact(*, actor: Actor, contact: Contact, place: Place) -> CustomerContact:
    """Let the contact stand for the customer; the primary contact so far is that no more.

    Raises IntegrityError (409) when it stands for this customer already.
    """
    released = make_room(place, actor=actor)
    link = new_link(contact, place, actor=actor)
    record(changes=[*released, creation_of(link)], actor_id=actor.membership_id)
    return link


def update_link(*, actor: Actor, link: CustomerContact, values: Mapping[str, Any]) -> CustomerContact:
    """Change role or primacy of a locked link; the primary contact so far is that no more.

    values: role, is_primary. Raises StaleRecord (412) when the link went in the meantime.
    """
    changed = {name: value for name, value in values.items() if getattr(link, name) != value}
    if not changed:
        return link
    released = []
    if changed.get("is_primary"):
        released = make_room(Place(link.customer, is_primary=True), actor=actor)
    own = _write(link, changed, actor=actor)
    record(changes=[*released, own], actor_id=actor.membership_id)
    return link


def make_room(place: Place, *, actor: Actor) -> list[Entry]:
    """Before a link becomes the primary one: unmake the one that is; returns what history has to say of it.

    The customer stays locked until the transaction ends, so that two who do this at once do it in turn.
    """
    if not place.is_primary:
        return []
    Customer.objects.select_for_update(no_key=True).only("pk").get(pk=place.customer.pk)
    primary = CustomerContact.objects.filter(customer=place.customer, is_primary=True)
    locked = primary.select_for_update().order_by("id")
    return [_write(link, {"is_primary": False}, actor=actor) for link in locked]


def new_link(contact: Contact, place: Place, *, actor: Actor) -> CustomerContact:
    """The inserted link, of which history does not know yet."""
    link = CustomerContact(
        customer=place.customer, contact=contact, role=place.role, is_primary=place.is_primary
    )
    link.created_by_id = link.updated_by_id = actor.membership_id
    link.save(force_insert=True)
    return link


def _write(link: CustomerContact, values: Mapping[str, Any], *, actor: Actor) -> Entry:
    before = {name: getattr(link, name) for name in values}
    for name, value in values.items():
        setattr(link, name, value)
    link.touch().updated_by_id = actor.membership_id
    names = [*values, "version", "updated_at", "updated_by"]
    rows = CustomerContact.objects.filter(pk=link.pk, version=link.version - 1)
    if not rows.update(**{name: getattr(link, name) for name in names}):
        raise StaleRecord(None)
    return Entry(entity_of(link), link.pk, Change.Operation.UPDATE, before, dict(values), link.version)
