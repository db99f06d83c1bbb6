"""Which writes are handed to their viewset before Django: none that does a part of it in its own way."""

import pytest

from dott.modules.crm.api.customers import CustomerViewSet
from dott.platform.api.plans import plain
from dott.platform.api.plans.plain import is_plain
from dott.platform.identity.fresh import SENSITIVE


def test_a_resource_that_only_declares_is_plain() -> None:
    own = type("Own", (CustomerViewSet,), {"create_record": lambda *_: None})
    assert is_plain(CustomerViewSet, "customer-list", "POST")
    assert is_plain(own, "customer-list", "POST")


# What the front does in a viewset's place, or has it do.
DONE = {
    "create", "partial_update", "get_locked", "shown", "get_queryset", "get_serializer", "permission_classes",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({*plain._AROUND, *DONE}))
def test_whoever_does_a_part_in_its_own_way_is_not(name: str) -> None:
    own = type(
        "Own", (CustomerViewSet,), {name: ["another"] if name.endswith("classes") else lambda *_: None}
    )
    assert not is_plain(own, "customer-list", "POST")


def test_what_asks_for_a_fresh_proof_is_not() -> None:
    route, methods = next(iter(SENSITIVE.items()))
    assert not is_plain(CustomerViewSet, route, next(iter(methods)))
