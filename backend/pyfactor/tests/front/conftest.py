"""Both applications for one session, and records that differ in all that is shown."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory, CustomFieldFactory
from dott.platform.api.plans import native
from tests.front.filters import OWN
from tests.front.support import LIST, Both, the_loop
from tests.front.twins import Twins


@pytest.fixture(autouse=True)
def lanes_end_with_their_test() -> Iterator[None]:
    """Other tests copy the database, which nobody may use then."""
    yield
    the_loop().lanes.close()
    assert the_loop().errors == []


@pytest.fixture
def both(world) -> Both:
    return Both(world["alice"].token)


@pytest.fixture(params=["compiled", "python"])
def way(request, monkeypatch) -> str:
    """How rows become JSON: both ways have to show the same."""
    if request.param == "python":
        monkeypatch.setattr(native, "_library", lambda: None)
    else:
        assert native._library(), "rows.c is not built: ./dott test backend does that, with a C compiler"
    return str(request.param)


TEXTS = ("Zoë's \u2028 Café", 'quote " and \\ back', "Ελλάδα", "é\u0301", "<script>&", "\x7f tab\t", "🎂", "")


@pytest.fixture
def customers(in_tenant) -> list[str]:
    """Rows that differ in every column that is shown; two of them in the trash."""
    with in_tenant("alice") as context:
        made = []
        for number in range(24):
            text = TEXTS[number % len(TEXTS)]
            made.append(
                CustomerFactory.create(
                    kind="business" if number % 3 else "person",
                    business_name=f"Firma {text}{number}" if number % 3 else "",
                    last_name=f"Last {text}",
                    notes=text,
                    stage=("lead", "prospect", "customer")[number % 3],
                    status=("active", "blocked")[number % 2],
                    owner_id=context.membership_id if number % 2 else None,
                    billing_city=("Köln", "Malmö", "")[number % 3],
                    billing_country=("DE", "SE", "")[number % 3],
                    industry=("Food", "")[number % 2],
                    is_tax_exempt=number % 2 == 0,
                    tax_exempt_expires_on=date(2031, 1, number + 1) if number % 2 == 0 else None,
                    last_activity_at=datetime(2026, 5, 1, 12, 0, 0, number * 1000, UTC)
                    if number % 4
                    else None,
                )
            )
        Customer.objects.filter(id__in=[made[3].id, made[4].id]).update(deleted_at=datetime.now(UTC))
    return [str(customer.id) for customer in made]


@pytest.fixture
def own(in_tenant, customers) -> list[str]:
    """The customers with values of their business's own fields; each is missing in some."""
    options = [{"id": "opt_a", "label": "A"}, {"id": "opt_b", "label": "B"}]
    with in_tenant("alice"):
        for key, type_, _ in OWN:
            made = options if "select" in type_ else []
            CustomFieldFactory.create(key=key, label=key, type=type_, options=made)
        for place, id_ in enumerate(customers):
            values = {
                key: listed[place % len(listed)]
                for n, (key, _, listed) in enumerate(OWN)
                if (place // 3 + n) % 3
            }
            Customer.objects.filter(id=id_).update(custom=values)
    return customers


@pytest.fixture
def twins(world, in_tenant, monkeypatch) -> Twins:
    return Twins(world, in_tenant, monkeypatch)


@pytest.fixture
def pair(in_tenant) -> Callable[..., tuple[str, str]]:
    """The addresses of two customers who are alike."""

    def make(keeper: str = "alice", **values: Any) -> tuple[str, str]:
        with in_tenant(keeper):
            made = [CustomerFactory.create(**{"business_name": "Mill", **values}) for _ in range(2)]
        return f"{LIST}{made[0].pk}/", f"{LIST}{made[1].pk}/"

    return make
