"""Writing contacts. All run inside the caller's transaction and tenant; `values` are validated."""

from collections.abc import Mapping
from typing import Any

from dott.modules.crm.actions.customer_contacts import Place, make_room, new_link
from dott.modules.crm.actions.imports import country_of_business
from dott.modules.crm.actions.tagging import change_tagged, create_tagged, follow_tags
from dott.modules.crm.models import Contact, Customer, CustomerContact
from dott.platform.history.actor import Actor
from dott.platform.history.record import record
from dott.platform.history.tracked import creation_of


def create_contact(*, actor: Actor, values: Mapping[str, Any], place: Place | None = None) -> Contact:
    """Insert a contact, and with a place its link to a customer in the same change set.

    Raises IntegrityError (409) when another contact in use has the same external_id.
    """
    contact = Contact(**values)
    if place is None:
        return create_tagged(contact, actor=actor)
    released = make_room(place, actor=actor)
    contact.created_by_id = contact.updated_by_id = actor.membership_id
    contact.save(force_insert=True)
    link = new_link(contact, place, actor=actor)
    record(changes=[creation_of(contact), *released, creation_of(link)], actor_id=actor.membership_id)
    if contact.tags:
        follow_tags(Contact, [contact.pk])
    return contact


def update_contact(*, actor: Actor, contact: Contact, values: Mapping[str, Any]) -> Contact:
    """Change some fields; without a difference nothing is written.

    Raises StaleRecord (412), and IntegrityError (409) when another contact in use has the same external_id.
    """
    return change_tagged(contact, values, actor=actor)


def country_of_contact(*, contact: Contact | None, customer: Customer | None) -> str:
    """Where a local phone number of the contact is written: the country of the customer whose primary
    contact it is, else of the first one it was linked to, else of the business; "" when none is known."""
    if customer is None and contact is not None:
        links = CustomerContact.objects.select_related("customer").filter(
            contact=contact, customer__deleted_at__isnull=True
        )
        link = links.order_by("-is_primary", "id").first()
        customer = link.customer if link else None
    own = (customer.billing_country or customer.shipping_country) if customer else ""
    return own or country_of_business()
