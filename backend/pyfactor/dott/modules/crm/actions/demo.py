"""Demo data: forty invented customers in twenty-eight countries, and what is done with them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from dott.modules.crm.actions.demo_activities import load_demo_activities, remove_activities
from dott.modules.crm.actions.demo_contacts import load_demo_contacts, remove_contacts
from dott.modules.crm.actions.demo_deals import deals_going, load_demo_deals
from dott.modules.crm.actions.numbers import reserve_numbers
from dott.modules.crm.models import Customer
from dott.modules.crm.models.customers import CustomerQuerySet
from dott.platform.history.actor import Actor
from dott.platform.history.record import Entry, record
from dott.platform.history.tracked import creation_of, deletion_of

FILE = Path(__file__).parents[1] / "demo" / "customers.csv"
REASON = "Demo data"
# Columns of the file that say yes or nothing.
FLAGS = ("is_tax_exempt", "do_not_email")


class DemoDataAlreadyLoaded(Exception):
    """The business has demo customers already."""


@cache
def demo_rows() -> tuple[dict[str, Any], ...]:
    """The file's lines as field name → value. Phone numbers are fictional where a country has such."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(row | {flag: row[flag] == "yes" for flag in FLAGS} for row in csv.DictReader(file))


def count_demo_customers() -> int:
    """How many demo customers the business has, trashed ones included."""
    return _demo_customers().count()


def load_demo_data(*, actor: Actor) -> int:
    """Insert the demo customers in one change set and return how many.

    A third of them get the actor as owner.
    Raises DemoDataAlreadyLoaded (409) while a single one is still there.
    """
    if _demo_customers().exists():
        raise DemoDataAlreadyLoaded
    rows = demo_rows()
    numbers = reserve_numbers(len(rows))
    customers = [
        Customer(**row, number=number, owner_id=actor.membership_id if index % 3 == 0 else None)
        for index, (row, number) in enumerate(zip(rows, numbers, strict=True))
    ]
    Customer.objects.bulk_create(customers)
    # Read again: bulk_create does not set keys that the database makes.
    made = list(_demo_customers().order_by("number"))
    activities = load_demo_activities(actor=actor, customers=made)
    contacts = load_demo_contacts(made)
    deals = load_demo_deals(actor=actor, customers=made)
    _record([*map(creation_of, made), *contacts, *deals, *activities], actor)
    return len(customers)


def remove_demo_data(*, actor: Actor) -> int:
    """Delete the demo customers for good, changed and trashed ones too; returns how many there were."""
    customers = list(_demo_customers().select_for_update().order_by("id"))
    if customers:
        activities, contacts = remove_activities(customers), remove_contacts(customers)
        deals = deals_going(customers)
        Customer.objects.filter(pk__in=[customer.pk for customer in customers]).delete()
        _record([*activities, *contacts, *deals, *map(deletion_of, customers)], actor)
    return len(customers)


def _demo_customers() -> CustomerQuerySet:
    customers: CustomerQuerySet = Customer.objects.filter(
        external_id__in=[row["external_id"] for row in demo_rows()]
    )
    return customers


def _record(changes: list[Entry], actor: Actor) -> None:
    record(changes=changes, operation_kind="system", reason=REASON, actor_id=actor.membership_id)
