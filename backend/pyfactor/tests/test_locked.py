"""A record that is locked for a change is the one that Django's own query set reads."""

from typing import Any

import pytest
from rest_framework.viewsets import GenericViewSet

from dott.platform.api.locked import RecordQuery
from dott.platform.api.viewsets import TenantModelViewSet
from tests.attacks.inventory import operations
from tests.factories import factory_for

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

VIEWS = sorted(
    {
        operation.view
        for operation in operations()
        if isinstance(operation.view, type)
        and issubclass(operation.view, TenantModelViewSet)
        and operation.view.get_queryset is GenericViewSet.get_queryset
    },
    key=lambda view: view.__name__,
)


def known(record: Any) -> dict[str, Any]:
    """What the instance holds, with what its references hold."""
    held = {name: value for name, value in vars(record).items() if name != "_state"}
    cached = {name: other and known(other) for name, other in record._state.fields_cache.items()}
    return {**held, "references": cached, "is_new": record._state.adding, "alias": record._state.db}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_it_is_the_query_sets_own(world, in_tenant, view) -> None:
    with in_tenant("alice"):
        made = factory_for(view.queryset.model).create().pk
        queryset = view.queryset.select_for_update(of=("self",))
        query = RecordQuery(queryset)
        assert known(query.fetch(made)) == known(queryset.filter(pk=made).first())
    # Written for nobody: the same SQL serves whoever comes next, and finds what is hers.
    with in_tenant("bob"):
        assert query.fetch(made) is None


def test_most_resources_are_read_so() -> None:
    assert {"CustomerViewSet", "ContactViewSet", "DealViewSet"} <= {view.__name__ for view in VIEWS}
