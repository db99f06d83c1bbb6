"""Pipelines, stages and lost reasons over HTTP, and the setup that every business begins with."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from dott.modules.crm.actions.selling import LOST_REASONS, STAGES
from dott.modules.crm.models import LostReason, Pipeline, Stage
from dott.modules.crm.tests.factories import DealFactory, DealStageEventFactory, PipelineFactory, StageFactory
from dott.platform.history.models import Change, ChangeSet

PIPELINES, STAGE_LIST, REASONS = "/api/crm/pipelines/", "/api/crm/stages/", "/api/crm/lost-reasons/"
ANY = {"If-Match": "*"}


@pytest.fixture
def alice(api_as):
    return api_as("alice")


def results(client, url: str, **query: str) -> list[dict]:
    response = client.get(url, query)
    assert response.status_code == 200, response.json()
    return response.json()["results"]


# --- the first setup ---------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [PIPELINES, STAGE_LIST, REASONS, "/api/crm/deals/board/"])
def test_whoever_looks_first_finds_the_usual_setup(api_as, in_tenant, first):
    assert api_as("vera").get(first).status_code == 200
    alice = api_as("alice")
    (pipeline,) = results(alice, PIPELINES)
    assert (pipeline["name"], pipeline["is_default"], pipeline["is_archived"]) == ("Sales", True, False)
    stages = results(alice, STAGE_LIST, pipeline=pipeline["id"])
    assert [(s["name"], s["category"], s["probability"], s["rot_days"]) for s in stages] == [
        (name, category, probability, rot_days) for name, category, probability, _, rot_days in STAGES
    ]
    assert [reason["name"] for reason in results(alice, REASONS)] == list(LOST_REASONS)
    with in_tenant("alice"):
        (made,) = ChangeSet.objects.all()
        assert (made.kind, made.reason) == ("system", "First pipeline")
        assert Change.objects.filter(operation="create").count() == 1 + len(STAGES) + len(LOST_REASONS)


def test_the_setup_is_made_once_and_never_again(alice, in_tenant):
    results(alice, PIPELINES)
    with in_tenant("alice"):
        LostReason.objects.all().delete()
    assert results(alice, REASONS) == []
    assert len(results(alice, PIPELINES)) == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_eight_who_look_at_once_make_one_setup(api_as, in_tenant):
    def look(_index: int) -> int:
        try:
            return len(results(api_as("alice"), PIPELINES))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(look, range(8))) == [1] * 8
    with in_tenant("alice"):
        assert (Pipeline.objects.count(), Stage.objects.count()) == (1, len(STAGES))
        assert LostReason.objects.count() == len(LOST_REASONS)


# --- pipelines ---------------------------------------------------------------------------------------


def test_a_new_pipeline_begins_with_the_usual_stages(alice, in_tenant):
    response = alice.post(PIPELINES, {"name": "Renewals"})
    assert response.status_code == 201
    made = response.json()
    assert (made["is_default"], made["position"]) == (False, 1)
    assert len(results(alice, STAGE_LIST, pipeline=made["id"])) == len(STAGES)
    with in_tenant("alice"):
        assert Change.objects.filter(change_set=ChangeSet.objects.latest("created_at", "id")).count() == 7


def test_exactly_one_pipeline_is_the_default(alice, in_tenant):
    (first,) = results(alice, PIPELINES)
    other = alice.post(PIPELINES, {"name": "Renewals", "is_default": True}).json()
    assert [(p["id"], p["is_default"]) for p in results(alice, PIPELINES)] == [
        (first["id"], False), (other["id"], True),
    ]  # fmt: skip
    response = alice.patch(f"{PIPELINES}{first['id']}/", {"is_default": True}, headers=ANY)
    assert (response.status_code, response.json()["is_default"]) == (200, True)
    with in_tenant("alice"):
        assert list(Pipeline.objects.filter(is_default=True).values_list("name", flat=True)) == ["Sales"]
        change_set = ChangeSet.objects.latest("created_at", "id")
        assert {c.after["is_default"] for c in change_set.changes.all()} == {True, False}


@pytest.mark.parametrize("change", [{"is_default": False}, {"is_archived": True}])
def test_the_default_stays_until_another_one_is(alice, change):
    (first,) = results(alice, PIPELINES)
    response = alice.patch(f"{PIPELINES}{first['id']}/", change, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (409, "pipeline_is_default")
    assert results(alice, PIPELINES) == [first]
    assert alice.delete(f"{PIPELINES}{first['id']}/", headers=ANY).status_code == 409


def test_a_pipeline_with_deals_cannot_be_deleted(alice, in_tenant):
    results(alice, PIPELINES)
    with in_tenant("alice"):
        deal = DealFactory()
        url = f"{PIPELINES}{deal.pipeline_id}/"
    response = alice.delete(url, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (409, "pipeline_has_deals")
    assert alice.patch(url, {"is_archived": True}, headers=ANY).json()["is_archived"] is True
    with in_tenant("alice"):
        empty = StageFactory().pipeline
    assert alice.delete(f"{PIPELINES}{empty.pk}/", headers=ANY).status_code == 204
    with in_tenant("alice"):
        assert not Stage.objects.filter(pipeline=empty.pk).exists()


def test_names_are_unique_whatever_their_case(alice):
    results(alice, PIPELINES)
    response = alice.post(PIPELINES, {"name": "SALES"})
    assert (response.status_code, response.json()["code"]) == (409, "pipeline_name_is_unique")


# --- stages ------------------------------------------------------------------------------------------


def test_a_closed_stage_has_its_probability(alice, in_tenant):
    with in_tenant("alice"):
        pipeline = str(PipelineFactory().pk)
    won = alice.post(STAGE_LIST, {"pipeline": pipeline, "name": "Signed", "category": "won"})
    assert (won.status_code, won.json()["probability"]) == (201, 100)
    wrong = alice.post(STAGE_LIST, {"pipeline": pipeline, "name": "No", "category": "lost", "probability": 5})
    assert wrong.status_code == 400
    assert [(e["pointer"], e["code"]) for e in wrong.json()["errors"]] == [
        ("/probability", "stage_probability_fits_category")
    ]
    high = alice.post(STAGE_LIST, {"pipeline": pipeline, "name": "Sure", "probability": 101})
    assert [(e["pointer"], e["code"]) for e in high.json()["errors"]] == [("/probability", "max_value")]


def test_a_stage_with_deals_stays_what_it_is(alice, in_tenant):
    with in_tenant("alice"):
        deal = DealFactory()
        StageFactory(pipeline=deal.pipeline)
        url = f"{STAGE_LIST}{deal.stage_id}/"
    for change in ({"category": "won"}, {"is_archived": True}):
        response = alice.patch(url, change, headers=ANY)
        assert (response.status_code, response.json()["code"]) == (409, "stage_has_deals")
    response = alice.delete(url, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (409, "stage_has_deals")
    assert alice.patch(url, {"name": "Talks", "probability": 60}, headers=ANY).json()["name"] == "Talks"


def test_a_stage_that_deals_went_through_is_archived_and_not_deleted(alice, in_tenant):
    with in_tenant("alice"):
        event = DealStageEventFactory()
        before = StageFactory(pipeline=event.deal.pipeline)
        DealStageEventFactory(deal=event.deal, from_stage=before)
        url = f"{STAGE_LIST}{before.pk}/"
    response = alice.delete(url, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (409, "stage_has_history")
    assert alice.patch(url, {"is_archived": True}, headers=ANY).json()["is_archived"] is True


def test_a_pipeline_keeps_an_open_stage(alice, in_tenant):
    with in_tenant("alice"):
        stage = StageFactory()
        url = f"{STAGE_LIST}{stage.pk}/"
    for answer in (
        alice.delete(url, headers=ANY),
        alice.patch(url, {"is_archived": True}, headers=ANY),
        alice.patch(url, {"category": "won"}, headers=ANY),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "pipeline_needs_open_stage")
    with in_tenant("alice"):
        StageFactory(pipeline=stage.pipeline)
    assert alice.delete(url, headers=ANY).status_code == 204


def test_a_stage_stays_in_its_pipeline(alice, in_tenant):
    with in_tenant("alice"):
        stage, other = StageFactory(), PipelineFactory()
    response = alice.patch(f"{STAGE_LIST}{stage.pk}/", {"pipeline": str(other.pk)}, headers=ANY)
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [("/pipeline", "unchangeable")]


# --- order -------------------------------------------------------------------------------------------


def test_stages_are_put_in_another_order(alice, in_tenant):
    (pipeline,) = results(alice, PIPELINES)
    ids = [stage["id"] for stage in results(alice, STAGE_LIST, pipeline=pipeline["id"])]
    order = [ids[2], *ids[:2], *ids[3:]]
    assert alice.post(f"{STAGE_LIST}reorder/", {"order": order}).status_code == 204
    assert [stage["id"] for stage in results(alice, STAGE_LIST, pipeline=pipeline["id"])] == order
    with in_tenant("alice"):
        assert ChangeSet.objects.latest("created_at", "id").changes.count() == 3


@pytest.mark.parametrize("url", [PIPELINES, STAGE_LIST, REASONS])
def test_an_order_names_all_and_each_once(alice, url):
    ids = [one["id"] for one in results(alice, url)]
    if url == PIPELINES:
        ids.append(alice.post(PIPELINES, {"name": "Renewals"}).json()["id"])
    stale = alice.post(f"{url}reorder/", {"order": ids[1:]})
    assert (stale.status_code, stale.json()["code"]) == (409, "order_is_stale")
    twice = alice.post(f"{url}reorder/", {"order": [ids[0], ids[0]]})
    assert [(e["pointer"], e["code"]) for e in twice.json()["errors"]] == [("/order", "repeated")]
    unknown = alice.post(f"{url}reorder/", {"order": [str(uuid4()), *ids]})
    assert [(e["pointer"], e["code"]) for e in unknown.json()["errors"]] == [("/order", "does_not_exist")]


# --- lost reasons ------------------------------------------------------------------------------------


def test_a_reason_that_deals_were_lost_for_is_taken_out_of_use(alice, in_tenant):
    reasons = results(alice, REASONS)
    with in_tenant("alice"):
        DealFactory(
            stage=Stage.objects.get(category="lost"), category="lost", closed_at="2026-01-01T00:00:00Z",
            lost_reason_id=reasons[0]["id"],
        )  # fmt: skip
    used, unused = (f"{REASONS}{reason['id']}/" for reason in reasons[:2])
    response = alice.delete(used, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (409, "lost_reason_is_used")
    assert alice.patch(used, {"is_active": False}, headers=ANY).json()["is_active"] is False
    assert alice.delete(unused, headers=ANY).status_code == 204


def test_members_only_look(api_as, alice):
    results(alice, PIPELINES)
    mia = api_as("mia")
    for url in (PIPELINES, REASONS):
        assert mia.post(url, {"name": "Mine"}).status_code == 403
