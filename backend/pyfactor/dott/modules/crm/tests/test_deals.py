"""Deals over HTTP: what they are made of, how they move, and what that leaves behind."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dott.modules.crm.actions.export_deals import COLUMNS
from dott.modules.crm.api.deals import DealViewSet
from dott.modules.crm.models import Deal, DealStageEvent, LostReason, Stage
from dott.modules.crm.tests.factories import CustomerFactory, DealFactory, StageFactory
from dott.platform.api.plans.plan import Plan
from dott.platform.history.models import Change, ChangeSet

URL = "/api/crm/deals/"
ANY = {"If-Match": "*"}
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def alice(api_as):
    return api_as("alice")


@pytest.fixture
def setup(alice, in_tenant):
    """The usual stages by name, a reason, a customer; as ids."""
    alice.get("/api/crm/pipelines/")
    with in_tenant("alice"):
        found = {stage.name: str(stage.pk) for stage in Stage.objects.all()}
        found["reason"] = str(LostReason.objects.get(name="Price").pk)
        found["customer"] = str(CustomerFactory(business_name="Old Mill").pk)
    return found


def create(client, setup, **values):
    response = client.post(URL, {"name": "Oven", "customer": setup["customer"], **values})
    assert response.status_code == 201, response.json()
    return response.json()


def move(client, deal, **body):
    return client.post(f"{URL}{deal['id']}/move/", body, headers=ANY)


def errors(response) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.json()
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def names_in(client, stage: str) -> list[str]:
    return [deal["name"] for deal in client.get(URL, {"stage": stage, "ordering": "rank"}).json()["results"]]


# --- create ------------------------------------------------------------------------------------------


def test_a_deal_needs_its_name_and_customer_only(alice, setup, world):
    body = create(alice, setup)
    assert (body["deal_number"], body["stage_name"], body["category"]) == ("D-000001", "New", "open")
    assert (body["pipeline_name"], body["customer_name"]) == ("Sales", "Old Mill")
    assert (body["owner"], body["owner_name"]) == (str(world["alice"].membership_id), "Alice")
    assert (body["amount"], body["currency"], body["closed_at"]) == (None, "", None)
    assert (body["stage_probability"], body["rot_days"], body["stage_colour"]) == (10, 14, "grey")
    assert alice.get(f"{URL}{body['id']}/").json() == body
    assert errors(alice.post(URL, {})) == [("/name", "required"), ("/customer", "required")]


def test_a_deal_may_be_nobodys(alice, setup):
    assert create(alice, setup, owner=None)["owner"] is None


def test_an_amount_is_in_the_currency_of_the_business(alice, setup):
    deal = create(alice, setup, amount="1200.50")
    assert (deal["amount"], deal["currency"]) == ("1200.5000", "EUR")
    assert create(alice, setup, amount="1", currency="USD")["currency"] == "USD"
    gone = alice.patch(f"{URL}{deal['id']}/", {"amount": None}, headers=ANY).json()
    assert (gone["amount"], gone["currency"]) == (None, "")


def test_a_currency_needs_its_amount(alice, setup):
    base = {"name": "Oven", "customer": setup["customer"]}
    assert errors(alice.post(URL, base | {"currency": "EUR"})) == [
        ("/currency", "deal_amount_and_currency_together")
    ]
    assert errors(alice.post(URL, base | {"amount": "-1", "currency": "EUR"})) == [("/amount", "min_value")]


def test_creation_is_one_change_set_and_one_stage_event(alice, setup, in_tenant, world):
    deal = create(alice, setup)
    with in_tenant("alice"):
        (change,) = Change.objects.filter(entity="crm.deal")
        assert (change.operation, change.after["name"]) == ("create", "Oven")
        (event,) = DealStageEvent.objects.all()
        assert (str(event.deal_id), event.from_stage_id) == (deal["id"], None)
        assert (str(event.to_stage_id), event.actor_id) == (setup["New"], world["alice"].membership_id)


def test_a_customer_in_the_trash_gets_no_deal(alice, setup):
    alice.delete(f"/api/crm/customers/{setup['customer']}/", headers=ANY)
    response = alice.post(URL, {"name": "Oven", "customer": setup["customer"]})
    assert errors(response) == [("/customer", "does_not_exist")]


def test_a_stage_is_one_of_its_pipeline_and_in_use(alice, setup, in_tenant):
    with in_tenant("alice"):
        other = StageFactory()
        archived = StageFactory(pipeline=other.pipeline, is_archived=True)
        closed = StageFactory(pipeline__is_archived=True)
    base = {"name": "Oven", "customer": setup["customer"]}
    mixed = base | {"stage": setup["New"], "pipeline": str(other.pipeline_id)}
    assert errors(alice.post(URL, mixed)) == [("/stage", "stage_of_other_pipeline")]
    assert errors(alice.post(URL, base | {"stage": str(archived.pk)})) == [("/stage", "stage_is_archived")]
    assert errors(alice.post(URL, base | {"stage": str(closed.pk)})) == [("/stage", "pipeline_is_archived")]
    made = create(alice, setup, pipeline=str(other.pipeline_id))
    assert made["stage"] == str(other.pk)


# --- closing -----------------------------------------------------------------------------------------


def test_lost_needs_a_reason(alice, setup):
    deal = create(alice, setup)
    url = f"{URL}{deal['id']}/"
    for refused in (
        move(alice, deal, stage=setup["Lost"]),
        alice.patch(url, {"stage": setup["Lost"]}, headers=ANY),
    ):
        assert errors(refused) == [("/lost_reason", "lost_needs_a_reason")]
    assert alice.get(url).json() == deal
    lost = move(alice, deal, stage=setup["Lost"], lost_reason=setup["reason"], lost_note="Too dear").json()
    assert (lost["category"], lost["lost_reason_name"], lost["lost_note"]) == ("lost", "Price", "Too dear")
    assert errors(alice.patch(url, {"lost_reason": None}, headers=ANY)) == [
        ("/lost_reason", "lost_needs_a_reason")
    ]
    again = move(alice, lost, stage=setup["New"]).json()
    assert (again["lost_reason"], again["lost_note"], again["closed_at"]) == (None, "", None)


def test_a_reason_belongs_to_lost_deals_and_is_in_use(alice, setup, in_tenant):
    deal = create(alice, setup)
    assert errors(alice.patch(f"{URL}{deal['id']}/", {"lost_reason": setup["reason"]}, headers=ANY)) == [
        ("/lost_reason", "only_when_lost")
    ]
    assert errors(move(alice, deal, stage=setup["Won"], lost_note="x")) == [("/lost_note", "only_when_lost")]
    with in_tenant("alice"):
        LostReason.objects.filter(pk=setup["reason"]).update(is_active=False)
    assert errors(move(alice, deal, stage=setup["Lost"], lost_reason=setup["reason"])) == [
        ("/lost_reason", "lost_reason_is_inactive")
    ]


def test_closing_keeps_the_day_and_the_stages_probability(alice, setup):
    deal = create(alice, setup, probability=40)
    with time_machine.travel(NOW, tick=False):
        won = move(alice, deal, stage=setup["Won"]).json()
    assert (won["category"], won["closed_at"]) == ("won", "2026-03-02T12:00:00Z")
    assert (won["probability"], won["stage_probability"]) == (None, 100)
    assert won["stage_entered_at"] == "2026-03-02T12:00:00Z"
    url = f"{URL}{deal['id']}/"
    dated = alice.patch(url, {"closed_at": "2026-02-27T09:00:00Z"}, headers=ANY).json()
    assert dated["closed_at"] == "2026-02-27T09:00:00Z"
    assert alice.patch(url, {"closed_at": None}, headers=ANY).json()["closed_at"] == dated["closed_at"]
    assert errors(alice.patch(url, {"probability": 50}, headers=ANY)) == [("/probability", "only_when_open")]
    assert move(alice, dated, stage=setup["New"]).json()["closed_at"] is None


def test_nothing_is_closed_in_the_future(alice, setup):
    deal = create(alice, setup)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert errors(move(alice, deal, stage=setup["Won"], closed_at=tomorrow)) == [("/closed_at", "in_future")]
    assert errors(move(alice, deal, stage=setup["New"], closed_at="2026-01-01T00:00:00Z")) == [
        ("/closed_at", "only_when_closed")
    ]


# --- change ------------------------------------------------------------------------------------------


def test_put_replaces_and_keeps_the_stage(alice, setup):
    deal = create(alice, setup, stage=setup["Proposal"], amount="5", currency="EUR", next_step="Call")
    body = {"name": "Two ovens", "customer": setup["customer"]}
    replaced = alice.put(f"{URL}{deal['id']}/", body, headers=ANY).json()
    assert (replaced["name"], replaced["stage"], replaced["next_step"]) == (
        "Two ovens",
        setup["Proposal"],
        "",
    )
    assert (replaced["amount"], replaced["currency"], replaced["owner"]) == (None, "", None)


def test_a_change_without_a_difference_writes_nothing(alice, setup, in_tenant):
    deal = create(alice, setup)
    same = alice.patch(f"{URL}{deal['id']}/", {"name": "Oven", "stage": setup["New"]}, headers=ANY)
    assert same.json() == deal
    with in_tenant("alice"):
        assert Change.objects.filter(entity="crm.deal").count() == 1
        assert DealStageEvent.objects.count() == 1


def test_a_stale_version_moves_nothing(alice, setup):
    deal = create(alice, setup)
    url = f"{URL}{deal['id']}/move/"
    assert alice.post(url, {"stage": setup["Won"]}).status_code == 428
    stale = alice.post(url, {"stage": setup["Won"]}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert alice.get(f"{URL}{deal['id']}/").json() == deal
    assert alice.post(url, {"stage": setup["Won"]}, headers={"If-Match": '"1"'})["ETag"] == '"2"'


def test_the_trash_keeps_a_deal_where_it_was(alice, setup):
    deal = create(alice, setup, stage=setup["Proposal"])
    url = f"{URL}{deal['id']}/"
    assert alice.delete(url, headers=ANY).status_code == 204
    assert alice.get(URL).json()["results"] == []
    assert move(alice, deal, stage=setup["New"]).status_code == 409
    restored = alice.post(f"{url}restore/").json()
    assert (restored["stage"], restored["deleted_at"]) == (setup["Proposal"], None)


# --- stages ------------------------------------------------------------------------------------------


def test_the_time_in_each_stage_is_told(alice, setup, world):
    with time_machine.travel(NOW, tick=False):
        deal = create(alice, setup)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        move(alice, deal, stage=setup["Proposal"])
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        visits = alice.get(f"{URL}{deal['id']}/stages/").json()["results"]
    assert [(v["stage_name"], v["entered_at"], v["left_at"], v["seconds"]) for v in visits] == [
        ("New", "2026-03-02T12:00:00Z", "2026-03-04T12:00:00Z", 2 * 86_400),
        ("Proposal", "2026-03-04T12:00:00Z", None, 3 * 86_400),
    ]
    assert {visit["actor_name"] for visit in visits} == {"Alice"}


def test_a_move_is_one_change_with_all_that_follows(alice, setup, in_tenant):
    deal = create(alice, setup)
    move(alice, deal, stage=setup["Lost"], lost_reason=setup["reason"])
    with in_tenant("alice"):
        (change,) = ChangeSet.objects.latest("created_at", "id").changes.all()
        assert change.operation == "update"
        assert {"stage", "category", "closed_at", "stage_entered_at", "lost_reason"} <= change.after.keys()
        assert change.before["stage"] == setup["New"]
        assert change.before["closed_at"] is None


def test_stage_events_go_with_their_deal_whoever_deletes_it(alice, setup, in_tenant):
    deal = create(alice, setup)
    with in_tenant("alice"):
        Deal.objects.filter(pk=deal["id"])._raw_delete("default")
        assert DealStageEvent.objects.count() == 0


def test_undoing_a_move_restores_everything_and_is_noted(alice, setup, in_tenant):
    deal = create(alice, setup, probability=40)
    with in_tenant("alice"):
        before = Deal.objects.values().get(pk=deal["id"])
    moved = move(alice, deal, stage=setup["Lost"], lost_reason=setup["reason"], lost_note="Too dear")
    undo = alice.post(f"/api/changes/{moved['Dott-Change-Set']}/undo/")
    assert undo.status_code == 201, undo.json()
    with in_tenant("alice"):
        after = Deal.objects.values().get(pk=deal["id"])
    kept_books = {"version", "updated_at"}
    assert {name for name in after if after[name] != before[name]} == kept_books
    visits = alice.get(f"{URL}{deal['id']}/stages/").json()["results"]
    assert [visit["stage_name"] for visit in visits] == ["New", "Lost", "New"]


def test_undoing_a_creation_removes_the_deal(alice, setup, in_tenant):
    response = alice.post(URL, {"name": "Oven", "customer": setup["customer"]})
    assert alice.post(f"/api/changes/{response['Dott-Change-Set']}/undo/").status_code == 201
    with in_tenant("alice"):
        assert (Deal.objects.count(), DealStageEvent.objects.count()) == (0, 0)


def test_many_are_assigned_at_once_and_none_is_moved(alice, setup, world):
    deals = [create(alice, setup, name=f"Oven {n}") for n in range(3)]
    ids = [deal["id"] for deal in deals]
    mia = str(world["mia"].membership_id)
    done = alice.post(f"{URL}bulk/", {"action": "edit", "ids": ids, "values": {"owner": mia}})
    assert (done.status_code, done.json()["changed"]) == (200, 3)
    assert alice.get(URL, {"owner": mia, "count": "exact"}).json()["count"] == 3
    refused = alice.post(f"{URL}bulk/", {"action": "edit", "ids": ids, "values": {"stage": setup["Won"]}})
    assert refused.status_code == 400


def test_many_get_a_day_and_a_probability_at_once_and_undo_takes_it_back(alice, setup):
    ids = [create(alice, setup, name=f"Oven {n}")["id"] for n in range(3)]
    values = {"expected_close_on": "2026-03-31", "probability": 40}
    told = lambda: [  # noqa: E731
        {name: alice.get(f"{URL}{pk}/").json()[name] for name in values} for pk in ids
    ]
    done = alice.post(f"{URL}bulk/", {"action": "edit", "ids": ids, "values": values})
    assert (done.status_code, done.json()["changed"]) == (200, 3), done.json()
    assert told() == [values] * 3
    assert alice.post(f"/api/changes/{done.json()['change_set']}/undo/").status_code == 201
    assert told() == [dict.fromkeys(values)] * 3


@pytest.mark.parametrize("probability", [101, -1, "likely"])
def test_many_get_no_probability_that_is_none(alice, setup, probability):
    ids = [create(alice, setup, name="Oven")["id"]]
    body = {"action": "edit", "ids": ids, "values": {"probability": probability}}
    refused = alice.post(f"{URL}bulk/", body)
    assert refused.status_code == 400
    assert "probability" in refused.json()["errors"][0]["pointer"]
    assert alice.get(f"{URL}{ids[0]}/").json()["probability"] is None


def test_closed_deals_among_many_keep_the_probability_of_their_stage(alice, setup):
    ids = [
        create(alice, setup, name="Oven")["id"],
        create(alice, setup, name="Kiln", stage=setup["Won"])["id"],
    ]
    body = {"action": "edit", "ids": ids, "values": {"probability": 40}}
    refused = alice.post(f"{URL}bulk/", body)
    assert (refused.status_code, refused.json()["refused"]) == (400, 1), refused.json()
    assert alice.get(f"{URL}{ids[0]}/").json()["probability"] is None


# --- the list ----------------------------------------------------------------------------------------


def test_the_list_is_narrowed_and_ordered(alice, setup, in_tenant):
    create(alice, setup, name="Small", amount="10", currency="EUR")
    create(alice, setup, name="Large", amount="9000", currency="USD", stage=setup["Proposal"])
    create(alice, setup, name="None")
    ask = lambda **query: [deal["name"] for deal in alice.get(URL, query).json()["results"]]  # noqa: E731
    assert ask(ordering="amount") == ["Small", "Large", "None"]
    assert ask(amount__gte="100") == ["Large"]
    assert ask(amount__lte="10") == ["Small"]
    assert ask(stage=setup["Proposal"]) == ["Large"]
    assert ask(q="larg") == ["Large"]
    assert ask(q="D-000001") == ["Small"]
    assert ask(customer=setup["customer"], category="won") == []
    assert ask(owner="me", ordering="name") == ["Large", "None", "Small"]


def test_the_list_is_answered_from_a_plan(world):
    assert Plan(DealViewSet).list_parameters >= {"stage", "ordering", "amount__gte"}


def test_the_export_holds_what_the_list_shows(alice, setup):
    create(alice, setup, name="=1+1", amount="10", currency="EUR")
    create(alice, setup, name="Other", stage=setup["Proposal"])
    response = alice.get(f"{URL}export/", {"stage": setup["New"]})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(row) == COLUMNS
    assert (row["deal_number"], row["name"], row["pipeline"], row["stage"]) == (
        "D-000001", "'=1+1", "Sales", "New",
    )  # fmt: skip
    assert (row["customer"], row["contact"], row["owner_name"]) == ("Old Mill", "", "Alice")
    assert (row["amount"], row["currency"], row["closed_at"]) == ("10.0000", "EUR", "")


def test_another_business_has_its_own(api_as, alice, setup, in_tenant):
    create(alice, setup)
    bob = api_as("bob")
    assert bob.get(URL).json()["results"] == []
    with in_tenant("bob"):
        other = DealFactory()
    assert errors(alice.post(URL, {"name": "x", "customer": str(other.customer_id)})) == [
        ("/customer", "does_not_exist")
    ]
