"""What the tests of moving share: a business with something of everything in it, and its file."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

from dott.platform.history.tracked import change_record, create_record
from dott.platform.portability.entities import entities
from dott.platform.portability.take_out import take_out
from dott.platform.tenancy.context import Context, current
from tests.factories import factory_for

InTenant = Callable[[str], AbstractContextManager[Context]]


def fill() -> None:
    """One row of every table, a record with a history, and a second page of customers."""
    for entity in entities():
        if not entity.label.startswith("history."):
            factory_for(entity.model).create()
    customers = next(entity.model for entity in entities() if entity.label == "crm.customer")
    alice = Context(current().tenant_id, current().user_id, current().membership_id, "owner", "default")
    made = create_record(customers(business_name="Zoë & Søn “quoted” \\ 漢字"), actor=alice)
    change_record(made, {"owner_id": alice.membership_id, "notes": "line\nbreak\ttab"}, actor=alice)
    factory_for(customers).create_batch(3)


def exported(in_tenant: InTenant, name: str) -> bytes:
    """The file of the business that somebody works in, as the command writes it."""
    stream = io.BytesIO()
    with in_tenant(name):
        take_out(stream)
    return stream.getvalue()
