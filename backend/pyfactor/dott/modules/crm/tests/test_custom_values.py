"""Values of a business's own fields: what each type takes, and how writes, history and merging treat them."""

import pytest
from django.db import DataError, IntegrityError, transaction

from dott.modules.crm.models import Contact, Customer, CustomField, Deal
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory, CustomFieldFactory
from dott.platform.history.as_of import as_of
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.undo import undo
from tests.round_trips import counted_round_trips

CUSTOMERS = "/api/crm/customers/"
OPTIONS = [
    {"id": "opt_gold", "label": "Gold", "is_archived": False},
    {"id": "opt_tin", "label": "Tin", "is_archived": False},
    {"id": "opt_old", "label": "Old", "is_archived": True},
]
TYPES = (
    "text", "long_text", "number", "money", "date", "datetime", "bool", "select", "multi_select", "url",
    "email", "phone",
)  # fmt: skip


def fields(entity: str = "customer") -> None:
    """One of each type, called as the type."""
    for type_ in TYPES:
        options = OPTIONS if "select" in type_ else []
        CustomFieldFactory.create(entity=entity, key=type_, label=type_, type=type_, options=options)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def own(in_tenant):
    with in_tenant("alice"):
        fields()


def made(alice, **custom) -> dict:
    response = alice.post(CUSTOMERS, {"business_name": "Mill", "custom": custom})
    assert response.status_code == 201, response.content
    return response.json()


def patched(alice, record: dict, **custom):
    return alice.patch(f"{CUSTOMERS}{record['id']}/", {"custom": custom}, HTTP_IF_MATCH="*")


GOOD = [
    ("text", " Café\u0301 ", "Café\u0301"),
    ("text", "e\u0301", "é"),
    ("text", "", None),
    ("long_text", "a\nb", "a\nb"),
    ("number", 12, "12"),
    ("number", "0012.500", "12.5"),
    ("number", "-0", "0"),
    ("number", "123456789012345.123456", "123456789012345.123456"),
    ("number", 1e5, "100000"),
    ("money", {"currency": "EUR", "amount": "12.50"}, {"amount": "12.5", "currency": "EUR"}),
    ("money", {}, None),
    ("date", "2026-01-31", "2026-01-31"),
    ("date", "0999-12-31", "0999-12-31"),
    ("datetime", "2026-01-31T10:30:00.9+01:00", "2026-01-31T09:30:00Z"),
    ("bool", False, False),
    ("bool", True, True),
    ("select", "opt_tin", "opt_tin"),
    ("multi_select", ["opt_tin", "opt_gold", "opt_tin"], ["opt_gold", "opt_tin"]),
    ("multi_select", [], None),
    ("url", "https://example.com/ä?x=1", "https://example.com/ä?x=1"),
    ("email", "a@example.com", "a@example.com"),
    ("phone", "+49 (0)89 1234567", "+49891234567"),
    ("phone", None, None),
]


@pytest.mark.parametrize(("key", "given", "kept"), GOOD)
def test_a_value_is_kept_in_one_form(alice, own, key, given, kept):
    record = made(alice, **{key: given})
    assert record["custom"] == ({} if kept is None else {key: kept})
    assert alice.get(f"{CUSTOMERS}{record['id']}/").json() == record


BAD = [
    ("text", "x" * 256, "", "max_length"),
    ("text", {"a": 1}, "", "invalid"),
    ("long_text", "x" * 20_001, "", "max_length"),
    ("number", "twelve", "", "invalid"),
    ("number", "NaN", "", "invalid"),
    ("number", "1.1234567", "", "max_decimal_places"),
    ("number", [1], "", "invalid"),
    ("money", "12 EUR", "", "not_money"),
    ("money", {"amount": "1"}, "/currency", "required"),
    ("money", {"amount": "x", "currency": "EUR"}, "/amount", "invalid"),
    ("money", {"amount": "1", "currency": "EUR", "x": 1}, "/x", "unknown_field"),
    ("money", {"amount": "1", "currency": "ABC"}, "/currency", None),
    ("date", "31.1.2026", "", "invalid"),
    ("date", "2026-02-30", "", "invalid"),
    ("datetime", "2026-01-31", "", "no_offset"),
    ("datetime", "2026-01-31T10:30:00", "", "no_offset"),
    ("datetime", "0001-01-01T00:00:00+14:00", "", "overflow"),
    ("bool", "maybe", "", "invalid"),
    ("bool", ["x"], "", "invalid"),
    ("select", "gold", "", "invalid_choice"),
    ("select", ["opt_gold"], "", "invalid_choice"),
    ("select", "opt_old", "", "archived_option"),
    ("multi_select", "opt_gold", "", "not_a_list"),
    ("multi_select", [["opt_gold"]], "", "invalid_choice"),
    ("multi_select", ["opt_gold", "opt_old"], "", "archived_option"),
    ("url", "javascript:alert(1)", "", None),
    ("email", "a@", "", "invalid"),
    ("phone", "089 1234567", "", "phone_without_country"),
    ("phone", "+49 1", "", None),
    ("nothing", "x", "", "unknown_field"),
]


@pytest.mark.parametrize(("key", "given", "below", "code"), BAD)
def test_a_value_that_is_refused_is_named(alice, own, in_tenant, key, given, below, code):
    response = alice.post(CUSTOMERS, {"business_name": "Mill", "custom": {key: given}})
    assert response.status_code == 400, response.content
    (error,) = response.json()["errors"]
    assert error["pointer"] == f"/custom/{key}{below}"
    assert code in (None, error["code"])
    with in_tenant("alice"):
        assert not Customer.objects.exists()


@pytest.mark.parametrize("given", ["x", 1, [], None, [["text", "x"]]])
def test_custom_is_an_object(alice, own, given):
    response = alice.post(CUSTOMERS, {"business_name": "Mill", "custom": given})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/custom")


def test_every_error_is_told_at_once(alice, own):
    response = alice.post(CUSTOMERS, {"email": "x", "custom": {"number": "x", "date": "x"}})
    assert {error["pointer"] for error in response.json()["errors"]} >= {
        "/email", "/custom/number", "/custom/date",
    }  # fmt: skip


def test_patch_sets_what_it_names_and_null_takes_away(alice, own):
    record = made(alice, text="a", number=1)
    after = patched(alice, record, number=None, bool=True).json()
    assert after["custom"] == {"bool": True, "text": "a"}
    assert after["version"] == 2
    untouched = alice.patch(f"{CUSTOMERS}{record['id']}/", {"notes": "n"}, HTTP_IF_MATCH="*").json()
    assert untouched["custom"] == after["custom"]
    same = patched(alice, record, text="a")
    assert same["ETag"] == '"3"'


def test_put_replaces_what_is_in_use(alice, own, in_tenant):
    record = made(alice, text="a", number=1)
    with in_tenant("alice"):
        CustomField.objects.filter(key="number").update(is_archived=True)
    address = f"{CUSTOMERS}{record['id']}/"
    after = alice.put(address, {"business_name": "Mill", "custom": {"bool": True}}, HTTP_IF_MATCH="*").json()
    assert after["custom"] == {"bool": True, "number": "1"}
    after = alice.put(address, {"business_name": "Mill"}, HTTP_IF_MATCH="*").json()
    assert after["custom"] == {"number": "1"}


def test_what_is_archived_is_kept_and_not_set(alice, own, in_tenant):
    record = made(alice, text="a", select="opt_gold", multi_select=["opt_tin"])
    with in_tenant("alice"):
        CustomField.objects.filter(key="text").update(is_archived=True)
        for key in ("select", "multi_select"):
            archived = [{**option, "is_archived": True} for option in OPTIONS]
            CustomField.objects.filter(key=key).update(options=archived)
    # A client may send back what it has read.
    assert patched(alice, record, **record["custom"]).json()["custom"] == record["custom"]
    for key, value, code in (
        ("text", "b", "archived_field"),
        ("text", None, "archived_field"),
        ("select", "opt_tin", "archived_option"),
        ("multi_select", ["opt_gold"], "archived_option"),
    ):
        response = patched(alice, record, **{key: value})
        assert response.status_code == 400, key
        (error,) = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (f"/custom/{key}", code)
    assert patched(alice, record, select=None).json()["custom"].keys() == {"text", "multi_select"}


def test_a_required_field_is_asked_for_and_not_emptied(alice, own, in_tenant):
    before = made(alice)
    with in_tenant("alice"):
        CustomField.objects.filter(key__in=["text", "bool"]).update(is_required=True)
    for body in ({"business_name": "Mill"}, {"business_name": "Mill", "custom": {"text": " "}}):
        response = alice.post(CUSTOMERS, body)
        assert response.status_code == 400
        assert {(error["pointer"], error["code"]) for error in response.json()["errors"]} == {
            ("/custom/text", "required"), ("/custom/bool", "required"),
        }  # fmt: skip
    record = made(alice, text="a", bool=False)
    assert patched(alice, record, text=None).status_code == 400
    # A record from before the rule can still be changed elsewhere.
    assert alice.patch(f"{CUSTOMERS}{before['id']}/", {"notes": "n"}, HTTP_IF_MATCH="*").status_code == 200
    assert patched(alice, before, number=1).status_code == 200


def test_history_undo_and_as_of(alice, own, in_tenant):
    record = made(alice, text="a")
    patched(alice, record, text="b", number=2)
    with in_tenant("alice") as context:
        change = Change.objects.get(operation="update")
        assert (change.before, change.after) == (
            {"custom": {"text": "a"}},
            {"custom": {"text": "b", "number": "2"}},
        )
        customer = Customer.objects.get(pk=record["id"])
        first = ChangeSet.objects.earliest("id")
        past = as_of(customer, first.created_at)
        assert past is not None
        assert past.custom == {"text": "a"}
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        assert Customer.objects.get(pk=record["id"]).custom == {"text": "a"}
        undo(change_set=first, actor=context, on_conflict="overwrite")
        assert not Customer.objects.exists()
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        assert Customer.objects.get(pk=record["id"]).custom == {"text": "a"}


def test_history_of_a_record_without_values_does_not_mention_them(alice, own, in_tenant):
    made(alice)
    with in_tenant("alice"):
        assert "custom" not in Change.objects.get().after


def test_bulk_edit_merges_by_key(alice, own, in_tenant):
    records = [made(alice, text="a", number=1), made(alice, bool=True), made(alice, text="c")]
    asked = {
        "action": "edit",
        "ids": [record["id"] for record in records],
        "values": {"custom": {"text": "c", "number": None}},
    }
    response = alice.post(f"{CUSTOMERS}bulk/", asked)
    assert response.status_code == 200, response.content
    assert (response.json()["changed"], response.json()["unchanged"]) == (2, 1)
    listed = {row["id"]: row["custom"] for row in alice.get(CUSTOMERS).json()["results"]}
    assert [listed[record["id"]] for record in records] == [
        {"text": "c"}, {"bool": True, "text": "c"}, {"text": "c"},
    ]  # fmt: skip
    asked["values"] = {"custom": {"number": "x"}}
    refused = alice.post(f"{CUSTOMERS}bulk/", asked)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/values/custom/number")
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        assert [Customer.objects.get(pk=record["id"]).custom for record in records] == [
            record["custom"] for record in records
        ]


def merge(alice, survivor: dict, *losers: dict, **choices):
    body = {"losers": [one["id"] for one in losers], "choices": choices}
    return alice.post(f"{CUSTOMERS}{survivor['id']}/merge/", body, HTTP_IF_MATCH="*")


def test_merging_unites_key_by_key_and_can_choose(alice, own, in_tenant):
    first, second = made(alice, text="a", bool=True), made(alice, text="b", number=2)
    third = made(alice, number=3, date="2026-01-01")
    response = merge(alice, first, second, third, **{"custom.text": second["id"], "custom.bool": third["id"]})
    assert response.status_code == 200, response.content
    assert response.json()["record"]["custom"] == {"date": "2026-01-01", "text": "b", "number": "2"}
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        assert Customer.objects.get(pk=first["id"]).custom == first["custom"]


def test_merging_refuses_a_field_that_nobody_has(alice, own):
    first, second = made(alice, text="a"), made(alice)
    response = merge(alice, first, second, **{"custom.number": second["id"]})
    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "unknown_field")


@pytest.mark.parametrize("entity", ["contact", "deal"])
def test_contacts_and_deals_have_fields_of_their_own(alice, own, in_tenant, entity):
    with in_tenant("alice"):
        fields(entity)
        CustomField.objects.filter(entity=entity, key="date").update(key="day")
        customer = CustomerFactory.create()
    path = f"/api/crm/{entity}s/"
    named = {"last_name": "Lee"} if entity == "contact" else {"name": "Deal", "customer": str(customer.pk)}
    wrong = alice.post(path, {**named, "custom": {"date": "2026-01-31"}})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/custom/date")
    given = {"day": "2026-01-31", "money": {"amount": 5, "currency": "EUR"}}
    response = alice.post(path, {**named, "custom": given})
    assert response.status_code == 201, response.content
    record = response.json()
    assert record["custom"] == {"day": "2026-01-31", "money": {"amount": "5", "currency": "EUR"}}
    assert alice.get(f"{path}{record['id']}/").json() == record
    after = alice.patch(f"{path}{record['id']}/", {"custom": {"day": None}}, HTTP_IF_MATCH="*").json()
    assert after["custom"].keys() == {"money"}
    with in_tenant("alice") as context:
        undo(change_set=ChangeSet.objects.latest("id"), actor=context)
        model = Contact if entity == "contact" else Deal
        assert model.objects.get(pk=record["id"]).custom == record["custom"]


def test_contacts_unite_theirs_too(alice, in_tenant):
    with in_tenant("alice"):
        fields("contact")
        first, second = (
            ContactFactory.create(custom={"text": "a"}),
            ContactFactory.create(custom={"bool": True, "text": "b"}),
        )
    address = f"/api/crm/contacts/{first.pk}/merge/"
    response = alice.post(address, {"losers": [str(second.pk)]}, HTTP_IF_MATCH="*")
    assert response.json()["record"]["custom"] == {"bool": True, "text": "a"}


def test_definitions_are_one_round_trip_and_only_where_they_matter(alice, own):
    record = made(alice, text="a")
    address = f"{CUSTOMERS}{record['id']}/"
    costs = []
    for body in ({"notes": "b"}, {"custom": {"text": "b"}}, {"custom": {"text": "c", "number": 1}}):
        with counted_round_trips() as cost:
            assert alice.patch(address, body, HTTP_IF_MATCH="*").status_code == 200
        costs.append(cost.total)
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]


def test_another_business_has_other_fields(own, api_as):
    response = api_as("bob").post(CUSTOMERS, {"business_name": "Bike", "custom": {"text": "x"}})
    assert response.status_code == 400
    assert api_as("bob").get("/api/crm/custom-fields/").json()["results"] == []


@pytest.mark.parametrize("value", [[], "x", 1])
def test_the_database_takes_nothing_but_objects(in_tenant, value):
    with in_tenant("alice"):
        customer = CustomerFactory.create()
        with (
            # By the rule of the column, or before it by what is made of the column for the search.
            pytest.raises((IntegrityError, DataError), match=r"customer_custom_is_an_object|non-object"),
            transaction.atomic(using=customer._state.db),
        ):
            Customer.objects.filter(pk=customer.pk).update(custom=value)
