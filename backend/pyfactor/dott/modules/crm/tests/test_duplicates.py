"""The duplicates report: what a search finds, in which order, and what people have said stays said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.actions.customers import create_customer, update_customer
from dott.modules.crm.actions.distinctions import tell_apart
from dott.modules.crm.actions.merging import merge_records
from dott.modules.crm.duplicates import scan
from dott.modules.crm.models import Customer, Distinction, DuplicatePair, DuplicateScan
from dott.modules.crm.tests.factories import CustomerFactory, DuplicatePairFactory
from dott.platform.history.models import ChangeSet
from dott.platform.history.undo import undo
from dott.platform.jobs import runner
from dott.platform.jobs.testing import run_queued
from tests.round_trips import counted_round_trips

URL = "/api/crm/duplicates/"
SCAN = f"{URL}scan/"
DISTINCTIONS = "/api/crm/distinctions/"
COMMITTED = pytest.mark.django_db(transaction=True, databases="__all__")


def search(api_as, name: str = "alice") -> dict:
    """A search from the button to its end; the report after it."""
    assert api_as(name).post(SCAN, {}).status_code == 202
    run_queued()
    return report(api_as, name)


def report(api_as, name: str = "alice", **query) -> dict:
    response = api_as(name).get(URL, query)
    assert response.status_code == 200, response.content
    return response.json()


def pairs(answer: dict) -> list[tuple[str, str, int]]:
    return [
        (pair["first"]["display_name"], pair["second"]["display_name"], pair["score"])
        for pair in answer["results"]
    ]


@pytest.fixture
def alike(in_tenant):
    """Three of one name, of which two share more; two of one phone; one alone."""
    with in_tenant("alice"):
        return {
            "acme": CustomerFactory(business_name="Acme", email="info@acme.example"),
            "acme_ltd": CustomerFactory(business_name="ACME Ltd", email="info@acme.example"),
            "acme_inc": CustomerFactory(business_name="Acme, Inc."),
            "zed": CustomerFactory(business_name="Zed", phone="+4989123456"),
            "yon": CustomerFactory(business_name="Yon", phone="+4989123456"),
            "alone": CustomerFactory(business_name="Solitaire"),
        }


@COMMITTED
def test_the_likeliest_stand_first_with_their_reasons(alike, api_as):
    nothing = report(api_as)
    assert nothing == {"results": [], "next": None, "scan": None, "is_out_of_date": False}
    answer = search(api_as)
    assert pairs(answer)[0] == ("Acme", "ACME Ltd", 110)
    assert sorted(pairs(answer)[1:]) == [
        ("ACME Ltd", "Acme, Inc.", 40), ("Acme", "Acme, Inc.", 40), ("Zed", "Yon", 40),
    ]  # fmt: skip
    assert answer["results"][0]["reasons"] == [
        {"code": "email", "weight": 50}, {"code": "same_name", "weight": 40},
        {"code": "domain", "weight": 20},
    ]  # fmt: skip
    assert (answer["scan"]["state"], answer["scan"]["found"], answer["scan"]["is_cut"]) == (
        "succeeded",
        4,
        False,
    )
    assert answer["is_out_of_date"] is False
    assert report(api_as, "bob")["results"] == []


@COMMITTED
def test_pages_follow_each_other_without_gap_or_repeat(alike, api_as):
    whole = search(api_as)["results"]
    seen, address = [], f"{URL}?limit=1"
    while address:
        page = api_as("vera").get(address).json()
        seen += page["results"]
        address = page["next"]
    assert seen == whole
    refused = api_as("vera").get(f"{URL}?cursor=x")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "invalid_cursor")


@COMMITTED
def test_the_report_shows_what_is_so_now(alike, api_as):
    search(api_as)
    alice = api_as("alice")
    alice.delete(f"/api/crm/customers/{alike['acme_ltd'].pk}/", HTTP_IF_MATCH="*")
    alice.patch(f"/api/crm/customers/{alike['zed'].pk}/", {"phone": ""}, HTTP_IF_MATCH="*")
    answer = report(api_as)
    assert pairs(answer) == [("Acme", "Acme, Inc.", 40)]
    assert answer["is_out_of_date"] is True
    assert search(api_as)["is_out_of_date"] is False


@COMMITTED
def test_a_search_that_is_on_its_way_is_left_to_it(alike, api_as, in_tenant):
    first = api_as("mia").post(SCAN, {}).json()
    assert first["state"] == "queued"
    assert api_as("alice").post(SCAN, {}).json() == first
    run_queued()
    with in_tenant("alice"):
        job = DuplicateScan.objects.get().job
    # A worker that was killed leaves its job to be run again.
    runner.run(job.pk)
    assert len(report(api_as)["results"]) == 4
    search(api_as)
    with in_tenant("alice"):
        assert DuplicateScan.objects.count() == 1


@COMMITTED
def test_what_many_share_is_left_out_or_cut(in_tenant, api_as):
    with in_tenant("alice"):
        CustomerFactory.create_batch(scan.MAX_ALIKE + 1, business_name="Kiosk")
        for number in range(scan.MAX_ALIKE + 5):
            CustomerFactory(business_name=f"Branch {number}", phone="+4989123456")
    answer = search(api_as)
    # A name that everybody has says nothing; a phone number does, of some of them.
    most = scan.MAX_ALIKE * (scan.MAX_ALIKE - 1) // 2
    assert answer["scan"]["found"] == most
    assert {pair[2] for pair in pairs(answer)} == {40}


@COMMITTED
def test_no_more_is_kept_than_anybody_looks_through(alike, api_as, in_tenant, monkeypatch):
    monkeypatch.setattr(scan, "MAX_KEPT", 2)
    answer = search(api_as)
    assert (answer["scan"]["found"], answer["scan"]["is_cut"]) == (2, True)
    assert len(answer["results"]) == 2
    assert pairs(answer)[0] == ("Acme", "ACME Ltd", 110)


def test_it_costs_the_same_for_one_pair_and_for_fifty(api_as, in_tenant, world):
    with in_tenant("alice"):
        for number in range(50):
            one, other = CustomerFactory.create_batch(2, tax_id=f"T{number}", business_name=f"B{number}")
            DuplicatePairFactory(first=one, second=other, score=100)
    alice = api_as("alice")
    costs = []
    for limit in (1, 50):
        alice.get(URL, {"limit": limit})
        with counted_round_trips() as cost:
            answer = alice.get(URL, {"limit": limit}).json()
        assert len(answer["results"]) == limit
        costs.append(cost.total)
    assert costs[0] == costs[1]


# --- not a duplicate -------------------------------------------------------------------------------------


def say(api_as, one: Customer, other: Customer, name: str = "mia"):
    return api_as(name).post(DISTINCTIONS, {"first": str(one.pk), "second": str(other.pk)})


@COMMITTED
def test_not_a_duplicate_is_remembered_and_can_be_undone(alike, api_as, in_tenant):
    search(api_as)
    said = say(api_as, alike["yon"], alike["zed"])
    assert said.status_code == 201, said.content
    # In the order of the ids, whichever way round they were named.
    assert (said.json()["first_name"], said.json()["second_name"]) == ("Zed", "Yon")
    assert ("Zed", "Yon", 40) not in pairs(report(api_as))
    assert ("Zed", "Yon", 40) not in pairs(search(api_as))
    again = say(api_as, alike["zed"], alike["yon"])
    assert (again.status_code, again.json()["code"]) == (409, "distinction_once")
    alice = api_as("alice")
    alice.patch(f"/api/crm/customers/{alike['zed'].pk}/", {"business_name": "Yon"}, HTTP_IF_MATCH="*")
    assert "Yon" not in {name for pair in pairs(search(api_as)) for name in pair}
    undone = alice.post(f"/api/changes/{said['Dott-Change-Set']}/undo/", {})
    assert undone.status_code == 201, undone.content
    assert ("Yon", "Yon", 80) in pairs(search(api_as))


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/first", "required"),
        ({"first": "{zed}", "second": "{zed}"}, "/second", "same_record"),
        ({"first": "{zed}", "second": "00000000-0000-7000-8000-000000000000"}, "/second", "does_not_exist"),
        ({"first": "{zed}", "second": "{yon}", "why": "x"}, "/why", "unknown_field"),
    ],
)
def test_bad_pairs_are_named(alike, api_as, body, pointer, code):
    filled = {
        key: value.format(**{name: one.pk for name, one in alike.items()}) for key, value in body.items()
    }
    response = api_as("mia").post(DISTINCTIONS, filled)
    assert response.status_code == 400
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in response.json()["errors"]}


def test_a_viewer_says_nothing(alike, api_as, in_tenant):
    assert say(api_as, alike["zed"], alike["yon"], "vera").status_code == 403
    assert api_as("vera").post(SCAN, {}).status_code == 403
    with in_tenant("alice"):
        assert not Distinction.objects.exists()
        assert not DuplicateScan.objects.exists()


def merge(api_as, survivor: Customer, *losers: Customer, **body):
    response = api_as("alice").post(
        f"/api/crm/customers/{survivor.pk}/merge/",
        {"losers": [str(one.pk) for one in losers], **body},
        HTTP_IF_MATCH="*",
    )
    assert response.status_code == 200, response.content
    return response.json()


def test_a_merge_warns_of_what_speaks_against_it(alike, api_as, in_tenant):
    assert merge(api_as, alike["acme"], alike["acme_ltd"], dry_run=True)["warnings"] == []
    say(api_as, alike["acme"], alike["acme_inc"])
    alice = api_as("alice")
    for name, change in {
        "acme": {"tax_id": "DE 1", "external_id": "A"},
        "acme_ltd": {"tax_id": "DE1", "external_id": "B"},
        "acme_inc": {"tax_id": "DE2", "kind": "person", "last_name": "Acme"},
    }.items():
        changed = alice.patch(f"/api/crm/customers/{alike[name].pk}/", change, HTTP_IF_MATCH="*")
        assert changed.status_code == 200
    assert merge(api_as, alike["acme"], alike["acme_ltd"], dry_run=True)["warnings"] == [
        "external_ids_differ"
    ]
    warned = merge(api_as, alike["acme"], alike["acme_inc"], dry_run=True)["warnings"]
    assert warned == ["tax_ids_differ", "kinds_differ", "said_apart"]


def said(in_tenant) -> set[frozenset]:
    with in_tenant("alice"):
        rows = list(Distinction.objects.values_list("first_id", "second_id"))
        assert all(first < second for first, second in rows)
        return {frozenset(pair) for pair in rows}


def test_what_was_said_of_a_loser_holds_of_the_survivor(alike, api_as, in_tenant):
    acme, ltd, inc = alike["acme"], alike["acme_ltd"], alike["acme_inc"]
    for pair in ((ltd, alike["zed"]), (inc, alike["zed"]), (ltd, inc), (alike["zed"], alike["yon"])):
        say(api_as, *pair)
    before = said(in_tenant)
    done = merge(api_as, acme, ltd, inc)
    expected = {frozenset({acme.pk, alike["zed"].pk}), frozenset({alike["zed"].pk, alike["yon"].pk})}
    assert said(in_tenant) == expected
    undone = api_as("alice").post(f"/api/changes/{done['change_set']}/undo/", {})
    assert undone.status_code == 201, undone.content
    assert said(in_tenant) == before


_STEP = st.tuples(
    st.sampled_from(["say", "merge", "edit", "undo"]), st.integers(0, 4), st.integers(0, 4)
).filter(lambda step: step[1] != step[2])


@settings(max_examples=40)
@given(st.lists(_STEP, min_size=1, max_size=8))
def test_whatever_happens_what_was_said_stays_said(in_tenant, steps):
    """A model of it: what was said of a record holds of the one that it was merged into."""
    with in_tenant("alice") as actor:
        made = [CustomerFactory(business_name=f"Acme {number}") for number in range(5)]
        apart: set[frozenset] = set()
        states: list[tuple[ChangeSet | None, set[frozenset]]] = []
        for kind, here, there in steps:
            one, other = (Customer.objects.get(pk=made[place].pk) for place in (here, there))
            before = set(apart)
            known = set(ChangeSet.objects.values_list("pk", flat=True))
            if kind == "undo":
                if not states:
                    continue
                change_set, apart = states.pop()
                undo(change_set=change_set, actor=actor)
            elif one.deleted_at or other.deleted_at:
                continue
            elif kind == "say":
                if frozenset({one.pk, other.pk}) in apart:
                    continue
                tell_apart(actor=actor, one=one, other=other)
                apart.add(frozenset({one.pk, other.pk}))
            elif kind == "edit":
                update_customer(actor=actor, customer=one, values={"business_name": f"Acme {len(states)}x"})
            else:
                merge_records(actor=actor, survivor=one, losers=[other], values={})
                moved = {frozenset(one.pk if pk == other.pk else pk for pk in pair) for pair in apart}
                apart = {pair for pair in moved if len(pair) == 2}
            if kind != "undo":
                (new,) = ChangeSet.objects.exclude(pk__in=known)
                states.append((new, before))
            rows = set(Distinction.objects.values_list("first_id", "second_id"))
            assert {frozenset(pair) for pair in rows} == apart
            assert all(first < second for first, second in rows)
        Distinction.objects.all().delete()
        Customer.objects.all().delete()


def test_pairs_of_a_customer_that_goes_for_good_go_with_it(in_tenant):
    with in_tenant("alice") as actor:
        new = create_customer(actor=actor, values={"business_name": "Acme"})
        other = CustomerFactory()
        DuplicatePairFactory(first=new, second=other)
        change_set = ChangeSet.objects.get()
        undo(change_set=change_set, actor=actor)
        assert not DuplicatePair.objects.exists()
        assert not Customer.objects.filter(pk=new.pk).exists()
