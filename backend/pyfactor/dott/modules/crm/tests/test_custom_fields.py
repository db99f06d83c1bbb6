"""The fields that a business adds: who sets them up, what stays for ever, what is archived."""

import pytest

from dott.modules.crm.actions import custom_fields as actions
from dott.modules.crm.models import CustomField
from dott.modules.crm.tests.factories import CustomFieldFactory
from dott.platform.history.models import ChangeSet
from dott.platform.history.undo import undo

URL = "/api/crm/custom-fields/"
SELECT = {"entity": "customer", "key": "tier", "label": "Tier", "type": "select"}
TEXT = {"entity": "customer", "key": "shoe_size", "label": "Shoe size", "type": "text"}


@pytest.fixture
def alice(api_as):
    return api_as("alice")


def created(client, **body) -> dict:
    response = client.post(URL, body)
    assert response.status_code == 201, response.content
    return response.json()


def changed(client, field: dict, **body):
    return client.patch(f"{URL}{field['id']}/", body, HTTP_IF_MATCH="*")


def test_admins_set_fields_up_and_everybody_reads_them(api_as):
    for name in ("mia", "vera"):
        assert api_as(name).post(URL, TEXT).status_code == 403, name
    field = created(api_as("adam"), **TEXT)
    (row,) = api_as("vera").get(f"{URL}?entity=customer").json()["results"]
    assert row == field
    assert {name: row[name] for name in ("key", "label", "type", "options", "is_required", "position")} == {
        "key": "shoe_size", "label": "Shoe size", "type": "text", "options": [], "is_required": False,
        "position": 0,
    }  # fmt: skip
    assert api_as("mia").patch(f"{URL}{row['id']}/", {"label": "x"}, HTTP_IF_MATCH="*").status_code == 403


@pytest.mark.parametrize("key", ["", "Tier", "1st", "a-b", "ä", "a" * 51, "a.b", "a b"])
def test_a_key_is_a_word(alice, key):
    response = alice.post(URL, {**TEXT, "key": key})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/key")


def test_a_key_is_given_once_and_a_label_once_among_those_in_use(alice):
    field = created(alice, **TEXT)
    again = alice.post(URL, {**TEXT, "label": "Other"})
    assert (again.status_code, again.json()["code"]) == (409, "custom_field_key_is_unique")
    same = alice.post(URL, {**TEXT, "key": "other", "label": "SHOE SIZE"})
    assert (same.status_code, same.json()["code"]) == (409, "custom_field_label_is_unique")
    created(alice, **{**TEXT, "entity": "contact"})
    assert changed(alice, field, is_archived=True).status_code == 200
    created(alice, **{**TEXT, "key": "other"})
    back = changed(alice, field, is_archived=False)
    assert (back.status_code, back.json()["code"]) == (409, "custom_field_label_is_unique")


@pytest.mark.parametrize(("name", "value"), [("key", "other"), ("type", "number"), ("entity", "deal")])
def test_entity_key_and_type_never_change(alice, name, value):
    field = created(alice, **TEXT)
    response = changed(alice, field, **{name: value})
    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        (f"/{name}", "immutable")
    ]
    assert alice.get(f"{URL}{field['id']}/").json() == field


def test_options_get_ids_and_keep_them(alice):
    field = created(alice, **SELECT, options=[{"label": "Gold"}, {"label": "Silver"}])
    gold, silver = field["options"]
    assert (gold["label"], gold["is_archived"], gold["id"][:4]) == ("Gold", False, "opt_")
    assert gold["id"] != silver["id"]
    # Silver is renamed and first, bronze is new, gold is left out.
    options = [{"id": silver["id"], "label": "Argent"}, {"label": "Bronze"}]
    after = changed(alice, field, options=options).json()["options"]
    assert [(one["label"], one["is_archived"]) for one in after] == [
        ("Argent", False), ("Bronze", False), ("Gold", True),
    ]  # fmt: skip
    assert [after[0]["id"], after[2]["id"]] == [silver["id"], gold["id"]]


@pytest.mark.parametrize(
    ("type_", "options", "code"),
    [
        ("select", [], "required"),
        ("text", [{"label": "x"}], "not_a_select"),
        ("select", [{"label": "Gold"}, {"label": "GOLD"}], "repeated_option"),
        ("select", [{"label": "x", "id": "opt_0000000000"}], "unknown_option"),
        ("multi_select", "x", "not_a_list"),
        ("select", [{"label": ""}], "blank"),
        ("select", [{"label": "x", "colour": "red"}], "unknown_field"),
    ],
)
def test_options_that_are_refused(alice, type_, options, code):
    response = alice.post(URL, {**SELECT, "type": type_, "options": options})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["pointer"].startswith("/options")
    assert error["code"] == code


def test_there_is_a_limit_of_fields_in_use_and_of_options(alice, in_tenant, monkeypatch):
    monkeypatch.setattr(actions, "MAX_FIELDS", 2)
    first, _ = created(alice, **TEXT), created(alice, **{**TEXT, "key": "b", "label": "b"})
    third = {**TEXT, "key": "c", "label": "c"}
    assert alice.post(URL, third).json()["code"] == "too_many_fields"
    assert changed(alice, first, is_archived=True).status_code == 200
    created(alice, **third)
    assert changed(alice, first, is_archived=False).json()["code"] == "too_many_fields"
    created(alice, **{**third, "entity": "deal"})
    monkeypatch.setattr(actions, "MAX_OPTIONS", 1)
    full = alice.post(URL, {**SELECT, "entity": "deal", "options": [{"label": "a"}, {"label": "b"}]})
    assert (full.status_code, full.json()["code"]) == (409, "too_many_options")


def test_nothing_deletes_a_field(alice):
    field = created(alice, **TEXT)
    assert alice.delete(f"{URL}{field['id']}/", HTTP_IF_MATCH="*").status_code == 405


def test_fields_are_put_in_order_by_kind_of_record(alice, in_tenant):
    with in_tenant("alice"):
        made = [CustomFieldFactory.create() for _ in range(3)]
        CustomFieldFactory.create(entity="deal")
    order = [str(field.pk) for field in reversed(made)]
    assert alice.post(f"{URL}reorder/", {"order": order}).status_code == 204
    listed = alice.get(f"{URL}?entity=customer").json()["results"]
    assert [row["id"] for row in listed] == order
    stale = alice.post(f"{URL}reorder/", {"order": order[:2]})
    assert (stale.status_code, stale.json()["code"]) == (409, "order_is_stale")


def test_a_change_can_be_undone(alice, in_tenant):
    field = created(alice, **SELECT, options=[{"label": "Gold"}])
    assert changed(alice, field, label="Level", options=[{"label": "New"}]).status_code == 200
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        row = CustomField.objects.get()
        assert (row.label, row.options) == ("Tier", field["options"])
