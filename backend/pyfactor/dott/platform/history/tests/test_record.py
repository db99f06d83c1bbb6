"""Writing history: exact rows, one statement, and nobody can rewrite them."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dott.platform.history.models import Change, ChangeSet
from dott.platform.history.record import Entry, record
from dott.platform.tenancy.context import NoTenantContext


def entry(**kwargs) -> Entry:
    return Entry(**{"entity": "crm.customer", "record_id": uuid4(), "operation": "update"} | kwargs)


def test_a_change_set_holds_its_changes_exactly(in_tenant, world):
    first = entry(before={"name": "Kö"}, after={"name": "Köln", "tags": ["a", 'b"\\']})
    second = entry(operation="create", after={"amount": None})
    with in_tenant("alice"):
        change_set_id = record(changes=[first, second], reason="Because")
        change_set = ChangeSet.objects.get(pk=change_set_id)
        stored = {change.record_id: change for change in change_set.changes.all()}
        assert (change_set.kind, change_set.reason, change_set.request_id) == ("user", "Because", "")
        assert change_set.actor_id == world["alice"].membership_id
        assert change_set.undoes_id is None
        assert set(stored) == {first.record_id, second.record_id}
        for given in (first, second):
            kept = stored[given.record_id]
            assert (kept.entity, kept.operation) == (given.entity, given.operation)
            assert (kept.before, kept.after) == (given.before, given.after)


def test_any_number_of_changes_is_one_statement(in_tenant):
    with in_tenant("alice"), CaptureQueriesContext(connection) as queries:
        record(changes=[entry() for _ in range(500)])
    assert len([query for query in queries if "history_change" in query["sql"]]) == 1


def test_a_set_without_changes_is_a_parent_for_set_based_writers(in_tenant):
    with in_tenant("alice"):
        change_set_id = record(changes=[], operation_kind="import", reason="customers.csv")
        assert isinstance(change_set_id, UUID)
        assert ChangeSet.objects.get(pk=change_set_id).kind == "import"
        assert Change.objects.count() == 0


def test_without_a_tenant_nothing_is_recorded():
    with pytest.raises(NoTenantContext):
        record(changes=[entry()])


@pytest.mark.parametrize("field", [{"operation": "explode"}, {"entity": "x" * 64}])
def test_unknown_words_and_long_names_are_refused(in_tenant, field):
    with in_tenant("alice"):
        with pytest.raises(DatabaseError), transaction.atomic():
            record(changes=[entry(**field)])
        assert ChangeSet.objects.count() == 0


def test_an_unknown_kind_is_refused(in_tenant):
    with in_tenant("alice"), pytest.raises(IntegrityError), transaction.atomic():
        record(changes=[], operation_kind="ghost")


def test_a_set_is_undone_once(in_tenant):
    with in_tenant("alice"):
        original = record(changes=[entry()])
        record(changes=[entry()], undoes=original)
        with pytest.raises(IntegrityError, match="history_change_set_undone_once"), transaction.atomic():
            record(changes=[entry()], undoes=original)


@pytest.mark.parametrize("table", ["history_change_set", "history_change"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_the_application_can_neither_change_nor_remove_history(in_tenant, table, statement):
    with in_tenant("alice"):
        record(changes=[entry()])
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))
        assert Change.objects.count() == 1


def test_another_business_sees_no_history(in_tenant):
    with in_tenant("alice"):
        record(changes=[entry()])
    with in_tenant("bob"):
        assert ChangeSet.objects.count() == 0
        assert Change.objects.count() == 0


def test_an_actor_of_another_business_is_refused(in_tenant, world):
    with in_tenant("alice"), pytest.raises(IntegrityError), transaction.atomic():
        record(changes=[], actor_id=world["bob"].membership_id)
