"""Deals come in with their customer, pipeline and stage, and go back out of an import as they were."""

from decimal import Decimal

import pytest

from dott.modules.crm.actions.deals import create_deal
from dott.modules.crm.actions.selling import ensure_selling
from dott.modules.crm.imports.amounts import amount, percent
from dott.modules.crm.imports.errors import CellError
from dott.modules.crm.models import Contact, Customer, Deal, DealStageEvent, LostReason, Stage
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    ContactFactory,
    CustomerContactFactory,
    CustomerFactory,
)
from dott.modules.crm.tests.imports.flow import DATA, UNCOMPARED
from dott.platform.history.models import Change

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

FILES = sorted((DATA / "deals").glob("*.csv"))
COMPANIES = (("Alfreds Futterkiste", "9183745021"), ("Berglunds snabbköp", "9183745022"))


@pytest.fixture
def shop(in_tenant):
    with in_tenant("alice") as actor:
        ensure_selling(actor=actor)
        made = [CustomerFactory.create(business_name=name, external_id=key) for name, key in COMPANIES]
        maria = ContactFactory.create(first_name="Maria", last_name="Anders")
        ContactFactory.create(first_name="Maria", last_name="Anders")
        CustomerContactFactory.create(customer=made[0], contact=maria)
        return made


def deals(alice):
    with alice.enter():
        return {row["name"]: dict(row) for row in Deal.objects.values()}


def stages(alice):
    with alice.enter():
        return dict(Deal.objects.values_list("name", "stage__name"))


def moves(alice):
    with alice.enter():
        events = DealStageEvent.objects.order_by("at", "id")
        return list(events.values_list("deal__name", "from_stage__name", "to_stage__name"))


def kept(state):
    ours = UNCOMPARED | {"search_text"}
    return {key: {n: v for n, v in row.items() if n not in ours} for key, row in state.items()}


def lines(*rows):
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_known_export_comes_in_without_an_error(alice, shop, path):
    job = alice.validate(alice.upload(path.read_bytes(), entity=None))
    errors = [row.errors + row.conflicts for row in alice.rows(job.id, action="error")]
    assert (job.entity, job.layout, errors) == ("deal", path.stem.split("-")[0], [])
    job = alice.apply(job.id)
    found = deals(alice)
    assert job.counts["create"] == len(found)
    assert {row["customer_id"] for row in found.values()} == {one.pk for one in shop}
    for row in found.values():
        is_closed = row["category"] != "open"
        assert (row["closed_at"] is not None) == is_closed
        assert (row["lost_reason_id"] is not None) == (row["category"] == "lost")
    again = alice.validate(alice.upload(path.read_bytes(), entity=None))
    assert again.counts["unchanged"] == len(found), [row.after for row in alice.rows(again.id)]
    assert alice.revert(job.id).error is None
    assert (deals(alice), moves(alice)) == ({}, [])


def test_what_hubspot_says_of_deals(alice, shop):
    alice.bring_in(FILES[0].read_bytes(), entity="deal")
    found = deals(alice)
    oven, light, cold = (
        found[name] for name in ("Oven for the second shop", "Workshop lighting", "Cold room")
    )
    assert stages(alice) == {
        "Oven for the second shop": "Qualified", "Workshop lighting": "Won", "Cold room": "Lost",
    }  # fmt: skip
    assert (oven["amount"], oven["currency"], oven["probability"]) == (Decimal("18400.0000"), "EUR", 25)
    assert (str(oven["expected_close_on"]), oven["next_step"], oven["number"]) == (
        "2027-02-11", "Send the offer", 1,
    )  # fmt: skip
    assert (light["amount"], light["currency"], light["probability"]) == (Decimal("6250.5000"), "SEK", None)
    assert cold["lost_note"] == "Went with their cousin"
    with alice.enter():
        assert LostReason.objects.get(pk=cold["lost_reason_id"]).name == "Other"
        # Of two of that name, the one who stands for the customer.
        assert Contact.objects.get(pk=oven["contact_id"]).customer_links.count() == 1
    assert sorted(moves(alice)) == sorted((name, None, stage) for name, stage in stages(alice).items())


def test_somebody_unknown_is_kept_in_the_description(alice, shop):
    alice.bring_in((DATA / "deals" / "pipedrive-deals.csv").read_bytes(), entity=None)
    found = deals(alice)["Website relaunch"]
    assert (found["contact_id"], found["description"]) == (None, "Contact: Somebody Else")
    assert str(found["closed_at"]) == "2026-08-02 11:00:00+00:00"


@pytest.mark.parametrize(
    ("header", "cell", "code", "field"),
    [
        ("Stage", "Nowhere", "unknown_stage", "stage"), ("Pipeline", "Sails", "unknown_pipeline", "pipeline"),
        ("Amount", "a lot", "not_money", "amount"), ("Probability", "150", "invalid_percent", "probability"),
        ("Close date", "soon", "invalid_date", "expected_close_on"),
        ("Dott id", "7", "invalid_id", "deal_id"),
        ("Owner", "Nobody", "unknown_owner", "owner"), ("Outcome", "maybe", "unknown_stage", "outcome"),
    ],
)  # fmt: skip
def test_a_cell_that_will_not_do_is_an_error_of_its_column(alice, shop, header, cell, code, field):
    content = lines(f"Deal name,Company,{header}", f"Oven,Alfreds Futterkiste,{cell}")
    job = alice.validate(alice.upload(content, entity="deal"))
    (row,) = alice.rows(job.id)
    assert [(issue["column"], issue["field"], issue["code"]) for issue in row.errors] == [(2, field, code)]


def test_a_deal_needs_a_customer_and_a_name(alice, shop):
    job = alice.validate(
        alice.upload(lines("Deal name,Company", "Oven,", ",Alfreds Futterkiste"), entity="deal")
    )
    rows = alice.rows(job.id)
    assert [row.conflicts[0]["code"] for row in rows] == ["deal_needs_a_customer", "deal_has_a_name"]
    assert alice.edit(job.id, rows[0].line, values={"customer": "Berglunds snabbköp"}).action == "create"


def test_without_a_stage_a_deal_begins_and_a_known_one_stays(alice, shop, in_tenant):
    with in_tenant("alice") as actor:
        stage = Stage.objects.select_related("pipeline").get(name="Proposal")
        create_deal(actor=actor, values={"name": "Oven", "stage": stage, "customer": shop[0]})
    content = lines(
        "Deal name,Company,Amount", "OVEN,Alfreds Futterkiste,1200", "Lamp,Alfreds Futterkiste,5",
        "Oven,Berglunds snabbköp,7",
    )  # fmt: skip
    job = alice.bring_in(content, entity="deal", match_keys=["name"])
    assert (job.counts["create"], job.counts["update"]) == (2, 1)
    assert stages(alice) == {"OVEN": "Proposal", "Lamp": "New", "Oven": "New"}
    # A business of Germany counts in euros.
    assert {row["currency"] for row in deals(alice).values()} == {"EUR"}


def test_a_move_is_reverted_exactly_with_its_history(alice, shop, in_tenant):
    with in_tenant("alice") as actor:
        stage = Stage.objects.select_related("pipeline").get(name="Proposal")
        for name in ("Oven", "Lamp"):
            money = {"amount": Decimal(5), "currency": "USD"}
            values = {"name": name, "stage": stage, "customer": shop[0], "probability": 60, **money}
            create_deal(actor=actor, values=values)
    before = deals(alice)
    content = lines(
        "Deal name,Company,Stage,Lost reason,Amount,Closed at",
        "Oven,Alfreds Futterkiste,Lost,Price,7,2026-02-01",
        "Lamp,Alfreds Futterkiste,Negotiation,Price,,2026-02-01",
    )  # fmt: skip
    job = alice.bring_in(content, entity="deal", match_keys=["name"])
    assert job.counts["update"] == 2
    found = deals(alice)
    oven, lamp = found["Oven"], found["Lamp"]
    assert (oven["category"], oven["probability"], oven["amount"], oven["currency"]) == (
        "lost", None, Decimal(7), "USD",
    )  # fmt: skip
    assert str(oven["closed_at"]) == "2026-02-01 12:00:00+00:00"
    assert (lamp["category"], lamp["closed_at"], lamp["lost_reason_id"], lamp["probability"]) == (
        "open", None, None, 60,
    )  # fmt: skip
    assert ("Oven", "Proposal", "Lost") in moves(alice)
    assert alice.revert(job.id).error is None
    assert kept(deals(alice)) == kept(before)
    assert moves(alice)[-2:] == [("Oven", "Lost", "Proposal"), ("Lamp", "Negotiation", "Proposal")]
    with in_tenant("alice"):
        undone = Change.objects.filter(entity="crm.deal", operation="update").order_by("id").last()
        assert undone.after["stage"] == str(stage.pk)


def test_an_export_comes_back_as_it_was(alice, shop, in_tenant, api_as):
    alice.bring_in((DATA / "deals" / "pipedrive-deals.csv").read_bytes(), entity=None)
    content = b"".join(api_as("alice").get("/api/crm/deals/export/").streaming_content)
    job = alice.validate(alice.upload(content, entity=None))
    assert (job.entity, job.counts["unchanged"], job.counts["error"]) == ("deal", 3, 0)
    before = deals(alice)
    with in_tenant("alice"):
        DealStageEvent.objects.all().delete()
        Deal.objects.all().delete()
    alice.bring_in(content, entity=None)
    ours = ("pipeline_id", "stage_id", "amount", "currency", "closed_at", "lost_reason_id", "description",
            "customer_id", "expected_close_on", "external_id")  # fmt: skip
    after = deals(alice)
    assert {name: [row[n] for n in ours] for name, row in after.items()} == {
        name: [row[n] for n in ours] for name, row in before.items()
    }


def test_a_deal_with_an_activity_outlives_the_revert(alice, shop, in_tenant):
    job = alice.bring_in(lines("Deal name,Company", "Oven,Alfreds Futterkiste"), entity="deal")
    with in_tenant("alice"):
        ActivityFactory.create(customer=None, deal=Deal.objects.get())
    assert alice.revert(job.id).error["code"] == "rows_kept"
    assert list(stages(alice)) == ["Oven"]


def test_other_businesses_have_other_customers(bob, shop, in_tenant):
    with in_tenant("bob") as actor:
        ensure_selling(actor=actor)
    job = bob.validate(bob.upload(lines("Deal name,Company", "Oven,Alfreds Futterkiste"), entity="deal"))
    assert bob.rows(job.id)[0].errors[0]["code"] == "unknown_customer"
    with in_tenant("bob"):
        assert Customer.objects.count() == 0


@pytest.mark.parametrize(
    ("cell", "result"),
    [("18,400", ("18400.0000", "")), ("6250.5", ("6250.5000", "")), ("€ 1.234,50", ("1234.5000", "EUR")),
     ("12.500", ("12500.0000", "")), ("0.125", ("0.1250", "")), ("100.0000", ("100.0000", "")),
     ("99 USD", ("99.0000", "USD"))],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(cell, result):
    assert amount(cell) == result


@pytest.mark.parametrize("cell", ["-5", "1e9", "", "123456789012345", "5 EUR 6", "12 Dollars of gold"])
def test_no_amount_is_refused(cell):
    with pytest.raises(CellError):
        amount(cell)


@pytest.mark.parametrize(
    ("cell", "result"), [("75", 75), ("75 %", 75), ("0.4", 40), ("1.0", 1), ("12,5", 12)]
)
def test_percentages(cell, result):
    assert percent(cell) == result
