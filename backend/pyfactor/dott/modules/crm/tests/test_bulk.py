"""One action on many contacts or deals: those that are named, or all that the list finds."""

import pytest

from dott.modules.crm.models import Contact, Deal
from dott.modules.crm.tests.factories import ContactFactory, DealFactory

# Path, model, factory, the field that names a record, and what a bulk edit gives them.
CASES = [
    ("contacts", Contact, ContactFactory, "last_name", {"job_title": "Buyer"}),
    ("deals", Deal, DealFactory, "name", {"source": "Fair"}),
]
pytestmark = pytest.mark.parametrize(
    ("path", "model", "make", "named", "values"), CASES, ids=["contacts", "deals"]
)
# The filter's own name of the field that names a record.
SHOWN = {"contacts": "display_name", "deals": "name"}


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def records(in_tenant, make, named):
    """Two mills, and one record that is none."""
    with in_tenant("alice"):
        return [str(make(**{named: name}).pk) for name in ("Old Mill", "New Mill", "Harbour")]


def bulk(client, path, **body):
    return client.post(f"/api/crm/{path}/bulk/", body)


def mills(path: str) -> dict:
    return {"field": SHOWN[path], "op": "contains", "value": "mill"}


def test_all_that_a_filter_finds_are_edited_as_one_change(
    alice, in_tenant, records, path, model, make, named, values
):
    asked = {"action": "edit", "filter": mills(path), "values": values}
    response = bulk(alice, path, **asked, expected_count=2)
    assert (response.status_code, response.json()["changed"]) == (200, 2), response.content
    with in_tenant("alice"):
        assert {str(pk) for pk in model.objects.filter(**values).values_list("pk", flat=True)} == set(
            records[:2]
        )
    assert alice.post(f"/api/changes/{response.json()['change_set']}/undo/").status_code == 201
    with in_tenant("alice"):
        assert not model.objects.filter(**values).exists()


def test_what_is_searched_for_is_trashed_and_restored(
    alice, in_tenant, records, path, model, make, named, values
):
    asked = {"action": "trash", "query": {"q": "mill"}, "expected_count": 2}
    assert bulk(alice, path, **asked).json()["changed"] == 2
    with in_tenant("alice"):
        assert model.objects.filter(deleted_at=None).count() == 1
    back = bulk(alice, path, action="restore", ids=records[:2])
    assert (back.status_code, back.json()["changed"]) == (200, 2)


def test_a_list_that_has_moved_is_left_alone(alice, in_tenant, records, path, model, make, named, values):
    response = bulk(alice, path, action="trash", filter=mills(path), expected_count=3)
    assert (response.status_code, response.json()["code"]) == (409, "selection_moved")
    assert response.json()["count"] == 2
    with in_tenant("alice"):
        assert not model.objects.exclude(deleted_at=None).exists()


def test_a_viewer_changes_nothing(api_as, in_tenant, records, path, model, make, named, values):
    assert bulk(api_as("vera"), path, action="trash", ids=records).status_code == 403
    with in_tenant("alice"):
        assert model.objects.filter(deleted_at=None).count() == 3


def test_only_what_has_an_owner_is_assigned(
    alice, in_tenant, world, records, path, model, make, named, values
):
    mia = str(world["mia"].membership_id)
    response = bulk(alice, path, action="assign", ids=records, to=mia)
    if path == "contacts":
        assert response.status_code == 400
        return
    assert response.json()["changed"] == 3
    with in_tenant("alice"):
        assert model.objects.filter(owner=mia).count() == 3
