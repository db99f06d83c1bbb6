"""Jobs run as the member who queued them, in that member's business, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Tenant
from dott.platform.jobs import queue, runner
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import JobFailed, enqueue, job, put_off
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import Context, current
from dott.platform.tenancy.router import APP, AUTH
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
InTenant = Callable[[str], AbstractContextManager[Context]]


class Seen:
    """What the bodies below saw."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []
        self.progress_elsewhere: list[tuple[str, int, int]] = []
        self.crashes_left = 0


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    seen = Seen()
    monkeypatch.setattr(queue, "_bodies", {})

    @job("test.look")
    def look(queued: Job) -> None:
        seen.contexts.append(current())

    @job("test.report")
    def report(queued: Job) -> None:
        queued.report("counting", 3, 10)

    @job("test.refuse")
    def refuse(queued: Job) -> None:
        Job.objects.create(kind="half done")
        raise JobFailed("no_luck", "It cannot work.")

    @job("test.crash")
    def crash(queued: Job) -> None:
        Job.objects.create(kind="half done")
        if seen.crashes_left:
            seen.crashes_left -= 1
            raise ZeroDivisionError

    yield seen


@pytest.mark.asvs("8.3.3")
def test_job_runs_as_the_member_who_queued_it(seen: Seen, world: World, in_tenant: InTenant) -> None:
    for name in ("alice", "bob"):
        with in_tenant(name):
            enqueue("test.look")
    assert run_queued() == 2
    assert [(context.tenant_id, context.user_id) for context in seen.contexts] == [
        (world.bakery, world["alice"].user_id),
        (world.bikes, world["bob"].user_id),
    ]
    with in_tenant("alice"):
        assert [(done.state, done.attempts) for done in Job.objects.all()] == [("succeeded", 1)]


def test_rolled_back_job_never_runs(seen: Seen, in_tenant: InTenant) -> None:
    with in_tenant("alice"):
        enqueue("test.look")
        transaction.set_rollback(True, using=APP)
    assert run_queued() == 0


def test_progress_is_visible_while_the_job_is_running(seen: Seen, in_tenant: InTenant) -> None:
    with in_tenant("alice"):
        enqueue("test.report")
    run_queued()
    with in_tenant("alice"):
        assert Job.objects.get().progress == {"phase": "counting", "done": 3, "total": 10}


def test_refusal_is_recorded_and_nothing_half_done_remains(seen: Seen, in_tenant: InTenant) -> None:
    with in_tenant("alice"):
        enqueue("test.refuse")
    run_queued()
    with in_tenant("alice"):
        refused = Job.objects.get()
    assert (refused.state, refused.error_code, refused.error_detail) == (
        "failed",
        "no_luck",
        "It cannot work.",
    )


def test_crash_is_tried_again_and_leaves_nothing_half_done(seen: Seen, in_tenant: InTenant) -> None:
    seen.crashes_left = 1
    with in_tenant("alice"):
        queued = enqueue("test.crash")
    with pytest.raises(runner.TryAgain):
        runner.run(queued.id)
    runner.run(queued.id)
    with in_tenant("alice"):
        assert sorted(Job.objects.values_list("kind", "state", "attempts")) == [
            ("half done", "queued", 0),
            ("test.crash", "succeeded", 2),
        ]


def test_crashing_three_times_fails_with_a_reason(seen: Seen, in_tenant: InTenant) -> None:
    seen.crashes_left = 3
    with in_tenant("alice"):
        queued = enqueue("test.crash")
    for _ in range(2):
        with pytest.raises(runner.TryAgain):
            runner.run(queued.id)
    runner.run(queued.id)
    with in_tenant("alice"):
        assert Job.objects.values_list("state", "error_code").get() == ("failed", "internal_error")


def test_removed_members_jobs_and_finished_jobs_are_left_alone(
    seen: Seen, world: World, in_tenant: InTenant
) -> None:
    with in_tenant("mia"):
        enqueue("test.look")
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    assert run_queued() == 1
    with in_tenant("alice"):
        done = enqueue("test.look")
    run_queued()
    runner.run(done.id)
    assert len(seen.contexts) == 1


def test_only_an_own_queued_job_can_be_put_on_the_queue(seen: Seen, in_tenant: InTenant) -> None:
    def defer(job_id: UUID) -> None:
        with transaction.atomic(using=APP), connections[APP].cursor() as cursor:
            cursor.execute("SELECT app.defer_job(%s)", [job_id])

    with in_tenant("alice"):
        mine = enqueue("test.look")
    with in_tenant("bob"), pytest.raises(DatabaseError) as error:
        defer(mine.id)
    assert error.value.__cause__.sqlstate == "DT003"  # type: ignore[union-attr]


def test_job_that_was_put_off_opens_no_door_before_its_time(
    seen: Seen, world: World, in_tenant: InTenant
) -> None:
    with in_tenant("alice"):
        later = put_off("test.look", timezone.now() + timedelta(hours=1))
        due = put_off("test.look", timezone.now() - timedelta(hours=1))
    assert runner.due() == [due.id]
    with pytest.raises(transactions.JobRefused), transactions.job(later.id):
        pass
    runner.run(later.id)
    assert seen.contexts == []
    queue_due()
    queue_due()
    assert run_queued() == 1, "The clock queues a job once, however far the worker is behind."
    assert [context.user_id for context in seen.contexts] == [world["alice"].user_id]
    assert runner.due() == []


def test_put_off_job_of_a_removed_member_runs_as_an_owner_of_the_same_business(
    seen: Seen, world: World, in_tenant: InTenant
) -> None:
    with in_tenant("mia"):
        put_off("test.look", timezone.now())
    all_memberships().filter(id=world["mia"].membership_id).update(status="disabled")
    queue_due()
    run_queued()
    assert [(context.tenant_id, context.user_id) for context in seen.contexts] == [
        (world.bakery, world["alice"].user_id)
    ]


def test_only_the_worker_may_ask_what_is_due(world: World) -> None:
    for alias in (APP, AUTH):
        with connections[alias].cursor() as cursor, pytest.raises(DatabaseError) as error:
            cursor.execute("SELECT app.due_jobs()")
        assert error.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def test_suspended_business_has_nothing_due(seen: Seen, world: World, in_tenant: InTenant) -> None:
    with in_tenant("alice"):
        put_off("test.look", timezone.now())
    Tenant.objects.filter(id=world.bakery).update(status="suspended")
    assert runner.due() == []


def test_unknown_kind_is_refused_when_it_is_queued(seen: Seen, in_tenant: InTenant) -> None:
    with in_tenant("alice"), pytest.raises(ValueError, match="No body"):
        enqueue("test.unknown")
