"""Whose records a member sees: in the florist's shop members see their own, viewers those of their team.

Olga owns it and sees everything; Tara and Nora are members; Vito is a viewer in Nora's team. One customer is
Tara's, one is Nora's, one is nobody's. Attacks: tests/attacks/on_members.py.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from dott.modules.crm.models import Activity, Contact, Customer, Deal, DuplicatePair
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
    DealFactory,
    PipelineFactory,
    StageFactory,
)
from dott.platform.history.models import Change, ChangeSet
from dott.platform.realtime.handshake import seen_part
from dott.platform.tenancy.context import current, seeing_everything
from dott.platform.tenancy.visibility import rule_of, table
from tests.attacks.on_models import tenant_models
from tests.keys import made_key, program

NAMES = {"tara", "nora", "nobody"}
# Whom each person sees something of.
SEEN = {"olga": NAMES, "tara": {"tara"}, "nora": {"nora"}, "vito": {"nora"}}
OF_THE_SHOP = ("olga", "tara", "nora", "vito")
CUSTOMERS, DEALS = "/api/crm/customers/", "/api/crm/deals/"


class Shop:
    """Of each name a customer with a deal, a contact and a task, by kind and name."""

    def __init__(self, members: dict[str, Any]) -> None:
        self.customers: dict[str, Customer] = {}
        self.deals: dict[str, Deal] = {}
        self.contacts: dict[str, Contact] = {}
        self.activities: dict[str, Activity] = {}
        self.stage = StageFactory(pipeline=PipelineFactory(is_default=True))
        for name in sorted(NAMES):
            owner = members.get(name)
            self.customers[name] = CustomerFactory(business_name=f"Roses of {name}", owner_id=owner)
            customer = self.customers[name]
            self.deals[name] = DealFactory(
                name=f"Wreath for {name}",
                customer=customer,
                owner_id=owner,
                stage=self.stage,
                amount=10,
                currency="EUR",
            )
            self.contacts[name] = ContactFactory(last_name=f"Friend of {name}")
            CustomerContactFactory(customer=customer, contact=self.contacts[name])
            self.activities[name] = ActivityFactory(subject=f"Call {name}", customer=customer)

    def kinds(self) -> list[tuple[str, dict[str, Any]]]:
        """(path, name → record) of every kind."""
        return [
            (CUSTOMERS, self.customers),
            (DEALS, self.deals),
            ("/api/crm/contacts/", self.contacts),
            ("/api/crm/activities/", self.activities),
        ]


@pytest.fixture
def shop(in_tenant, world) -> Shop:
    with in_tenant("olga"):
        return Shop({name: world[name].membership_id for name in ("tara", "nora")})


def names_in(response: HttpResponse, records: dict[str, Any]) -> set[str]:
    assert response.status_code == 200, response.content
    by_id = {str(record.pk): name for name, record in records.items()}
    return {by_id[row["id"]] for row in response.json()["results"]}  # type: ignore[attr-defined]


def text_of(response: Any) -> str:
    assert response.status_code == 200, response
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def mentioned(text: str) -> set[str]:
    return {name for name in NAMES if f"Roses of {name}" in text or f"Wreath for {name}" in text}


def test_every_tenant_model_has_a_line() -> None:
    assert {model._meta.label_lower for model in tenant_models()} == set(table())


@pytest.mark.parametrize("person", OF_THE_SHOP)
def test_lists_and_records(person, shop, api_as) -> None:
    for path, records in shop.kinds():
        listed = api_as(person).get(path, {"count": "exact"})
        assert names_in(listed, records) == SEEN[person], path
        assert listed.json()["count"] == len(SEEN[person]), path
        for name, record in records.items():
            expected = 200 if name in SEEN[person] else 404
            for address in ("", "history/", "access/"):
                assert api_as(person).get(f"{path}{record.pk}/{address}").status_code == expected, address


# What else shows customers or deals: it names exactly those that are seen.
SURFACES: dict[str, tuple[str, dict[str, str]]] = {
    "customers of a search": ("/api/search/", {"q": "roses"}),
    "deals of a search": ("/api/search/", {"q": "wreath"}),
    "near misses": ("/api/search/", {"q": "rosse"}),
    "contacts in a form": ("/api/crm/contact-duplicates/candidates/", {"last_name": "Friend"}),
    "the board": (f"{DEALS}board/", {}),
    "the log": ("/api/changes/", {}),
    "tasks": ("/api/crm/activities/tasks/", {}),
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("person", OF_THE_SHOP)
def test_surfaces(person, surface, shop, api_as) -> None:
    if surface == "the log":
        for name, record in shop.customers.items():
            values = {"notes": f"Written of {name}"}
            api_as("olga").patch(f"{CUSTOMERS}{record.pk}/", values, HTTP_IF_MATCH="*")
    path, query = SURFACES[surface]
    assert mentioned(text_of(api_as(person).get(path, query))) == SEEN[person]


@pytest.mark.parametrize("person", ["olga", "tara", "nora"])
def test_exports(person, shop, api_as) -> None:
    for path in (f"{CUSTOMERS}export/", f"{DEALS}export/"):
        assert mentioned(text_of(api_as(person).get(path))) == SEEN[person]


@pytest.mark.parametrize("person", OF_THE_SHOP)
def test_totals(person, shop, api_as) -> None:
    found = api_as(person).get("/api/crm/dashboard/").json()
    stages = [stage for pipeline in found["pipelines"] for stage in pipeline["stages"]]
    assert sum(stage["deals"] for stage in stages) == len(SEEN[person])
    assert sum(week["customers"] for week in found["weeks"]) == len(SEEN[person])
    columns = api_as(person).get(f"{DEALS}board/").json()["columns"]
    assert sum(column["count"] for column in columns) == len(SEEN[person])
    sums = [float(one["amount"]) for column in columns for one in column["sums"]]
    assert sum(sums) == 10 * len(SEEN[person])


@pytest.mark.parametrize("person", OF_THE_SHOP)
def test_timeline_of_a_customer_shows_the_deals_that_are_seen(person, shop, in_tenant, world, api_as) -> None:
    with in_tenant("olga"):
        customer = CustomerFactory(owner_id=world["nora"].membership_id)
        for name, owner in (("nora", world["nora"].membership_id), ("tara", world["tara"].membership_id)):
            deal = DealFactory(name=f"Wreath for {name}", customer=customer, owner_id=owner)
            ActivityFactory(subject=f"Wreath for {name}", deal=deal)
    response = api_as(person).get("/api/crm/timeline/", {"customer": str(customer.pk)})
    if person == "tara":
        assert response.status_code == 404
    else:
        assert mentioned(text_of(response)) == (SEEN[person] & {"tara", "nora"})


def test_a_record_is_its_makers_when_she_names_nobody(api_as, shop, world) -> None:
    made = api_as("tara").post(CUSTOMERS, {"kind": "business", "business_name": "New"})
    assert made.status_code == 201
    assert made.json()["owner"] == str(world["tara"].membership_id)
    contact = api_as("tara").post("/api/crm/contacts/", {"last_name": "New"})
    assert api_as("tara").get(f"/api/crm/contacts/{contact.json()['id']}/").status_code == 200
    assert api_as("nora").get(f"/api/crm/contacts/{contact.json()['id']}/").status_code == 404


def test_whoever_sees_everything_names_nobody_and_it_is_nobodys(api_as) -> None:
    made = api_as("olga").post(CUSTOMERS, {"kind": "business", "business_name": "New"})
    assert made.json()["owner"] is None


def given_away(api: Any, shop: Shop, to: Any) -> list[Any]:
    own = f"{CUSTOMERS}{shop.customers['tara'].pk}/"
    ids = [str(shop.customers["tara"].pk)]
    return [
        api.patch(own, {"owner": to}, HTTP_IF_MATCH="*"),
        api.post(CUSTOMERS, {"kind": "business", "business_name": "New", "owner": to or "none"}),
        api.post(f"{CUSTOMERS}bulk/", {"action": "assign", "ids": ids, "to": to}),
        api.post(f"{CUSTOMERS}bulk/", {"action": "edit", "ids": ids, "values": {"owner": to}}),
    ]


def test_nobody_gives_away_what_she_would_not_see_any_more(api_as, shop, in_tenant, world) -> None:
    for response in given_away(api_as("tara"), shop, str(world["nora"].membership_id)):
        assert response.status_code == 400, response.content
        assert [error["code"] for error in response.json()["errors"]] == ["out_of_sight"]
        assert response.json()["errors"][0]["pointer"] == "/owner"
    with in_tenant("olga"):
        assert Customer.objects.get(pk=shop.customers["tara"].pk).owner_id == world["tara"].membership_id
        assert Customer.objects.count() == len(NAMES)


def test_who_sees_everything_gives_to_anybody(api_as, shop, world) -> None:
    own = f"{CUSTOMERS}{shop.customers['tara'].pk}/"
    to = str(world["nora"].membership_id)
    assert api_as("olga").patch(own, {"owner": to}, HTTP_IF_MATCH="*").status_code == 200
    assert api_as("tara").get(own).status_code == 404
    assert api_as("nora").get(own).status_code == 200


def test_an_assignee_sees_her_task_and_not_its_customer(api_as, shop, in_tenant, world) -> None:
    with in_tenant("olga"):
        task = ActivityFactory(customer=shop.customers["nora"], assignee_id=world["tara"].membership_id)
    assert api_as("tara").get(f"/api/crm/activities/{task.pk}/").status_code == 200
    assert api_as("tara").get(f"{CUSTOMERS}{shop.customers['nora'].pk}/").status_code == 404


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_key_sees_what_its_maker_sees(shop, world) -> None:
    client = program(made_key(world["tara"]).key)
    assert names_in(client.get(CUSTOMERS), shop.customers) == {"tara"}
    assert client.get(f"{CUSTOMERS}{shop.customers['nora'].pk}/").status_code == 404


def test_tags_are_taken_away_by_who_sees_everything(shop, api_as) -> None:
    tag = api_as("tara").post("/api/crm/tags/", {"name": "Wedding"}).json()
    refused = api_as("tara").delete(f"/api/crm/tags/{tag['id']}/", HTTP_IF_MATCH="*")
    assert (refused.status_code, refused.json()["code"]) == (403, "sees_not_everything")
    assert api_as("olga").delete(f"/api/crm/tags/{tag['id']}/", HTTP_IF_MATCH="*").status_code == 204


def test_an_undo_needs_all_that_was_changed_to_be_seen(shop, api_as, in_tenant, world) -> None:
    ids = [str(shop.customers[name].pk) for name in ("tara", "nora")]
    body = {"action": "edit", "ids": ids, "values": {"source": "Fair"}}
    change_set = api_as("olga").post(f"{CUSTOMERS}bulk/", body).json()["change_set"]
    with in_tenant("olga"):
        ChangeSet.objects.filter(pk=change_set)
    seen = api_as("tara").get(f"/api/changes/{change_set}/").json()
    assert seen["summary"] == [{"entity": "crm.customer", "operation": "update", "count": 1}]
    assert seen["can_undo"] is False
    assert api_as("tara").post(f"/api/changes/{change_set}/undo/", {}).status_code == 403
    with in_tenant("olga"):
        assert Customer.objects.filter(source="Fair").count() == 2


def test_a_merge_moves_what_is_not_seen_and_does_not_count_it(shop, in_tenant, world, api_as) -> None:
    with in_tenant("olga"):
        survivor = CustomerFactory(owner_id=world["tara"].membership_id)
        hidden = DealFactory(customer=shop.customers["tara"], owner_id=world["nora"].membership_id)
    merged = api_as("tara").post(
        f"{CUSTOMERS}{survivor.pk}/merge/", {"losers": [str(shop.customers["tara"].pk)]}, HTTP_IF_MATCH="*"
    )
    assert merged.status_code == 200, merged.content
    assert merged.json()["moved"]["deals"] == 1
    with in_tenant("olga"):
        assert Deal.objects.get(pk=hidden.pk).customer_id == survivor.pk
        assert Deal.objects.filter(customer=survivor).count() == 2


def test_the_report_of_duplicates_counts_what_is_seen(shop, in_tenant, api_as) -> None:
    with in_tenant("olga"):
        first, second = sorted((shop.customers["nora"].pk, shop.customers["nobody"].pk))
        DuplicatePair.objects.create(first_id=first, second_id=second, score=90)
    with in_tenant("olga"):
        assert DuplicatePair.objects.count() == 1
    with in_tenant("nora"):
        assert DuplicatePair.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_open_pages_hear_of_what_their_member_sees(shop, world, in_tenant) -> None:
    named = [
        {"entity": "crm.customer", "id": str(record.pk), "version": 1, "operation": "update"}
        for record in shop.customers.values()
    ]
    message = {
        "type": "changes",
        "source": "",
        "changes": [*named, {"entity": "crm.deal", "operation": "many"}],
    }
    heard = seen_part(sha256(world["tara"].token.encode()).digest(), message)
    assert [change.get("id") for change in heard["changes"]] == [str(shop.customers["tara"].pk), None]


def test_the_explanation_says_what_the_queries_do(shop, in_tenant, world, api_as) -> None:
    with in_tenant("olga"):
        shop.activities["lent"] = ActivityFactory(
            customer=shop.customers["nobody"], assignee_id=world["nora"].membership_id
        )
        shop.activities["of a deal"] = ActivityFactory(
            customer=shop.customers["tara"], deal=shop.deals["nora"]
        )
        shop.contacts["alone"] = ContactFactory(last_name="Alone")
        shared = shop.contacts["shared"] = ContactFactory(last_name="Shared")
        for name in ("tara", "nobody"):
            CustomerContactFactory(customer=shop.customers[name], contact=shared)
    asked = 0
    for path, records in shop.kinds():
        for name, record in records.items():
            told = api_as("olga").get(f"{path}{record.pk}/access/").json()
            for person in OF_THE_SHOP:
                (one,) = (row for row in told["members"] if row["member"] == str(world[person].membership_id))
                sees = api_as(person).get(f"{path}{record.pk}/").status_code == 200
                assert one["can_see"] is sees, (path, name, person, told)
                asked += 1
    assert asked == 4 * (len(NAMES) * 4 + 4)


REASONS = {
    ("tara", "tara"): "own",
    ("tara", "nora"): "others",
    ("tara", "nobody"): "nobodys",
    ("vito", "nora"): "team",
    ("olga", "nobody"): "everything",
}


@pytest.mark.parametrize(("person", "name"), REASONS)
def test_reasons(person, name, shop, api_as, world) -> None:
    path = f"{CUSTOMERS}{shop.customers[name].pk}/access/"
    found = api_as("olga").get(path, {"member": str(world[person].membership_id)}).json()
    assert [one["reason"] for one in found["members"]] == [REASONS[person, name]]


def test_access_names_a_bad_member(shop, api_as) -> None:
    path = f"{CUSTOMERS}{shop.customers['tara'].pk}/access/"
    for member, code in (("x", "invalid"), ("00000000-0000-4000-8000-000000000000", "does_not_exist")):
        response = api_as("olga").get(path, {"member": member})
        assert (response.status_code, response.json()["errors"][0]["code"]) == (400, code)


def test_who_sees_everything_pays_nothing(in_tenant) -> None:
    with in_tenant("alice"):
        for model in (Customer, Contact, Activity, Change):
            assert 'owner_id" =' not in str(model.objects.all().query)
            assert str(model.objects.all().query).partition(" WHERE ")[2].count("=") == 1
    with in_tenant("tara") as context:
        assert f"\"owner_id\" = '{context.membership_id}'" in str(Customer.objects.all().query)


def test_upkeep_sees_everything(in_tenant, shop) -> None:
    with in_tenant("tara"):
        assert Customer.objects.count() == 1
        with seeing_everything():
            assert Customer.objects.count() == len(NAMES)
        assert Customer.objects.count() == 1
        assert current().sees is not None


_SEED = """
INSERT INTO crm_customer (number, business_name, owner_id)
SELECT 1000 + n, 'Business ' || n, CASE WHEN n %% 100 = 3 THEN %(owner)s::uuid END
  FROM generate_series(1, 6000) AS n
"""


@pytest.mark.parametrize(("person", "owner"), [("tara", "tara"), ("vito", "nora")])
def test_a_narrowed_list_is_read_by_an_index_that_begins_with_the_tenant(
    person: str, owner: str, in_tenant: Callable[[str], Any], world: Any
) -> None:
    with in_tenant("olga"), connection.cursor() as cursor:
        cursor.execute(_SEED, {"owner": world[owner].membership_id})
    with in_tenant(person), CaptureQueriesContext(connection):
        rows = Customer.objects.in_use().order_by("-created_at", "-id")[:50]
        plan = rows.explain(format="json")
        assert rows.count() == 50
    assert "Seq Scan" not in plan
    assert "crm_customer_of_owner" in plan or "crm_customer_by_created" in plan
    assert rule_of(Customer) == rule_of(Deal)
