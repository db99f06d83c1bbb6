"""Tagging many records at once: all or nothing, one change set, undone as a whole."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.actions.tagging import LINKS, MAX_TAGS
from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, DealFactory, TagFactory
from dott.platform.history.models import ChangeSet

URL = "/api/crm/customers/bulk/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def tags(in_tenant) -> list[str]:
    with in_tenant("alice"):
        return [str(TagFactory(name=name).pk) for name in ("red", "green", "blue")]


@pytest.fixture
def customers(in_tenant, tags) -> list[str]:
    """Three leads, of which the first carries red and the second red and green."""
    red, green, _ = map(UUID, tags)
    carried: list[list[UUID]] = [[red], [red, green], []]
    with in_tenant("alice"):
        made = [CustomerFactory(stage="lead", tags=of) for of in carried]
        links, _ = LINKS[Customer]
        for customer in made:
            for tag in customer.tags:
                links.objects.create(customer=customer, tag_id=tag)
    return [str(customer.pk) for customer in made]


def carried(in_tenant) -> dict[str, tuple[list[str], int]]:
    """Id of a customer → its tags in their order, and its version. The link rows say the same."""
    links, reference = LINKS[Customer]
    with in_tenant("alice"):
        rows = list(Customer.objects.all())
        linked = {(one, tag) for one, tag in links.objects.values_list(f"{reference}_id", "tag_id")}
        assert linked == {(row.pk, tag) for row in rows for tag in row.tags}
        return {str(row.pk): ([str(tag) for tag in row.tags], row.version) for row in rows}


def test_tags_are_put_on_and_taken_off_as_one_change_set(alice, in_tenant, customers, tags, world):
    red, green, blue = tags
    first, second, third = customers
    body = {"action": "tag", "ids": customers, "add": [blue, green], "remove": [red]}
    response = alice.post(URL, body)
    assert response.status_code == 200, response.content
    assert carried(in_tenant) == {
        first: ([blue, green], 2),
        second: ([green, blue], 2),
        third: ([blue, green], 2),
    }
    with in_tenant("alice"):
        (made,) = ChangeSet.objects.filter(id=response.json()["change_set"])
        kept = {str(c.record_id): (c.operation, c.before, c.after) for c in made.changes.all()}
    assert response.json() == {"changed": 3, "unchanged": 0, "change_set": str(made.id)}
    assert made.actor_id == world["alice"].membership_id
    assert kept[second] == ("update", {"tags": [red, green]}, {"tags": [green, blue]})
    assert response.headers["Dott-Change-Set"] == str(made.id)


def test_what_carries_them_already_is_not_written(alice, in_tenant, customers, tags):
    before = carried(in_tenant)
    response = alice.post(URL, {"action": "tag", "ids": customers[:2], "add": [tags[0]]})
    assert response.json() == {"changed": 0, "unchanged": 2, "change_set": None}
    assert carried(in_tenant) == before
    response = alice.post(URL, {"action": "tag", "ids": customers, "add": [tags[0]]})
    assert (response.json()["changed"], response.json()["unchanged"]) == (1, 2)
    assert carried(in_tenant)[customers[2]] == ([tags[0]], 2)


def test_all_that_a_filter_finds_are_tagged(alice, in_tenant, customers, tags):
    red, green, blue = tags
    body = {"action": "tag", "query": {"tag": red}, "expected_count": 2, "add": [blue]}
    assert alice.post(URL, body).json()["changed"] == 2
    found = carried(in_tenant)
    assert [found[one][0] for one in customers] == [[red, blue], [red, green, blue], []]
    body["expected_count"] = 3
    assert alice.post(URL, body).json()["code"] == "selection_moved"


def test_an_undo_takes_it_back_with_its_links(alice, in_tenant, customers, tags, world):
    before = {id_: tags for id_, (tags, _) in carried(in_tenant).items()}
    body = {"action": "tag", "ids": customers, "add": [tags[2]], "remove": [tags[0]]}
    made = alice.post(URL, body).json()["change_set"]
    undone = alice.post(f"/api/changes/{made}/undo/", {})
    assert undone.status_code == 201, undone.content
    assert {id_: tags for id_, (tags, _) in carried(in_tenant).items()} == before


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/add", "required")]),
        ({"add": [], "remove": []}, [("/add", "required")]),
        ({"add": ["red"]}, [("/add/0", "invalid")]),
        ({"add": [str(uuid4())]}, [("/add/0", "does_not_exist")]),
        ({"add": "red"}, [("/add", "not_a_list")]),
        ({"add": ["{red}"], "remove": ["{red}"]}, [("/remove", "added_too")]),
        ({"add": ["{red}"], "values": {"stage": "lead"}}, [("/values", "unexpected")]),
        ({"action": "trash", "remove": ["{red}"]}, [("/remove", "unexpected")]),
    ],
)
def test_what_is_no_change_of_tags_is_refused(alice, in_tenant, customers, tags, body, errors):
    before = carried(in_tenant)
    sent = {"action": "tag", "ids": customers} | {
        name: [tags[0] if one == "{red}" else one for one in value] if isinstance(value, list) else value
        for name, value in body.items()
    }
    response = alice.post(URL, sent)
    assert response.status_code == 400, response.content
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == errors
    assert carried(in_tenant) == before


def test_records_without_room_refuse_for_all(alice, in_tenant, customers, tags):
    with in_tenant("alice"):
        many = [TagFactory(name=f"tag {n}").pk for n in range(MAX_TAGS)]
    full = alice.patch(
        f"/api/crm/customers/{customers[2]}/", {"tags": [str(tag) for tag in many]}, HTTP_IF_MATCH="*"
    )
    assert full.status_code == 200, full.content
    before = carried(in_tenant)
    response = alice.post(URL, {"action": "tag", "ids": customers, "add": [tags[0]]})
    assert (response.status_code, response.json()["refused"]) == (400, 1)
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"], error["record"]) == ("/add", "too_many_tags", customers[2])
    assert carried(in_tenant) == before


def test_records_in_the_trash_refuse(alice, in_tenant, customers, tags):
    alice.delete(f"/api/crm/customers/{customers[0]}/", HTTP_IF_MATCH="*")
    before = carried(in_tenant)
    response = alice.post(URL, {"action": "tag", "ids": customers, "add": [tags[2]]})
    assert (response.status_code, response.json()["code"]) == (409, "in_trash")
    assert carried(in_tenant) == before


def test_another_business_has_no_such_tag(api_as, in_tenant, customers, tags):
    with in_tenant("bob"):
        own = str(CustomerFactory().pk)
    response = api_as("bob").post(URL, {"action": "tag", "ids": [own], "add": [tags[0]]})
    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "does_not_exist")


def test_a_viewer_may_not(api_as, in_tenant, customers, tags):
    before = carried(in_tenant)
    response = api_as("vera").post(URL, {"action": "tag", "ids": customers, "add": [tags[2]]})
    assert response.status_code == 403
    assert carried(in_tenant) == before


@pytest.mark.parametrize(
    ("path", "make"), [("contacts", ContactFactory), ("deals", DealFactory)], ids=["contacts", "deals"]
)
def test_contacts_and_deals_are_tagged_the_same_way(alice, in_tenant, tags, path, make):
    with in_tenant("alice"):
        record = make()
    body = {"action": "tag", "ids": [str(record.pk)], "add": tags[:2]}
    response = alice.post(f"/api/crm/{path}/bulk/", body)
    assert response.json()["changed"] == 1, response.content
    assert alice.get(f"/api/crm/{path}/{record.pk}/").json()["tags"] == tags[:2]
    found = alice.get(f"/api/crm/{path}/", {"tag": tags[1]}).json()["results"]
    assert [row["id"] for row in found] == [str(record.pk)]


def test_many_cost_as_many_round_trips_as_few(alice, in_tenant, tags):
    def trips(count: int) -> int:
        with in_tenant("alice"):
            made = [str(CustomerFactory(business_name=f"Mill {n}").pk) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            response = alice.post(URL, {"action": "tag", "ids": made, "add": tags})
        assert response.json()["changed"] == count, response.content
        return len(queries)

    few = trips(2)
    assert few > 0
    assert trips(20) == few
