"""The data map is whole, its page is current, and what it cannot know it refuses."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dott.modules.crm.models import Contact, Customer
from dott.platform.privacy import held, rendering


@pytest.mark.asvs("14.1.1")
def test_every_field_of_every_table_says_what_it_holds() -> None:
    assert held.missing() == []


def test_a_field_or_table_that_nobody_declared_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    table = held._tables["crm.contact"]
    kinds = {name: kind for name, kind in table.kinds.items() if name != "birthday"} | {"shoe_size": "about"}
    fewer = {label: known for label, known in held._tables.items() if label != "crm.tag"}
    fewer["crm.contact"] = held.Table(table.label, table.called, table.why, table.kept, table.goes, kinds)
    monkeypatch.setattr(held, "_tables", fewer)
    assert held.missing() == [
        "crm.contact.birthday: not declared",
        "crm.contact.shoe_size: no such field",
        "crm.tag: not declared",
    ]
    with pytest.raises(CommandError, match="birthday"):
        call_command("data_map", "--check")


def test_words_that_are_not_in_the_lists_and_double_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="no such word: curiosity"):
        held.holds("crm.thing", called="Things", why="curiosity", kept=held.TRASH, none="colour")
    with pytest.raises(ValueError, match="declared twice: colour"):
        held.holds("crm.thing", called="Things", why=held.WORK, kept=held.TRASH, none="colour", text="colour")
    with pytest.raises(ValueError, match=r"declared twice: crm\.tag"):
        held.holds("crm.tag", called="Tags", why=held.WORK, kept=held.TRASH, none="colour")


def test_every_table_is_called_by_words_of_its_own() -> None:
    names = [table["called"] for table in rendering.described()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z ,:'-]+", name)]


def test_what_makes_a_person_findable_is_looked_into() -> None:
    searched = {field.name for field in held.fields_of(Contact, held.SEARCHED)}
    assert searched >= {"first_name", "last_name", "email", "phone", "phone_raw", "notes", "custom"}
    assert held.people() == [Contact, Customer]


def test_the_command_prints_both_forms_and_the_page_is_current() -> None:
    out = StringIO()
    call_command("data_map", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == json.loads(json.dumps(rendering.described()))
    out = StringIO()
    call_command("data_map", stdout=out)
    assert "### Contacts (`crm_contact`)" in out.getvalue()
    call_command("data_map", "--check")


def test_admins_read_it_in_the_settings_and_members_do_not(api_as) -> None:  # type: ignore[no-untyped-def]
    body = api_as("alice").get("/api/privacy/data-map/").json()
    table = next(table for table in body["results"] if table["table"] == "crm_contact")
    assert {"name": "birthday", "kind": "identifier"} in table["fields"]
    assert api_as("mia").get("/api/privacy/data-map/").status_code == 403
