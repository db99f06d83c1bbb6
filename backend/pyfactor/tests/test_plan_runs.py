"""A filtered list is planned once only where one index holds its rows in their order."""

from typing import Any

import pytest
from django.http import QueryDict

from dott.modules.crm.api.customers import CustomerViewSet
from dott.platform.api.plans.plan import ListRead, Plan
from dott.platform.tenancy.context import Context, activated
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import Statement
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

PATH = "/api/crm/customers/"


@pytest.fixture
def statements(world: World) -> Any:
    plan, alice = Plan(CustomerViewSet), world["alice"]

    def made(query: str, **seen: Any) -> list[Statement]:
        context = Context(alice.tenant_id, alice.user_id, alice.membership_id, "owner", APP, **seen)
        with activated(context):
            return ListRead(plan, PATH, QueryDict(query)).statements(context)

    return made


@pytest.mark.parametrize(
    "query",
    ["", "ordering=name", "stage=lead", "stage=lead&ordering=created_at", "stage=lead&count=exact"],
)
def test_what_is_read_alike_for_all_values_is_planned_once(statements, query: str) -> None:
    assert all(one.is_prepared for one in statements(query))


@pytest.mark.parametrize(
    "query",
    [
        "status=active",  # no index has its rows in this order
        "stage=lead&ordering=name",
        "stage=lead&status=active",
        "stage__in=lead",
        "stage=lead&trashed=true",  # the index leaves the trash out
        "created_at__gte=2026-01-01T00:00:00Z",
        "q=north",
    ],
)
def test_what_depends_on_the_values_is_planned_for_them(statements, query: str) -> None:
    assert not any(one.is_prepared for one in statements(f"{query}&count=capped"))


def test_whoever_sees_a_part_has_a_plan_of_her_own(statements, world: World) -> None:
    sees = (world["alice"].membership_id,)
    assert not any(one.is_prepared for one in statements("stage=lead", sees=sees))
