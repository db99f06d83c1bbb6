"""Finding a person: in every kind of place, in the usual forms, and nobody else's."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connections

from dott.platform.privacy.patterns import Subject, patterns_of
from dott.platform.privacy.tests.support import (
    CONTACTS,
    FIND,
    FIRST,
    HANDOVERS,
    LAST,
    NAME,
    SUBJECT,
    a_pass,
    chosen,
    made,
    spread,
)
from dott.platform.tenancy.router import APP


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def matches(pattern: str, text: str) -> bool:
    with connections[APP].cursor() as cursor:
        cursor.execute("SELECT %s ~* %s", [text, pattern])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("kind", "known", "text", "is_hers"),
    [
        ("email", "jo.doe@example.com", "write to Jo.Doe@Example.com, please", True),
        ("email", "jo.doe@example.com", "mojo.doe@example.com", False),
        ("email", "jo.doe@example.com", "jo.doe@example.company", False),
        ("email", "jo.doe@example.com", "joxdoe@example.com", False),
        ("phone", "+4930901820", "call 030 90 18 20 at noon", True),
        ("phone", "+4930901820", "+49 (30) 901-820", True),
        ("phone", "+4930901820", "0049 30 901820", True),
        ("phone", "+4930901820", "9493090182099", False),
        ("phone", "+4930901820", "order 30901820", False),
        ("name", "Zoë Müller", "zoe muller", True),
        ("name", "Zoe Muller", "ZOË MÜLLER", True),
        ("name", "Zoë Müller", "Müller, Zoë", True),
        ("name", "Zoë Müller", "Zoë Müllers", False),
        ("name", "Zoë Müller", "Zoë Meier", False),
        ("name", 'A.* "B" (C)', 'x A.* "B" (C) y', True),
        ("name", 'A.* "B" (C)', 'Axx "B" (C)', False),
    ],
)
def test_usual_forms_are_found_and_others_are_not(
    world: Any, kind: str, known: str, text: str, is_hers: bool
) -> None:
    subject = Subject(**{f"{kind}s": (known,)})
    assert matches(getattr(patterns_of(subject), kind), text) is is_hers


def test_a_name_of_one_word_is_found_and_never_taken_out_of_texts() -> None:
    patterns = patterns_of(Subject(names=("Doecanary",)))
    assert patterns.name
    assert patterns.erased == ""


def test_she_is_found_in_every_kind_of_place(api_as: Any) -> None:
    alice = api_as("alice")
    jane = spread(alice)
    found = {table["entity"]: table for table in made(alice.post(FIND, SUBJECT))["results"]}
    assert set(found) == {
        "api.idempotencykey", "crm.activity", "crm.contact", "crm.customer", "crm.importjob",
        "crm.savedview", "crm.tag", "history.change",
    }  # fmt: skip
    (contact,) = found["crm.contact"]["hits"]
    assert (contact["record_id"], contact["name"], contact["is_person"]) == (jane["contact"], NAME, True)
    assert {"email", "phone", "display_name", "notes"} <= set(contact["fields"])
    assert found["crm.activity"]["count"] == 2


def test_trash_members_and_old_values_are_looked_into(api_as: Any, in_tenant: Any) -> None:
    alice = api_as("alice")
    jane = spread(alice)
    alice.delete(f"{CONTACTS}{jane['contact']}/", headers={"If-Match": "*"})
    found = made(alice.post(FIND, {"emails": ["jane.old@example.com"]}))["results"]
    assert [table["entity"] for table in found] == ["api.idempotencykey", "history.change"]
    found = made(alice.post(FIND, {"names": ["Alice"]}))["results"]
    assert "identity.membership" in [table["entity"] for table in found]
    found = made(alice.post(FIND, {"names": [f"{LAST} {FIRST}"]}))["results"]
    assert "crm.contact" in [table["entity"] for table in found]


def test_another_business_finds_nothing(api_as: Any) -> None:
    spread(api_as("alice"))
    assert made(api_as("bob").post(FIND, SUBJECT)) == {"results": []}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/emails"),
        ({"emails": ["nobody"]}, "/emails/0"),
        ({"phones": ["+49 1"]}, "/phones/0"),
        ({"names": ["ab"]}, "/names/0"),
        ({"names": ["x" * 121]}, "/names/0"),
        ({"names": ["abc"] * 11}, "/names"),
        ({"records": []}, "/records"),
    ],
)
def test_what_finds_everybody_is_refused(api_as: Any, body: dict[str, Any], pointer: str) -> None:
    refused = api_as("alice").post(FIND, body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == pointer


def test_members_find_and_hand_over_nothing(api_as: Any) -> None:
    mia = api_as("mia")
    assert mia.post(FIND, SUBJECT).status_code == 403
    assert mia.post(HANDOVERS, SUBJECT | {"pass": "x"}).status_code == 403


def test_what_is_held_of_her_is_handed_over(api_as: Any) -> None:
    alice = api_as("alice")
    jane = spread(alice)
    assert alice.post(HANDOVERS, chosen(jane) | {"pass": "x"}).status_code == 403
    response = alice.post(HANDOVERS, chosen(jane) | {"pass": a_pass(alice)})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        names = archive.namelist()
        page = archive.read("person.html").decode()
        held = archive.read("person.json").decode()
        (file,) = [name for name in names if name.startswith("files/")]
        assert archive.read(file) == f"all about {NAME}".encode()
    for text in (
        "jane.canary@example.com",
        "jane.old@example.com",
        "1980-02-29",
        f"{NAME} smokes",
        "About her",
    ):
        assert text in page
        assert text in held
    # What stands at others is told, and what else stands there is not copied.
    assert jane["mention"] in held
    assert "Bystander" not in held
    assert "tenant_id" not in held


def test_a_page_is_text_whatever_the_notes_hold(api_as: Any) -> None:
    alice = api_as("alice")
    body = {"last_name": "Tagcanary Person", "notes": "<script>alert(1)</script>"}
    contact = made(alice.post(CONTACTS, body))["id"]
    whom = {"records": [{"entity": "crm.contact", "id": contact}], "pass": a_pass(alice)}
    response = alice.post(HANDOVERS, whom)
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        page = archive.read("person.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("entity", ["crm.contact", "crm.customer"])
def test_a_record_that_is_not_there_or_anothers_is_refused_alike(api_as: Any, entity: str) -> None:
    theirs = made(api_as("bob").post(CONTACTS, {"last_name": "Theirs"}))["id"]
    alice = api_as("alice")
    answers = []
    for id_ in (theirs, "00000000-0000-4000-8000-000000000000"):
        whom = {"records": [{"entity": entity, "id": id_}], "pass": a_pass(alice)}
        refused = alice.post(HANDOVERS, whom)
        answers.append((refused.status_code, refused.json()["errors"]))
    assert answers[0] == answers[1]
    assert answers[0][1][0]["pointer"] == "/records"
