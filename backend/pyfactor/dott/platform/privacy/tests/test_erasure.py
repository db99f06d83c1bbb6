"""Erasing a person: nothing of her is left, everybody else keeps what is theirs, and history still
verifies."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dott.modules.crm.models import Activity, Attachment, Contact, ImportJob
from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.purge import purge_trash
from dott.platform.privacy.erase import digest_of
from dott.platform.privacy.models import Erasure
from dott.platform.privacy.patterns import Subject
from dott.platform.privacy.tests.support import (
    ACTIVITIES,
    CONTACTS,
    CUSTOMERS,
    EMAIL,
    ERASURES,
    FIND,
    FIRST,
    LAST,
    NAME,
    OLD_EMAIL,
    PHONE,
    SUBJECT,
    a_pass,
    chosen,
    left_of_her,
    made,
    spread,
)
from dott.platform.tenancy.router import APP

# What a chain over the log is a chain of (ADR 21).
LINKS = """
SELECT 'change', id, coalesce(digest, app.change_digest(salt, before, after)) FROM history_change
UNION ALL SELECT 'set', id, coalesce(digest, app.reason_digest(salt, reason)) FROM history_change_set"""


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def alice(api_as: Any) -> Any:
    return api_as("alice")


@pytest.fixture
def jane(alice: Any) -> dict[str, Any]:
    return spread(alice)


def links() -> dict[Any, bytes]:
    with connections[APP].cursor() as cursor:
        cursor.execute(LINKS)
        return {(kind, id_): bytes(digest) for kind, id_, digest in cursor.fetchall()}


@contextmanager
def refused_with(words: str) -> Iterator[None]:
    """By the database, whose transaction goes on."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic(using=APP):
        yield


def erase(client: Any, whom: dict[str, Any], **more: Any) -> Any:
    body = whom | {"pass": a_pass(client), "confirm": NAME} | more
    return client.post(ERASURES, body)


def test_nothing_of_her_is_left_in_any_table_or_file(alice: Any, jane: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        before = left_of_her()
    # The scan can find her: in each kind of place.
    assert {
        "api_idempotency_key.body", "crm_activity.body", "crm_activity.subject", "crm_attachment.name",
        "crm_contact.email", "crm_customer.email", "crm_import_job.file_name", "crm_saved_view.search",
        "crm_tag.name", "history_change.after", "history_change.before",
    } <= set(before)  # fmt: skip
    assert sum(place.startswith("file ") for place in before) == 2
    made(erase(alice, chosen(jane)))
    with in_tenant("alice"):
        assert left_of_her() == []
        assert not Contact.objects.filter(pk=jane["contact"]).exists()
        assert not Attachment.objects.exists()


def test_others_keep_what_is_theirs(alice: Any, jane: Any, in_tenant: Any) -> None:
    namesake = made(alice.post(CONTACTS, {"first_name": FIRST, "last_name": LAST}))["id"]
    other_before = alice.get(f"{CUSTOMERS}{jane['other']}/").json()
    result = made(erase(alice, chosen(jane)))
    mention = alice.get(f"{ACTIVITIES}{jane['mention']}/").json()
    assert (mention["subject"], mention["body"]) == ("[erased] called", "Write to [erased] or ring [erased]")
    assert mention["version"] == 2
    assert alice.get(f"{CUSTOMERS}{jane['other']}/").json()["business_name"] == other_before["business_name"]
    kept = alice.get(f"{CONTACTS}{namesake}/").json()
    assert (kept["first_name"], kept["last_name"]) == (FIRST, LAST)
    assert result["left"] == {"crm.contact": 1}
    with in_tenant("alice"):
        history = Change.objects.get(record_id=namesake)
        assert history.after["last_name"] == LAST
        assert not history.is_erased


def test_another_business_is_not_touched(alice: Any, api_as: Any, jane: Any, in_tenant: Any) -> None:
    spread(api_as("bob"))
    with in_tenant("bob"):
        before = left_of_her()
    made(erase(alice, chosen(jane)))
    with in_tenant("bob"):
        assert [place for place in left_of_her() if not place.startswith("file ")] == [
            place for place in before if not place.startswith("file ")
        ]
        assert Contact.objects.get(last_name=LAST).email == EMAIL


def test_a_dry_run_counts_what_will_be_and_changes_nothing(alice: Any, jane: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        before = left_of_her(), links()
    counted = made(alice.post(ERASURES, chosen(jane) | {"dry_run": True}))
    assert (counted["certificate"], counted["proof"], counted["confirm"]) == (None, "", NAME)
    with in_tenant("alice"):
        assert (left_of_her(), links()) == before
        assert not Erasure.objects.exists()
    done = made(erase(alice, chosen(jane)))
    assert done["counts"] == counted["counts"]
    assert done["counts"]["removed"]["crm.contact"] == 1
    assert done["counts"]["rewritten"] == {"crm.activity": 1, "crm.savedview": 1, "crm.tag": 1}
    assert done["counts"]["handed"] == {"api.idempotencykey": 1, "crm.importjob": 1}
    assert done["counts"]["files"] == 2


def test_the_digests_that_a_chain_is_made_of_stay(alice: Any, jane: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        before = links()
    made(erase(alice, chosen(jane)))
    with in_tenant("alice"):
        after = links()
        redacted = Change.objects.filter(redacted_at__isnull=False)
        assert {key: after[key] for key in before} == before
        assert len(after) > len(before)
        assert redacted.exists()
        assert not redacted.exclude(salt=None).exists()


def test_an_undo_of_what_touched_her_is_refused(alice: Any, jane: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        set_id = Change.objects.get(record_id=jane["contact"], operation="update").change_set_id
    result = made(erase(alice, chosen(jane)))
    for one in (set_id, result["certificate"]["change_set"]):
        refused = alice.post(f"/api/changes/{one}/undo/", {})
        assert (refused.status_code, refused.json()["code"]) == (409, "erased")
        shown = alice.get(f"/api/changes/{one}/").json()
        assert (shown["is_erased"], shown["can_undo"]) == (True, False)
    mention = alice.get(f"{ACTIVITIES}{jane['mention']}/history/").json()["results"]
    assert [(one["is_erased"], one["can_undo"]) for one in mention] == [(True, False)] * 2
    past = alice.get(f"{ACTIVITIES}{jane['mention']}/?as_of=2999-01-01T00:00:00Z")
    assert past.status_code == 200
    past = alice.get(f"{ACTIVITIES}{jane['mention']}/?as_of={mention[-1]['created_at'].replace('+', '%2B')}")
    assert (past.status_code, past.json()["code"]) == (409, "erased")


def test_the_certificate_names_nobody_and_can_be_proved(alice: Any, jane: Any, in_tenant: Any) -> None:
    done = made(erase(alice, chosen(jane)))
    certificate = made(alice.get(f"{ERASURES}{done['certificate']['id']}/"))
    assert certificate == done["certificate"]
    text = json.dumps(certificate).casefold()
    assert not [word for word in (EMAIL, OLD_EMAIL, PHONE, FIRST, LAST) if word.casefold() in text]
    known = Subject((EMAIL, OLD_EMAIL), (PHONE,), (NAME,))
    assert digest_of(known, done["proof"]) == certificate["subject_digest"]
    assert digest_of(known, "") != certificate["subject_digest"]
    with in_tenant("alice"):
        assert ChangeSet.objects.get(pk=certificate["change_set"]).reason == "Erased a person's data"
        with connections[APP].cursor() as cursor, refused_with("permission denied"):
            cursor.execute("DELETE FROM privacy_erasure")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"pass": ""}, 403, "pass_required"),
        ({"pass": "forged:1abc:xyz"}, 403, "pass_required"),
        ({"confirm": "Jane"}, 400, "mismatch"),
        (
            {"records": [{"entity": "crm.contact", "id": "00000000-0000-4000-8000-000000000000"}]},
            400,
            "mismatch",
        ),
    ],
)
def test_what_is_not_confirmed_is_refused_and_erases_nothing(
    alice: Any, jane: Any, in_tenant: Any, more: dict[str, Any], status: int, code: str
) -> None:
    refused = erase(alice, chosen(jane), **more)
    body = refused.json()
    assert (refused.status_code, body.get("errors", [body])[0]["code"]) == (status, code)
    with in_tenant("alice"):
        assert Contact.objects.filter(pk=jane["contact"]).exists()


def test_a_pass_is_of_one_session_and_one_member(alice: Any, api_as: Any, jane: Any) -> None:
    of_bob = a_pass(api_as("bob"))
    refused = alice.post(ERASURES, chosen(jane) | {"pass": of_bob, "confirm": NAME})
    assert (refused.status_code, refused.json()["code"]) == (403, "pass_required")
    assert api_as("mia").post(ERASURES, chosen(jane) | {"dry_run": True}).status_code == 403


def test_a_record_that_only_history_knows_can_be_erased(alice: Any, jane: Any, in_tenant: Any) -> None:
    for path in (f"{CONTACTS}{jane['contact']}/", f"{CUSTOMERS}{jane['person']}/"):
        assert alice.delete(path, headers={"If-Match": "*"}).status_code == 204
    with in_tenant("alice"):
        purge_trash(now=timezone.now() + timedelta(days=31))
        assert not Contact.objects.exists()
    found = made(alice.post(FIND, SUBJECT))["results"]
    history = next(table for table in found if table["entity"] == "history.change")
    gone = [hit for hit in history["hits"] if hit["is_gone"] and hit["is_person"]]
    assert {hit["record_id"] for hit in gone} == {jane["contact"], jane["person"]}
    result = made(erase(alice, chosen(jane), confirm=EMAIL))
    assert result["counts"]["removed"] == {}
    with in_tenant("alice"):
        assert left_of_her() == []
        assert not Activity.objects.filter(subject__contains=LAST).exists()


REDACT = "SELECT * FROM app.redact_history(%s, ARRAY[%s]::uuid[], '', '{}')"


def redaction_is_refused(record_id: Any) -> None:
    """To whoever is active, with the certificate that there is."""
    with connections[APP].cursor() as cursor:
        known = Erasure.objects.values_list("pk", flat=True).get()
        with refused_with("no erasure in this transaction"):
            cursor.execute(REDACT, [known, record_id])


def test_the_database_redacts_for_nobody_below_an_admin(alice: Any, jane: Any, in_tenant: Any) -> None:
    made(erase(alice, chosen(jane)))
    # Here a test is one transaction, so all that she lacks is the role.
    with in_tenant("mia"):
        redaction_is_refused(jane["other"])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_database_redacts_only_beside_a_certificate(alice: Any, jane: Any, in_tenant: Any) -> None:
    made(erase(alice, chosen(jane)))
    with in_tenant("alice"):
        redaction_is_refused(jane["other"])


def test_an_import_that_holds_her_loses_its_file(alice: Any, jane: Any, in_tenant: Any) -> None:
    made(erase(alice, chosen(jane)))
    with in_tenant("alice"):
        import_job = ImportJob.objects.get(pk=jane["import"])
        assert (import_job.file_name, import_job.sample_rows) == ("[erased]", [])
        assert import_job.details_purged_at is not None
