"""Saved views: Alice owns the business, Ada is an admin if there is one, Mia is a member, Vera looks on."""

import pytest

from dott.modules.crm.models import SavedView
from dott.platform.history.models import ChangeSet

URL = "/api/crm/views/"
LEADS = {"field": "stage", "op": "is", "value": "lead"}
BODY = {
    "entity": "customer",
    "name": "My leads",
    "filter": {"and": [LEADS, {"field": "owner", "op": "is", "value": "me"}]},
    "search": "köln",
    "sort": "-created_at,name",
    "columns": [{"id": "name", "width": 260}, {"id": "stage", "width": None}],
    "density": "compact",
}


@pytest.fixture
def mia(api_as):
    return api_as("mia")


def made(client, **values) -> dict:
    response = client.post(URL, BODY | values)
    assert response.status_code == 201, response.content
    return response.json()


def names(client) -> list[str]:
    return [row["name"] for row in client.get(f"{URL}?entity=customer").json()["results"]]


def change(client, view: dict, **values):
    return client.patch(f"{URL}{view['id']}/", values, headers={"If-Match": "*"})


def test_a_view_keeps_what_it_was_given(mia, world):
    view = made(mia)
    assert view | BODY == view
    assert (view["visibility"], view["layout"], view["is_default"]) == ("private", "list", False)
    assert view["created_by"] == str(world["mia"].membership_id)
    assert mia.get(f"{URL}{view['id']}/").json() == view


def test_a_private_view_is_nobody_elses_not_even_the_owners(mia, api_as, in_tenant):
    view = made(mia)
    for name in ("alice", "vera"):
        stranger = api_as(name)
        assert names(stranger) == []
        assert stranger.get(f"{URL}{view['id']}/").status_code == 404
    for answer in (change(api_as("alice"), view, name="x"),
                   api_as("alice").delete(f"{URL}{view['id']}/", headers={"If-Match": "*"})):  # fmt: skip
        assert answer.status_code == 404
    assert names(mia) == ["My leads"]
    assert SavedView.history_is_personal


def test_a_shared_view_is_everybodys_to_look_at(mia, api_as):
    view = made(mia, visibility="shared")
    assert names(api_as("alice")) == names(api_as("vera")) == ["My leads"]
    assert change(api_as("vera"), view, name="x").status_code == 403
    # An admin may change it, and not take it away from the others for himself.
    assert change(api_as("alice"), view, name="Leads").status_code == 200
    assert change(api_as("alice"), view, visibility="private").status_code == 403
    assert change(mia, view, visibility="private").status_code == 200
    assert names(api_as("alice")) == []


def test_a_member_does_not_change_anothers_shared_view(mia, api_as):
    view = made(api_as("alice"), visibility="shared")
    before = mia.get(f"{URL}{view['id']}/").json()
    assert change(mia, view, name="x").status_code == 403
    assert mia.delete(f"{URL}{view['id']}/", headers={"If-Match": "*"}).status_code == 403
    assert mia.get(f"{URL}{view['id']}/").json() == before


def test_one_default_takes_the_place_of_the_other_in_one_change_set(mia, in_tenant):
    first = made(mia, is_default=True)
    second = made(mia, name="Second", is_default=True)
    assert [mia.get(f"{URL}{view['id']}/").json()["is_default"] for view in (first, second)] == [False, True]
    with in_tenant("mia"):
        latest = ChangeSet.objects.latest("created_at", "id")
        assert latest.changes.count() == 2
    assert change(mia, first, is_default=True).json()["is_default"]
    assert not mia.get(f"{URL}{second['id']}/").json()["is_default"]


def test_each_member_has_a_default_and_the_business_one(mia, api_as):
    own = made(mia, is_default=True)
    alices = made(api_as("alice"), is_default=True)
    shared = made(api_as("alice"), name="All", is_default=True, visibility="shared")
    for client, view in ((mia, own), (api_as("alice"), alices), (mia, shared)):
        assert client.get(f"{URL}{view['id']}/").json()["is_default"]


def test_the_default_of_everybody_is_for_an_admin_to_say(mia, api_as):
    assert mia.post(URL, BODY | {"visibility": "shared", "is_default": True}).status_code == 403
    shared = made(mia, visibility="shared")
    assert change(mia, shared, is_default=True).status_code == 403
    own = made(mia, is_default=True)
    assert change(mia, own, visibility="shared").status_code == 403
    assert change(api_as("alice"), shared, is_default=True).status_code == 200
    assert change(mia, shared, name="Renamed").status_code == 200


def test_views_are_in_their_order(mia):
    for name, position in (("c", 3), ("a", 1), ("b", 2)):
        made(mia, name=name, position=position)
    assert names(mia) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": "x" * 81}, "/name", "max_length"),
        ({"entity": "invoice"}, "/entity", "invalid_choice"),
        ({"layout": "map"}, "/layout", "invalid_choice"),
        ({"visibility": "public"}, "/visibility", "invalid_choice"),
        ({"filter": {"and": [LEADS, {"field": "x", "op": "is"}]}}, "/filter/and/1/field", "unknown_field"),
        ({"filter": "{"}, "/filter", "not_an_object"),
        ({"filter": []}, "/filter", "not_an_object"),
        ({"sort": "-notes"}, "/sort", "unknown_ordering"),
        ({"columns": "name"}, "/columns", "not_a_list"),
        ({"columns": [{"id": "a"}, {"id": "a"}]}, "/columns", "repeated_column"),
        ({"columns": [{"id": "A b"}]}, "/columns/0/id", "invalid"),
        ({"columns": [{"id": "a", "width": 5}]}, "/columns/0/width", "min_value"),
        ({"columns": [{"id": "a", "x": 5}]}, "/columns/0/x", "unknown_field"),
    ],
)
def test_what_no_list_could_show_is_refused(mia, values, pointer, code):
    response = mia.post(URL, BODY | values)
    assert response.status_code == 400, response.content
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [(pointer, code)]
    assert names(mia) == []


def test_views_have_a_column_called_filter_and_are_filtered_by_none(mia):
    refused = mia.get(URL, {"filter": '{"field": "filter", "op": "empty"}'})
    assert refused.status_code == 400
    assert [error["parameter"] for error in refused.json()["errors"]] == ["filter"]
    made(mia)
    answer = mia.get(URL, {"filter": '{"field": "entity", "op": "is", "value": "customer"}'})
    assert answer.status_code == 200, answer.json()
    assert len(answer.json()["results"]) == 1


def test_a_view_stays_of_what_it_was_made_for(mia, monkeypatch):
    view = made(mia)
    response = change(mia, view, filter={"field": "nothing", "op": "empty"})
    assert [e["pointer"] for e in response.json()["errors"]] == ["/filter/field"]
    assert mia.get(f"{URL}{view['id']}/").json() == view


def test_a_view_of_contacts_is_judged_by_their_list(mia):
    body = {
        "entity": "contact",
        "name": "Mine",
        "filter": {"field": "created_by", "op": "is", "value": "me"},
        "sort": "email",
    }
    view = mia.post(URL, body)
    assert view.status_code == 201, view.content
    assert names(mia) == []
    found = mia.get(f"{URL}?entity=contact").json()["results"]
    assert [(one["name"], one["filter"]) for one in found] == [("Mine", body["filter"])]
    # Customers have stages, contacts have none.
    refused = mia.post(URL, body | {"filter": LEADS, "sort": ""})
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/filter/field", "unknown_field")
    ]


@pytest.mark.parametrize(
    ("entity", "filter", "sort", "foreign"),
    [
        ("contact", {"field": "tags", "op": "empty"}, "-updated_at,name", "amount"),
        ("deal", {"field": "category", "op": "in", "value": ["won", "lost"]}, "-amount,deal_number", "email"),
    ],
    ids=["contacts", "deals"],
)
def test_each_kind_of_record_has_views_of_its_own_fields(mia, entity, filter, sort, foreign):
    view = made(mia, entity=entity, filter=filter, sort=sort, layout="board" if entity == "deal" else "list")
    assert (view["entity"], view["filter"], view["sort"]) == (entity, filter, sort)
    assert names(mia) == []
    refused = mia.post(URL, BODY | {"entity": entity, "filter": None, "sort": foreign})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/sort")
    asked = BODY | {"entity": entity, "filter": {"field": "billing_city", "op": "empty"}, "sort": ""}
    assert mia.post(URL, asked).status_code == 400
