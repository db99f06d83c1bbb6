"""The history of a record and the record as it was, with customers as the example."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dott.platform.history.tests.test_undo import ANY, CHANGES, HEADER, URL, undo
from dott.platform.tenancy.router import MIGRATOR


@pytest.fixture
def mia(api_as):
    return api_as("mia")


def at(client, address, instant, query=""):
    return client.get(f"{address}?as_of={quote(instant)}{query}")


@pytest.fixture
def lived(mia, world):
    """A customer's address and the sets that made, changed, trashed and restored her."""
    made = mia.post(URL, {"business_name": "Mill", "notes": "old"})
    address = f"{URL}{made.json()['id']}/"
    changed = mia.patch(
        address, {"business_name": "New Mill", "owner": str(world["mia"].membership_id)}, **ANY
    )
    trashed = mia.delete(address, **ANY)
    restored = mia.post(f"{address}restore/")
    return address, [response[HEADER] for response in (made, changed, trashed, restored)]


def test_the_history_tells_who_did_what_newest_first(mia, lived, world):
    address, sets = lived
    entries = mia.get(f"{address}history/").json()["results"]
    assert [entry["change_set"] for entry in entries] == sets[::-1]
    assert [entry["operation"] for entry in entries] == ["restore", "trash", "update", "create"]
    assert {(entry["actor"], entry["actor_name"], entry["kind"]) for entry in entries} == {
        (str(world["mia"].membership_id), "Mia", "user")
    }
    assert all(entry["can_undo"] for entry in entries)
    assert entries[2]["fields"] == [
        {
            "field": "business_name", "before": "Mill", "after": "New Mill",
            "before_name": "", "after_name": "",
        },
        {
            "field": "owner", "before": None, "after": str(world["mia"].membership_id),
            "before_name": "", "after_name": "Mia",
        },
    ]  # fmt: skip
    assert {field["field"] for field in entries[3]["fields"]} == {
        "number", "kind", "business_name", "stage", "status", "notes",
    }  # fmt: skip


def test_the_history_of_one_field(mia, lived):
    address, (made, changed, *_rest) = lived

    def sets(field, query=""):
        entries = mia.get(f"{address}history/?field={field}{query}").json()["results"]
        return [entry["change_set"] for entry in entries]

    assert sets("business_name") == [changed, made]
    assert sets("business_name", "&limit=1") == [changed]
    assert sets("owner") == [changed]
    assert sets("notes") == [made]
    assert sets("phone") == []


@pytest.mark.parametrize("field", ["colour", "version", "tenant_id", "", "a%00b"])
def test_a_field_without_history_is_refused_by_name(mia, lived, field):
    answer = mia.get(f"{lived[0]}history/?field={field}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "field"


def test_a_trashed_record_has_its_history_and_a_deleted_one_has_no_address(mia, lived):
    address, _ = lived
    mia.delete(address, **ANY)
    assert len(mia.get(f"{address}history/").json()["results"]) == 5
    made = mia.post(URL, {"business_name": "Short"})
    undo(mia, made[HEADER])
    assert mia.get(f"{URL}{made.json()['id']}/history/").status_code == 404


def test_the_history_is_paged(mia, lived):
    address, sets = lived
    first = mia.get(f"{address}history/?limit=3").json()
    assert [entry["change_set"] for entry in first["results"]] == sets[:0:-1]
    second = mia.get(first["next"]).json()
    assert [entry["change_set"] for entry in second["results"]] == sets[:1]
    assert second["next"] is None


def test_the_history_says_what_was_undone(mia, lived, api_as):
    address, sets = lived
    undoing = undo(mia, sets[1])[HEADER]
    newest, *_, changed, _ = mia.get(f"{address}history/").json()["results"]
    assert (newest["change_set"], newest["undoes"], newest["can_undo"]) == (undoing, sets[1], True)
    assert (changed["undone_by"], changed["can_undo"]) == (undoing, False)
    seen = api_as("vera").get(f"{address}history/").json()["results"]
    assert not any(entry["can_undo"] for entry in seen)


def test_the_history_costs_the_same_for_one_entry_and_for_many(mia):
    made = mia.post(URL, {"business_name": "0"})
    address = f"{URL}{made.json()['id']}/"

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert mia.get(f"{address}history/").status_code == 200
        return len(seen)

    mia.patch(address, {"owner": None, "notes": "0"}, **ANY)
    few = queries()
    for number in range(1, 12):
        mia.patch(address, {"notes": str(number)}, **ANY)
    assert queries() == few


def as_owner(statement, parameters):
    """History is append-only for the application; a test of time moves it as the tables' owner."""
    with connections[MIGRATOR].cursor() as cursor:
        for table in ("history_change_set", "crm_customer"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.executemany(statement, parameters)
        for table in ("history_change_set", "crm_customer"):
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


@pytest.mark.django_db(transaction=True, databases="__all__")
class TestAsOf:
    """Committed, because the sets are moved apart in time behind the application's back."""

    @pytest.fixture
    def days(self, lived):
        """Address and the instants of: creation, change, trash, restore; a day apart."""
        address, sets = lived
        start = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
        instants = [start + timedelta(days=number) for number in range(len(sets))]
        as_owner(
            "UPDATE history_change_set SET created_at = %s WHERE id = %s",
            [(instant, one) for instant, one in zip(instants, sets, strict=True)],
        )
        as_owner("UPDATE crm_customer SET created_at = %s WHERE id = %s", [(start, address.split("/")[-2])])
        return address, instants

    def test_each_state_is_told_as_the_serializer_shows_it(self, mia, days, world):
        address, (made, changed, trashed, restored) = days
        now = mia.get(address).json()
        states = [at(mia, address, instant.isoformat()).json() for instant in (made, changed, trashed)]
        assert [(one["business_name"], one["display_name"], one["version"]) for one in states] == [
            ("Mill", "Mill", 1), ("New Mill", "New Mill", 2), ("New Mill", "New Mill", 3),
        ]  # fmt: skip
        assert [one["owner_name"] for one in states] == ["", "Mia", "Mia"]
        assert [one["deleted_at"] is None for one in states] == [True, True, False]
        assert states[0]["updated_at"] == "2026-03-01T12:00:00.123456Z"
        for instant in (restored, datetime.now(UTC), datetime(9999, 1, 1, tzinfo=UTC)):
            assert at(mia, address, instant.isoformat()).json() == now
        same = ("id", "account_number", "created_at", "created_by", "notes")
        assert {name: states[0][name] for name in same} == {name: now[name] for name in same}

    def test_between_two_changes_it_is_as_the_first_left_it(self, mia, days):
        address, (made, changed, *_) = days
        just_before = changed - timedelta(microseconds=1)
        assert at(mia, address, just_before.isoformat()).json() == at(mia, address, made.isoformat()).json()

    def test_at_its_own_time_it_is_there_although_the_set_is_written_a_moment_later(self, mia, days):
        address, (made, *_) = days
        now = mia.get(address).json()
        as_owner(
            "UPDATE crm_customer SET created_at = %s WHERE id = %s",
            [(made - timedelta(milliseconds=3), now["id"])],
        )
        born = (made - timedelta(milliseconds=3)).isoformat()
        shown = at(mia, address, born).json()
        assert (shown["business_name"], shown["version"]) == ("Mill", 1)
        assert shown["updated_at"] == shown["created_at"]
        before = made - timedelta(milliseconds=3, microseconds=1)
        assert at(mia, address, before.isoformat()).status_code == 404

    @pytest.mark.parametrize("path", [URL, "/api/crm/contacts/"])
    def test_a_record_is_there_at_the_time_that_it_gives_as_its_own(self, mia, path):
        made = mia.post(path, {"last_name": "Fresh", **({"kind": "person"} if path == URL else {})}).json()
        shown = at(mia, f"{path}{made['id']}/", made["created_at"])
        assert (shown.status_code, shown.json()["version"]) == (200, 1)

    def test_before_its_creation_there_is_nothing(self, mia, days):
        address, (made, *_) = days
        before = at(mia, address, (made - timedelta(microseconds=1)).isoformat())
        assert (before.status_code, before.json()["code"]) == (404, "not_found")

    def test_it_is_shown_in_part_and_has_no_etag(self, mia, days):
        address, (made, *_) = days
        answer = at(mia, address, made.isoformat(), "&fields=business_name")
        assert answer.json() == {"business_name": "Mill"}
        assert "ETag" not in answer

    def test_while_it_was_deleted_there_is_nothing(self, mia):
        removed = mia.post(URL, {"business_name": "Phoenix"})
        own = f"{URL}{removed.json()['id']}/"
        gone = undo(mia, removed[HEADER])[HEADER]
        back = undo(mia, gone)[HEADER]
        start = datetime(2026, 3, 1, tzinfo=UTC)
        instants = [start, start + timedelta(days=1), start + timedelta(days=2)]
        as_owner(
            "UPDATE history_change_set SET created_at = %s WHERE id = %s",
            list(zip(instants, [removed[HEADER], gone, back], strict=True)),
        )
        as_owner("UPDATE crm_customer SET created_at = %s WHERE id = %s", [(start, removed.json()["id"])])
        seen = [at(mia, own, instant.isoformat()).status_code for instant in instants]
        assert seen == [200, 404, 200]
        assert at(mia, own, start.isoformat()).json()["business_name"] == "Phoenix"


@pytest.mark.parametrize(
    "text",
    ["", "now", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "2026-W01-1T00:00:00Z",
     "0001-01-01T00:00:00+23:00", "2026-01-01T00:00:00 00:00", "٢026-01-01T00:00:00Z"],
)  # fmt: skip
def test_an_instant_that_is_none_is_refused_by_name(mia, lived, text):
    answer = at(mia, lived[0], text)
    assert answer.status_code == 400, answer.json()
    assert [error["parameter"] for error in answer.json()["errors"]] == ["as_of"]


@pytest.mark.parametrize("text", ["2100-01-01T00:00:00Z", "2100-01-01t00:00:00.123456789+01:00"])
def test_every_form_of_an_instant_is_read(mia, lived, text):
    assert at(mia, lived[0], text).status_code == 200


def test_only_records_with_a_history_have_a_past(mia):
    refused = mia.get(f"{CHANGES}?as_of=2026-01-01T00:00:00Z")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_parameter")
