"""Members named in texts: told once each, if they may see it, and what undo and erasure make of it."""

from typing import Any
from uuid import uuid4

import pytest

from dott.modules.crm.models import Activity, Notification
from dott.modules.crm.tests.factories import ContactFactory, CustomerFactory
from dott.platform.identity.memberships import all_memberships
from dott.platform.privacy.tests.support import ERASURES, a_pass, made

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
ACTIVITIES, URL = "/api/crm/activities/", "/api/crm/notifications/"


def at(member: Any, name: str = "Mia") -> str:
    """A mention as the editor writes it."""
    return f"[@{name}](member:{getattr(member, 'membership_id', member)})"


@pytest.fixture
def customer(in_tenant) -> Any:
    with in_tenant("alice"):
        return CustomerFactory(business_name="Grand Hotel")


@pytest.fixture
def write(api_as, customer):
    """Writes a note about the customer; returns the response."""

    def written(body: str, person: str = "alice", **values: Any) -> Any:
        note = {"kind": "note", "body": body, "customer": str(customer.pk)} | values
        return api_as(person).post(ACTIVITIES, note)

    return written


def news_of(api_as: Any, person: str) -> list[dict[str, Any]]:
    response = api_as(person).get(f"{URL}?unread=true")
    assert response.status_code == 200, response.content
    return list(response.json()["results"])


def change(api_as: Any, activity: str, person: str = "alice", **values: Any) -> Any:
    return api_as(person).patch(f"{ACTIVITIES}{activity}/", values, headers={"If-Match": "*"})


def test_who_is_named_is_told_and_nobody_else(write, world, api_as, customer):
    note = write(f"Ask {at(world['mia'])} and {at(world['alice'], 'Alice')}").json()
    (news,) = news_of(api_as, "mia")
    wanted = {"reason": "mention", "activity": note["id"], "kind": "note", "customer": str(customer.pk)}
    assert wanted.items() <= news.items()
    assert (news["about"], news["remind_at"]) == ("Grand Hotel", None)
    assert news["author"] == str(world["alice"].membership_id)
    assert news["author_name"] == "Alice"
    assert news_of(api_as, "alice") == []


def test_it_is_told_once_and_only_new_names_are_told_later(write, world, api_as, in_tenant):
    note = write(f"{at(world['mia'])} {at(world['mia'])}").json()["id"]
    change(api_as, note, body=f"{at(world['mia'])}, please")
    change(api_as, note, body="nobody")
    change(api_as, note, body=f"{at(world['mia'])} after all")
    assert len(news_of(api_as, "mia")) == 1
    change(api_as, note, person="mia", body=f"{at(world['mia'])} and {at(world['alice'], 'A')}")
    assert [news["author"] for news in news_of(api_as, "alice")] == [str(world["mia"].membership_id)]
    with in_tenant("alice"):
        assert Notification.objects.count() == 2


def test_a_task_s_text_tells_too_and_its_next_occurrence_does_not(write, world, api_as):
    day = {"due_on": "2026-12-01", "recurrence": "FREQ=DAILY"}
    task = write(at(world["mia"]), kind="task", subject="Bake", **day).json()["id"]
    assert api_as("alice").post(f"{ACTIVITIES}{task}/complete/").status_code == 200
    assert [news["activity"] for news in news_of(api_as, "mia")] == [task]


def strangers(world: Any) -> list[str]:
    mia = str(world["mia"].membership_id)
    others = [str(world["bob"].membership_id), str(uuid4()), "", "mia", mia.upper(), mia.replace("-", "")]
    return [at(other) for other in others]


def test_strangers_are_refused_and_the_field_is_named(write, world, api_as, in_tenant):
    note = write(at(world["mia"])).json()["id"]
    for text in strangers(world):
        both = f"{at(world['mia'])} {text}"
        for response in (write(both), change(api_as, note, body=both)):
            assert response.status_code == 400, (text, response.content)
            errors = response.json()["errors"]
            assert [(error["pointer"], error["code"]) for error in errors] == [("/body", "unknown_member")]
    with in_tenant("alice"):
        assert Activity.objects.count() == 1


def test_who_has_left_is_not_named_anew_and_stays_where_she_stood(write, world, api_as):
    text = at(world["mia"])
    note = write(text).json()["id"]
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    assert change(api_as, note, body=f"{text} was here").status_code == 200
    assert write(text).status_code == 400


def test_of_what_she_does_not_see_nobody_is_told(world, api_as, in_tenant):
    with in_tenant("olga"):
        hers = CustomerFactory(business_name="Roses", owner_id=world["nora"].membership_id)
    people = ("olga", "tara", "nora", "vito")
    text = " ".join(at(world[name]) for name in people)
    note = {"kind": "note", "body": text, "customer": str(hers.pk)}
    assert api_as("olga").post(ACTIVITIES, note).status_code == 201
    # Members see their own, viewers those of their team: Vito is in Nora's.
    told = {name: len(news_of(api_as, name)) for name in people}
    assert told == {"olga": 0, "tara": 0, "nora": 1, "vito": 1}
    with in_tenant("olga"):
        assert Notification.objects.count() == 2


def undo(api_as: Any, change_set: str) -> str:
    response = api_as("alice").post(f"/api/changes/{change_set}/undo/", {})
    assert response.status_code == 201, response.content
    return str(response.json()["change_set"]["id"])


def test_an_undo_takes_the_news_back_and_a_redo_tells_nobody_twice(write, world, api_as, in_tenant):
    note = write("plain").json()["id"]
    named = change(api_as, note, body=at(world["mia"]))
    assert len(news_of(api_as, "mia")) == 1
    undone = undo(api_as, named["Dott-Change-Set"])
    assert api_as("alice").get(f"{ACTIVITIES}{note}/").json()["body"] == "plain"
    assert news_of(api_as, "mia") == []
    undo(api_as, undone)
    assert api_as("alice").get(f"{ACTIVITIES}{note}/").json()["body"] == at(world["mia"])
    assert len(news_of(api_as, "mia")) == 1
    with in_tenant("alice"):
        assert Notification.objects.count() == 1


def test_news_of_what_is_in_the_trash_are_none(write, world, api_as):
    note = write(at(world["mia"])).json()["id"]
    api_as("alice").delete(f"{ACTIVITIES}{note}/", headers={"If-Match": "*"})
    assert news_of(api_as, "mia") == []
    api_as("alice").post(f"{ACTIVITIES}{note}/restore/")
    (news,) = news_of(api_as, "mia")
    assert api_as("mia").post(f"{URL}{news['id']}/read/").status_code == 204
    assert news_of(api_as, "mia") == []


def test_an_erasure_takes_a_person_out_and_leaves_the_member_named(write, world, api_as, in_tenant):
    alice, whole = api_as("alice"), "Jane Q. Doe"
    with in_tenant("alice"):
        jane = ContactFactory(first_name="Jane Q.", last_name="Doe")
    note = write(f"{at(world['mia'], whole)} knows {whole}").json()["id"]
    about_her = {"kind": "note", "body": at(world["mia"]), "contact": str(jane.pk), "customer": None}
    assert alice.post(ACTIVITIES, about_her).status_code == 201
    assert len(news_of(api_as, "mia")) == 2
    erasing = {
        "records": [{"entity": "crm.contact", "id": str(jane.pk)}],
        "names": [whole],
        "confirm": whole,
        "pass": a_pass(alice),
    }
    made(alice.post(ERASURES, erasing))
    assert (
        alice.get(f"{ACTIVITIES}{note}/").json()["body"] == f"{at(world['mia'], '[erased]')} knows [erased]"
    )
    assert [news["activity"] for news in news_of(api_as, "mia")] == [note]
