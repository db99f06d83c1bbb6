"""Favourites: Mia is a member, Vera looks on; each has her own."""

import pytest

from dott.modules.crm.models import Favourite
from dott.modules.crm.tests.factories import (
    ContactFactory,
    CustomerFactory,
    DealFactory,
    SavedViewFactory,
)

URL = "/api/crm/favourites/"


@pytest.fixture
def mia(api_as):
    return api_as("mia")


@pytest.fixture
def records(in_tenant):
    """Kind → (id, name) of one record of each."""
    with in_tenant("mia"):
        contact = ContactFactory.create(first_name="Ida", last_name="Falk")
        customer = CustomerFactory.create(business_name="Falk & Söhne")
        deal = DealFactory.create(name="Ovens", customer=customer)
        view = SavedViewFactory.create(name="My leads")
        return {
            "contact": (str(contact.pk), "Ida Falk"),
            "customer": (str(customer.pk), "Falk & Söhne"),
            "deal": (str(deal.pk), "Ovens"),
            "view": (str(view.pk), "My leads"),
        }


def star(client, **record) -> dict:
    response = client.post(URL, record)
    assert response.status_code == 201, response.content
    return response.json()


def shown(client) -> list[tuple[str, str]]:
    """(kind, name) of each, in the order of the sidebar."""
    rows = client.get(URL).json()["results"]
    return [
        (kind, row["name"]) for row in rows for kind in ("contact", "customer", "deal", "view") if row[kind]
    ]


def test_one_of_each_kind_is_listed_under_its_name_in_the_order_of_starring(mia, records):
    for kind in ("deal", "view", "contact", "customer"):
        assert star(mia, **{kind: records[kind][0]})["name"] == records[kind][1]
    assert shown(mia) == [(kind, records[kind][1]) for kind in ("deal", "view", "contact", "customer")]
    row = mia.get(f"{URL}?view={records['view'][0]}").json()["results"][0]
    assert (row["view"], row["view_entity"]) == (records["view"][0], "customer")


def test_a_star_set_twice_is_one(mia, records, in_tenant):
    first, second = (star(mia, customer=records["customer"][0]) for _ in range(2))
    assert first == second
    with in_tenant("mia"):
        assert Favourite.objects.count() == 1


def test_each_member_has_her_own_and_a_viewer_too(mia, api_as, records):
    hers = star(mia, customer=records["customer"][0])
    vera = api_as("vera")
    assert shown(vera) == []
    assert vera.delete(f"{URL}{hers['id']}/").status_code == 404
    star(vera, contact=records["contact"][0])
    assert shown(mia) == [("customer", "Falk & Söhne")]
    assert shown(vera) == [("contact", "Ida Falk")]


def test_the_star_is_taken_away_and_the_record_stays(mia, records):
    made = star(mia, deal=records["deal"][0])
    assert mia.delete(f"{URL}{made['id']}/").status_code == 204
    assert shown(mia) == []
    assert mia.delete(f"{URL}{made['id']}/").status_code == 404
    assert mia.get(f"/api/crm/deals/{records['deal'][0]}/").status_code == 200


def test_what_lies_in_the_trash_is_away_until_it_is_restored(mia, records):
    star(mia, customer=records["customer"][0])
    address = f"/api/crm/customers/{records['customer'][0]}/"
    assert mia.delete(address, headers={"If-Match": "*"}).status_code == 204
    assert shown(mia) == []
    assert mia.post(f"{address}restore/").status_code == 200
    assert shown(mia) == [("customer", "Falk & Söhne")]


def test_anothers_private_view_is_refused_and_one_that_becomes_private_goes(mia, api_as, records):
    alice = api_as("alice")
    assert alice.post(URL, {"view": records["view"][0]}).json()["errors"][0]["code"] == "does_not_exist"
    address = f"/api/crm/views/{records['view'][0]}/"
    assert mia.patch(address, {"visibility": "shared"}, headers={"If-Match": "*"}).status_code == 200
    star(alice, view=records["view"][0])
    assert mia.patch(address, {"visibility": "private"}, headers={"If-Match": "*"}).status_code == 200
    assert shown(alice) == []


@pytest.mark.parametrize("kinds", [(), ("customer", "deal")])
def test_it_is_of_one_record(mia, records, kinds):
    answer = mia.post(URL, {kind: records[kind][0] for kind in kinds})
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert {error["code"] for error in errors} == {"favourite_of_one_record"}
    named = kinds or ("customer", "contact", "deal", "view")
    assert {error["pointer"] for error in errors} == {f"/{kind}" for kind in named}
    assert shown(mia) == []
