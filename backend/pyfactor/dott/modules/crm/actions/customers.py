"""Writing customers: each action is one change set, and one version more where it changes a row.

All run inside the caller's transaction and tenant. `values` are validated, by field name.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from dott.modules.crm.actions.tagging import change_tagged, create_tagged
from dott.modules.crm.models import Customer
from dott.platform.history.actor import Actor
from dott.platform.history.models import Change
from dott.platform.history.tracked import change_record


class CustomerIsTrashed(Exception):
    """The customer lies in the trash; it can only be restored."""


class CustomerIsNotTrashed(Exception):
    """Only a customer in the trash can be restored."""


def create_customer(*, actor: Actor, values: Mapping[str, Any]) -> Customer:
    """Insert a customer, who gets the next account number of the business.

    Raises IntegrityError (409) when another customer in use has the same external_id.
    """
    return create_tagged(Customer(**values), actor=actor)


def update_customer(*, actor: Actor, customer: Customer, values: Mapping[str, Any]) -> Customer:
    """Change some fields; without a difference nothing is written.

    Raises CustomerIsTrashed (409), StaleRecord (412) when somebody else was faster, and IntegrityError
    (409) when another customer in use has the same external_id.
    """
    if customer.deleted_at is not None:
        raise CustomerIsTrashed
    return change_tagged(customer, values, actor=actor)


def trash_customer(*, actor: Actor, customer: Customer) -> Customer:
    """Put the customer into the trash, from where it can be restored for 30 days.

    Raises CustomerIsTrashed (409) and StaleRecord (412).
    """
    if customer.deleted_at is not None:
        raise CustomerIsTrashed
    values = {"deleted_at": timezone.now(), "deleted_by_id": actor.membership_id}
    return change_record(customer, values, actor=actor, operation=Change.Operation.TRASH)


def restore_customer(*, actor: Actor, customer: Customer) -> Customer:
    """Take the customer out of the trash again.

    Raises CustomerIsNotTrashed (409), StaleRecord (412), and IntegrityError (409) when its external_id
    has been given to another customer in the meantime.
    """
    if customer.deleted_at is None:
        raise CustomerIsNotTrashed
    values = {"deleted_at": None, "deleted_by_id": None}
    return change_record(customer, values, actor=actor, operation=Change.Operation.RESTORE)
