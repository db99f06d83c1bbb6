"""What a request costs in round trips: the same for one row and for fifty (architecture.md).

Every resource of the URL map is measured, without anyone listing it. `uuid`-addressed and paged
viewsets are resources; what else there is has its own tests.
"""

from typing import Any
from uuid import UUID

import factory
import pytest
from django.db import connections
from django.db.models import Model

from dott.platform.api.viewsets import ReadOnlyTenantViewSet, TenantModelViewSet
from tests.attacks.inventory import Operation, operations
from tests.factories import factory_for, reference
from tests.round_trips import counted_round_trips

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# BEGIN and the proof of the tenant travel together; then the count, the page, COMMIT.
LIST, LIST_WITH_COUNT, DETAIL = 3, 4, 3
# Parts have to find their whole first.
WHOLE = 1
# The row with its history.
CREATE = 3
# What a resource asks or writes besides: its place in a list, the top of its column, what was set up.
MORE = {
    # Its place among ten; its secret; and it hears of itself.
    "webhook-endpoint-list": 5,
    # Which fields the business has added: one may be required.
    "customer-list": 1,
    "contact-list": 1,
    # How many fields there are; its position.
    "custom-field-list": 2,
    # The times of the records it is about: locked, worked out.
    "activity-list": 2,
    # Whether there is a pipeline; its position; its stages, read again. Here and below the history tells of
    # several records, so it comes after them.
    "pipeline-list": 5,
    "stage-list": 2,
    "lost-reason-list": 2,
    "customer-contact-list": 1,
    "saved-view-list": 1,
    # The top of the column; the stage event; the name of the owner, who is the actor; the added fields.
    "deal-list": 4,
}
# Which fields there are is asked for together with the proof of the tenant, before Django.
AHEAD = dict.fromkeys(("customer-list", "contact-list", "deal-list"), 1)
# Claim the key and look for an answer; keep the answer. Before Django these travel with BEGIN and COMMIT.
IDEMPOTENCY = 2
ROWS = (1, 50)


def resources(action: str, bases: type = ReadOnlyTenantViewSet, *, nested: bool = False) -> list[Operation]:
    found = [
        operation
        for operation in operations()
        if operation.action == action
        and issubclass(operation.view, bases)
        and (action != "list" or operation.names_record == nested)
    ]
    assert found
    return found


def measured(client, url: str, **headers: str) -> tuple[int, object, object]:
    """The second request of two: the first one opens connections and fills caches of the process."""
    client.get(url, **headers)
    with counted_round_trips() as cost:
        response = client.get(url, **headers)
    return cost.total, cost, response


@pytest.mark.parametrize("operation", resources("list"), ids=str)
@pytest.mark.parametrize(
    ("query", "budget"), [("", LIST), ("&count=exact", LIST_WITH_COUNT), ("&count=capped", LIST_WITH_COUNT)]
)
@pytest.mark.parametrize("rows", ROWS)
def test_a_list(world, api_as, in_tenant, operation: Operation, query: str, budget: int, rows: int) -> None:
    with in_tenant("alice"):
        factory_for(operation.view.queryset.model).create_batch(rows)
    total, cost, response = measured(api_as("alice"), f"{operation.url()}?limit=50{query}")
    assert len(response.json()["results"]) == rows
    assert total == budget, cost


@pytest.mark.parametrize("operation", resources("list", nested=True), ids=str)
@pytest.mark.parametrize("rows", ROWS)
def test_a_list_of_parts(world, api_as, in_tenant, operation: Operation, rows: int) -> None:
    part, whole = operation.view.queryset.model, operation.model()
    with in_tenant("alice"):
        owner = factory_for(whole).create()
        factory_for(part).create_batch(rows, **{reference(part, whole): owner})
    total, cost, response = measured(api_as("alice"), f"{operation.url(owner.pk)}?limit=50")
    assert len(response.json()["results"]) == rows
    assert total == LIST + WHOLE, cost


@pytest.mark.parametrize("operation", resources("retrieve"), ids=str)
def test_a_detail(world, api_as, in_tenant, operation: Operation) -> None:
    with in_tenant("alice"):
        record = factory_for(operation.view.queryset.model).create()
    url = operation.url(record.pk)
    total, cost, response = measured(api_as("alice"), url)
    assert response.status_code == 200
    assert total == DETAIL, cost
    assert measured(api_as("alice"), url, HTTP_IF_NONE_MATCH=response["ETag"])[0] == DETAIL


# A form with a file in it is another kind of request.
FORMS = {"attachment-list"}
# Their answers hold a secret and are kept for nobody.
SECRETS = {"webhook-endpoint-list"}
# They have their own way of making one.
LEFT_TO_DJANGO = {"saved-view-list"}


@pytest.mark.parametrize(
    "operation",
    [found for found in resources("create", TenantModelViewSet) if found.route not in FORMS],
    ids=str,
)
def test_a_create(world, api_as, in_tenant, operation: Operation) -> None:
    client = api_as("alice")
    with in_tenant("alice"):
        bodies = bodies_of(operation, 4)
    client.post(operation.url(), bodies[0])
    with counted_round_trips() as cost:
        response = client.post(operation.url(), bodies[1])
    assert response.status_code == 201, response.content
    # Each reference is looked up.
    references = sum(isinstance(value, UUID) for value in bodies[1].values())
    budget = CREATE + references + MORE.get(operation.route, 0)
    before_django = budget - AHEAD.get(operation.route, 0)
    assert cost.total == before_django, cost
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}
    with counted_round_trips() as cost:
        assert client.post(operation.url(), bodies[2], **key).status_code == 201
    assert cost.total == before_django + (IDEMPOTENCY if operation.route in LEFT_TO_DJANGO else 0), cost
    through_django = {"HTTP_IDEMPOTENCY_KEY": "twice", "HTTP_ACCEPT": "text/html, application/json"}
    with counted_round_trips() as cost:
        assert client.post(operation.url(), bodies[3], **through_django).status_code == 201
    assert cost.total == budget + (0 if operation.route in SECRETS else IDEMPOTENCY), cost


def bodies_of(operation: Operation, count: int) -> list[dict[str, Any]]:
    """What the resource's factory fills in, as the API takes it: references by id, to records there are."""
    model = operation.view.queryset.model
    declared = factory_for(model)
    # Others for each body: a pair of references may be unique.
    there = {
        name: factory.Iterator(
            factory_for(model._meta.get_field(name).related_model).create_batch(count), cycle=False
        )
        for name, declaration in declared._meta.declarations.items()
        if isinstance(declaration, factory.SubFactory)
    }
    fields = operation.view.serializer_class().fields
    return [
        {
            name: value.pk if isinstance(value, Model) else value
            for name, value in values.items()
            if name in fields and not fields[name].read_only
        }
        for values in factory.build_batch(dict, count, FACTORY_CLASS=declared, **there)
    ]


def test_the_counter_counts(world, api_as) -> None:
    """A view that asks once more is noticed, and so is one that asks nothing."""
    client = api_as("alice")
    client.get("/api/crm/customers/")
    with counted_round_trips() as cost:
        client.get("/api/crm/customers/")
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    assert cost.total == LIST + 1
    with counted_round_trips() as cost:
        client.get("/health/live/")
    assert cost.trips == {"default": 0, "auth": 0}
