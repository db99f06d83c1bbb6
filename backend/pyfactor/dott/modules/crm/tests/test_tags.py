"""Tags: names, what carries them, removing and merging them, and that the link rows follow."""

from uuid import UUID, uuid4

import pytest

from dott.modules.crm.actions.tagging import LINKS, MAX_TAGS
from dott.modules.crm.models import Customer, Deal, Tag
from dott.modules.crm.tests.factories import ContactFactory, DealFactory, TagFactory
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.undo import undo

URL = "/api/crm/tags/"
CUSTOMERS = "/api/crm/customers/"


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def tags(in_tenant):
    with in_tenant("alice"):
        return [TagFactory(name=name) for name in ("red", "green", "blue")]


def ids(tags) -> list[str]:
    return [str(tag.pk) for tag in tags]


def tagged(alice, *tags, path: str = CUSTOMERS, **body) -> UUID:
    body = body or {"business_name": "Mill"}
    response = alice.post(path, {**body, "tags": ids(tags)})
    assert response.status_code == 201, response.content
    assert response.json()["tags"] == ids(tags)
    return UUID(response.json()["id"])


def assert_links_follow() -> None:
    for model, (links, reference) in LINKS.items():
        held = {(row.pk, tag) for row in model.objects.all() for tag in row.tags}
        linked = set(links.objects.values_list(f"{reference}_id", "tag_id"))
        assert held == linked, model


def test_a_name_is_taken_whatever_its_case_and_accents(alice):
    first = alice.post(URL, {"name": " Café ", "colour": "teal"})
    assert (first.status_code, first.json()["name"], first.json()["colour"]) == (201, "Café", "teal")
    for name in ("cafe", "CAFÉ", "Cafe\u0301"):
        again = alice.post(URL, {"name": name})
        assert (again.status_code, again.json()["code"]) == (409, "tag_name_is_unique"), name
    other = alice.post(URL, {"name": "Bar"}).json()
    renamed = alice.patch(f"{URL}{other['id']}/", {"name": "CAFE"}, HTTP_IF_MATCH="*")
    assert renamed.status_code == 409
    own = alice.patch(f"{URL}{first.json()['id']}/", {"name": "CAFE"}, HTTP_IF_MATCH="*")
    assert (own.status_code, own.json()["name"]) == (200, "CAFE")


def test_a_record_shows_its_tags_in_the_order_they_were_put_on(alice, in_tenant, tags):
    red, green, blue = tags
    pk = tagged(alice, green, red)
    response = alice.patch(f"{CUSTOMERS}{pk}/", {"tags": ids([green, blue])}, HTTP_IF_MATCH='"1"')
    assert (response.json()["tags"], response["ETag"]) == (ids([green, blue]), '"2"')
    (row,) = alice.get(CUSTOMERS).json()["results"]
    assert row["tags"] == ids([green, blue])
    with in_tenant("alice"):
        assert_links_follow()
        change = Change.objects.get(operation="update")
        assert (change.before, change.after) == (
            {"tags": ids([green, red])},
            {"tags": ids([green, blue])},
        )


def test_put_without_tags_takes_them_off(alice, in_tenant, tags):
    pk = tagged(alice, *tags)
    response = alice.put(f"{CUSTOMERS}{pk}/", {"business_name": "Mill"}, HTTP_IF_MATCH="*")
    assert response.json()["tags"] == []
    with in_tenant("alice"):
        assert_links_follow()


@pytest.mark.parametrize(
    ("value", "errors"),
    [
        ("red", {("/tags", "not_a_list")}),
        (["red"], {("/tags/0", "invalid")}),
        ([None], {("/tags/0", "invalid")}),
        ([str(uuid4())], {("/tags/0", "does_not_exist")}),
        ([str(uuid4())] * (MAX_TAGS + 1), {("/tags", "too_many")}),
    ],
    ids=str,
)
def test_what_is_no_tag_is_refused(alice, in_tenant, value, errors):
    response = alice.post(CUSTOMERS, {"business_name": "Mill", "tags": value})
    assert response.status_code == 400
    assert {(error["pointer"], error["code"]) for error in response.json()["errors"]} == errors
    with in_tenant("alice"):
        assert not Customer.objects.exists()


def test_customers_are_found_by_tag(alice, tags):
    red, green, _ = tags
    both, one = tagged(alice, red, green), tagged(alice, red)
    tagged(alice, business_name="Untagged")
    found = alice.get(CUSTOMERS, {"tag": red.pk, "count": "exact"}).json()
    assert ({row["id"] for row in found["results"]}, found["count"]) == ({str(both), str(one)}, 2)
    found = alice.get(CUSTOMERS, {"tag__in": ",".join(ids([green, red]))}).json()
    assert len(found["results"]) == 2
    assert [row["id"] for row in alice.get(CUSTOMERS, {"tag": green.pk}).json()["results"]] == [str(both)]


def test_uses_count_what_the_lists_show(alice, in_tenant, tags):
    red, green, _ = tags
    tagged(alice, red, green)
    gone = tagged(alice, red)
    tagged(alice, red, path="/api/crm/contacts/", last_name="Ada")
    alice.delete(f"{CUSTOMERS}{gone}/", HTTP_IF_MATCH="*")
    uses = {row["tag"]: row for row in alice.get(f"{URL}uses/").json()}
    assert uses == {
        str(red.pk): {"tag": str(red.pk), "customers": 1, "contacts": 1, "deals": 0},
        str(green.pk): {"tag": str(green.pk), "customers": 1, "contacts": 0, "deals": 0},
    }


def test_a_removed_tag_is_on_nothing_any_more(alice, in_tenant, tags):
    red, green, _ = tags
    first, second = tagged(alice, red, green), tagged(alice, red)
    untouched = tagged(alice, green)
    with in_tenant("alice"):
        before = ChangeSet.objects.count()
    assert alice.delete(f"{URL}{red.pk}/", HTTP_IF_MATCH='"1"').status_code == 204
    with in_tenant("alice"):
        assert_links_follow()
        rows = {row.pk: (row.tags, row.version) for row in Customer.objects.all()}
        assert rows == {first: ([green.pk], 2), second: ([], 2), untouched: ([green.pk], 1)}
        assert ChangeSet.objects.count() == before + 1
        last = ChangeSet.objects.order_by("-id")[0]
        told = {change.record_id: (change.before, change.after) for change in last.changes.all()}
        assert told.keys() == {red.pk, first, second}
        assert told[first] == ({"tags": ids([red, green])}, {"tags": ids([green])})


def test_merged_tags_become_one_on_every_kind_of_record(alice, in_tenant, tags):
    red, green, blue = tags
    both, loser_only = tagged(alice, red, blue, green), tagged(alice, green)
    contact = tagged(alice, blue, path="/api/crm/contacts/", last_name="Ada")
    with in_tenant("alice"):
        deal = DealFactory(tags=[blue.pk])
        LINKS[Deal][0].objects.create(deal=deal, tag=blue)
    response = alice.post(f"{URL}{red.pk}/merge/", {"tags": ids([green, blue])})
    assert (response.status_code, response.json()["name"]) == (200, "red")
    with in_tenant("alice"):
        assert_links_follow()
        assert [tag.pk for tag in Tag.objects.all()] == [red.pk]
        for model, pk in ((Customer, both), (Customer, loser_only), (ContactFactory._meta.model, contact)):
            assert model.objects.get(pk=pk).tags == [red.pk]
        deal.refresh_from_db()
        assert (deal.tags, deal.version) == ([red.pk], 2)
        last = ChangeSet.objects.order_by("-id")[0]
        assert (last.changes.count(), last.reason) == (6, "Merged into red")


def test_a_tag_is_not_merged_into_itself(alice, tags):
    red = tags[0]
    response = alice.post(f"{URL}{red.pk}/merge/", {"tags": ids(tags)})
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        ("/tags", "same_tag")
    ]


def test_an_undone_removal_puts_the_tag_back_on_everything(alice, in_tenant, tags):
    red, green, _ = tags
    both, one = tagged(alice, green, red), tagged(alice, red)
    assert alice.delete(f"{URL}{red.pk}/", HTTP_IF_MATCH="*").status_code == 204
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.order_by("-id")[0], actor=context)
        assert_links_follow()
        assert Tag.objects.get(pk=red.pk).name == "red"
        held = {row.pk: row.tags for row in Customer.objects.all()}
        assert held == {both: [green.pk, red.pk], one: [red.pk]}


def test_an_undone_edit_takes_its_tags_along(alice, in_tenant, tags):
    red, green, _ = tags
    pk = tagged(alice, red)
    alice.patch(f"{CUSTOMERS}{pk}/", {"tags": ids([green])}, HTTP_IF_MATCH="*")
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.order_by("-id")[0], actor=context)
        assert Customer.objects.get().tags == [red.pk]
        assert_links_follow()
        undo(change_set=ChangeSet.objects.order_by("id")[0], actor=context)
        assert not Customer.objects.exists()
        assert_links_follow()
