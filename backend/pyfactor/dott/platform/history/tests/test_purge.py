"""The trash is emptied after thirty days: of each business, with history, and never earlier."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history.models import Change
from dott.platform.history.purge import purge_trash
from dott.platform.history.record import SEAL
from dott.platform.history.tests.test_undo import ANY, CHANGES, URL, undo
from dott.platform.history.trash import KEPT, KIND
from dott.platform.jobs.models import Job
from dott.platform.jobs.testing import queue_due, run_queued

committed = pytest.mark.django_db(transaction=True, databases="__all__")


def trashed(days, **values):
    return CustomerFactory.create(deleted_at=timezone.now() - timedelta(days=days), **values)


def test_only_what_is_old_enough_goes_and_history_keeps_it(in_tenant, world):
    with in_tenant("alice"):
        old, new, alive = trashed(31), trashed(29), CustomerFactory.create()
        assert purge_trash(now=timezone.now()) == 1
        assert set(Customer.objects.values_list("pk", flat=True)) == {new.pk, alive.pk}
        change = Change.objects.select_related("change_set").get()
    assert (change.entity, change.record_id, change.operation) == ("crm.customer", old.pk, "delete")
    assert change.before["business_name"] == old.business_name
    assert (change.change_set.kind, change.after) == ("system", {})


@pytest.mark.asvs("14.2.7")
def test_the_thirtieth_day_is_exact(in_tenant):
    with in_tenant("alice"):
        now = timezone.now()
        CustomerFactory.create(deleted_at=now - KEPT)
        assert purge_trash(now=now - timedelta(microseconds=1)) == 0
        assert purge_trash(now=now) == 1
        assert purge_trash(now=now) == 0


def test_many_go_in_few_statements_and_all_are_told_of(in_tenant, django_assert_max_num_queries):
    with in_tenant("alice"):
        for _ in range(60):
            trashed(40)
        with django_assert_max_num_queries(28):
            assert purge_trash(now=timezone.now()) == 60
        assert Change.objects.filter(operation="delete").count() == 60


def test_an_administrator_can_still_undo_it(in_tenant, api_as):
    with in_tenant("alice"):
        old = trashed(31, notes="all of it")
        purge_trash(now=timezone.now())
    alice = api_as("alice")
    (entry,) = alice.get(CHANGES).json()["results"]
    assert undo(alice, entry["id"]).status_code == 201
    back = alice.get(f"{URL}{old.pk}/").json()
    assert (back["notes"], back["deleted_at"] is None) == ("all of it", False)


@committed
class TestInTheBackground:
    """With real commits, as the worker runs it."""

    @pytest.fixture
    def let_pass(self, in_tenant):
        """`let_pass(30)`: what was trashed and put off lies so many days further back."""

        def shift(days):
            moved = timedelta(days=days)
            for name in ("alice", "bob"):
                with in_tenant(name):
                    for customer in Customer.objects.filter(deleted_at__isnull=False):
                        Customer.objects.filter(pk=customer.pk).update(deleted_at=customer.deleted_at - moved)
                    # Sealing the log has a clock of its own.
                    for job in Job.objects.filter(run_after__isnull=False).exclude(kind=SEAL):
                        Job.objects.filter(pk=job.pk).update(run_after=job.run_after - moved)

        return shift

    @staticmethod
    def clock():
        queue_due()
        return run_queued()

    def test_a_move_to_the_trash_puts_off_one_purge(self, api_as, in_tenant, let_pass):
        mia = api_as("mia")
        for name in ("One", "Two"):
            made = mia.post(URL, {"business_name": name}).json()
            mia.delete(f"{URL}{made['id']}/", **ANY)
        with in_tenant("alice"):
            job = Job.objects.get(kind=KIND)
            assert KEPT - timedelta(minutes=5) < job.run_after - timezone.now() <= KEPT
        let_pass(29)
        assert self.clock() == 0
        let_pass(2)
        assert self.clock() == 1
        with in_tenant("alice"):
            assert not Customer.objects.exists()
            assert Job.objects.get(kind=KIND).state == "succeeded"

    def test_what_came_later_is_looked_at_later(self, api_as, in_tenant, let_pass):
        mia = api_as("mia")
        first, second = (mia.post(URL, {"business_name": name}).json() for name in ("One", "Two"))
        mia.delete(f"{URL}{first['id']}/", **ANY)
        let_pass(20)
        mia.delete(f"{URL}{second['id']}/", **ANY)
        let_pass(11)
        assert self.clock() == 1
        with in_tenant("alice"):
            assert [str(one) for one in Customer.objects.values_list("pk", flat=True)] == [second["id"]]
            done, job = Job.objects.filter(kind=KIND).order_by("id")
            assert (done.state, job.state) == ("succeeded", "queued")
            assert timedelta(days=18) < job.run_after - timezone.now() < timedelta(days=20)
        let_pass(20)
        assert self.clock() == 1
        with in_tenant("alice"):
            assert not Customer.objects.exists()

    def test_undoing_a_restore_counts_as_a_move_to_the_trash(self, api_as, in_tenant):
        mia = api_as("mia")
        with in_tenant("mia"):
            customer = trashed(1)
        restored = mia.post(f"{URL}{customer.pk}/restore/")
        assert undo(mia, restored["Dott-Change-Set"]).status_code == 201
        with in_tenant("mia"):
            assert Job.objects.filter(kind=KIND).count() == 1

    def test_the_command_finds_trash_whose_job_was_lost(self, in_tenant, capsys):
        for name in ("alice", "bob"):
            with in_tenant(name):
                trashed(31)
                trashed(3)
        call_command("purge_trash")
        said = capsys.readouterr().out.splitlines()
        assert sorted(said) == ["2 records purged.", "bakery: 1 records", "bikes: 1 records"]
        with in_tenant("bob"):
            assert Customer.objects.count() == 1
