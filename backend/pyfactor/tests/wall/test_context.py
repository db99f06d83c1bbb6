"""The signed context: without it nothing is read, and it cannot be made, edited, kept or replayed."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import DatabaseError, connections, transaction

from dott.platform.jobs.models import Job
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import Context, NoTenantContext, current, current_or_none
from dott.platform.tenancy.direct import Query, execute
from dott.platform.tenancy.router import APP, WORKER
from tests.world import World

InTenant = Callable[[str], AbstractContextManager[Context]]
committing = pytest.mark.django_db(transaction=True, databases="__all__")


def sqlstate(error: pytest.ExceptionInfo[DatabaseError]) -> str | None:
    """The five characters PostgreSQL answered with."""
    return error.value.__cause__.sqlstate  # type: ignore[union-attr]


def run(sql: str, params: list[object] | None = None, alias: str = APP) -> list[tuple[object, ...]]:
    """All rows of one raw statement on a serving role's connection."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params or [])
        return cursor.fetchall() if cursor.description else []


def proof(world: World, name: str) -> bytes:
    return sha256(world[name].token.encode()).digest()


def test_orm_without_a_context_raises_before_any_sql(world: World) -> None:
    with pytest.raises(NoTenantContext):
        Job.objects.count()


@committing
def test_raw_sql_without_a_context_is_refused_on_a_fresh_and_on_a_reused_connection(
    world: World, in_tenant: InTenant
) -> None:
    connections[APP].close()
    connections[APP].close_pool()
    with pytest.raises(DatabaseError) as fresh:
        run("SELECT count(*) FROM jobs_job")
    with in_tenant("alice"):
        assert run("SELECT count(*) FROM jobs_job") == [(0,)]
    with pytest.raises(DatabaseError) as reused:
        run("SELECT count(*) FROM jobs_job")
    assert sqlstate(fresh) == sqlstate(reused) == "DT001"


@committing
@pytest.mark.parametrize("ending", ["commit", "rollback", "exception"])
def test_context_ends_with_its_transaction(world: World, in_tenant: InTenant, ending: str) -> None:
    if ending == "exception":
        with pytest.raises(ZeroDivisionError), in_tenant("alice"):
            raise ZeroDivisionError
    else:
        with in_tenant("alice"):
            if ending == "rollback":
                transaction.set_rollback(True, using=APP)
    assert current_or_none() is None
    with pytest.raises(DatabaseError) as error:
        run("SELECT count(*) FROM jobs_job")
    assert sqlstate(error) == "DT001"


@pytest.mark.asvs("9.2.1")
@committing
def test_own_context_replayed_in_a_later_transaction_is_invalid(world: World, in_tenant: InTenant) -> None:
    with in_tenant("alice"):
        [(kept,)] = run("SELECT current_setting('app.ctx')")
    with transaction.atomic(using=APP):
        run(f"SET LOCAL app.ctx = '{kept}'")
        with pytest.raises(DatabaseError) as error:
            run("SELECT count(*) FROM jobs_job")
    assert sqlstate(error) == "DT002"


@pytest.mark.asvs("9.1.1", "9.1.3")
@pytest.mark.parametrize("edit", ["tenant", "role", "mac", "garbage"])
def test_forged_or_edited_context_is_invalid(world: World, in_tenant: InTenant, edit: str) -> None:
    with in_tenant("alice"):
        [(context,)] = run("SELECT current_setting('app.ctx')")
        assert isinstance(context, str)
        forged = {
            "tenant": context[:64] + str(world.bikes) + context[100:],
            "role": context[:172] + "owner!",
            "mac": "0" * 64 + context[64:],
            "garbage": "x",
        }[edit]
        with pytest.raises(DatabaseError) as error, transaction.atomic(using=APP):
            run(f"SET LOCAL app.ctx = '{forged}'")
            run("SELECT count(*) FROM jobs_job")
        assert sqlstate(error) == "DT002"


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT set_config('app.ctx', 'x', true)",
        "SELECT app._mac('x')",
        "SELECT app._install(uuidv7(), uuidv7(), uuidv7(), 'owner')",
        "SELECT * FROM app.ctx_key",
        "SELECT app.claim_job(uuidv7())",
        "SELECT * FROM identity_user",
        "SELECT * FROM identity_session",
        "UPDATE identity_membership SET role = 'owner'",
        "INSERT INTO identity_membership (user_id, role) VALUES (uuidv7(), 'owner')",
        "TRUNCATE jobs_job",
        "SELECT * FROM procrastinate_jobs",
        "SELECT * FROM pg_stat_activity",
        "SELECT pg_notify('x', 'y')",
        "SELECT pg_terminate_backend(1)",
        "SELECT lo_creat(-1)",
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "ALTER TABLE jobs_job DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant_isolation ON jobs_job",
        "SET ROLE dott_owner",
        "SET ROLE dott_rw",
        "SET ROLE dott_auth",
        "SET SESSION AUTHORIZATION dott_owner",
        "COPY jobs_job FROM STDIN",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_what_injected_sql_may_not_do(world: World, in_tenant: InTenant, statement: str) -> None:
    with in_tenant("alice"), pytest.raises(DatabaseError) as error, transaction.atomic(using=APP):
        run(statement)
    assert sqlstate(error) in {"42501", "0A000"}


@pytest.mark.asvs("1.2.4")
def test_a_second_statement_in_one_query_is_refused(world: World, in_tenant: InTenant) -> None:
    with in_tenant("alice"), pytest.raises(DatabaseError) as error, transaction.atomic(using=APP):
        run("SELECT %s; SELECT 2", [1])
    assert sqlstate(error) == "42601"


def test_row_security_cannot_be_switched_off(world: World, in_tenant: InTenant) -> None:
    with in_tenant("alice"), pytest.raises(DatabaseError) as error, transaction.atomic(using=APP):
        run("SET LOCAL row_security = off")
        run("SELECT * FROM jobs_job")
    assert sqlstate(error) == "42501"


@pytest.mark.parametrize("statement", ["SELECT app.enter(sha256('x'), NULL)", "SELECT * FROM crm_customer"])
def test_worker_cannot_enter_by_session_or_read_without_a_job(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic(using=WORKER):
        run(statement, alias=WORKER)
    assert sqlstate(error) in {"42501", "DT001"}


def test_login_role_cannot_read_customers(world: World) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic(using="auth"):
        run("SELECT * FROM crm_customer", alias="auth")
    # The planner evaluates the policy's function before it checks privileges: either is a refusal.
    assert sqlstate(error) in {"42501", "DT001"}


@pytest.mark.asvs("7.2.1")
def test_unknown_token_and_foreign_tenant_are_refused_and_leave_nothing(world: World) -> None:
    with pytest.raises(transactions.SessionRefused), transactions.session(b"unknown"):
        pass
    with (
        pytest.raises(transactions.MembershipRefused),
        transactions.session(proof(world, "alice"), tenant=world.bikes),
    ):
        pass
    assert current_or_none() is None


def test_nothing_queued_nothing_entered(world: World) -> None:
    with pytest.raises(transactions.JobRefused), transactions.job(uuid4()):
        pass


@pytest.mark.asvs("15.4.1")
@committing
def test_threads_over_one_small_pool_never_see_each_other(world: World, in_tenant: InTenant) -> None:
    """16 threads of two businesses share the pool; each must see exactly its own marker."""
    for name in ("alice", "bob"):
        with in_tenant(name):
            Job.objects.create(kind=name)
    seen: list[tuple[str, list[str]]] = []

    def work(name: str) -> None:
        for _ in range(10):
            with transactions.session(proof(world, name)):
                seen.append((name, [row[0] for row in run("SELECT kind FROM jobs_job")]))
        connections[APP].close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("alice", "bob") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 80
    assert all(kinds == [name] for name, kinds in seen)


@committing
@pytest.mark.parametrize("thread_sensitive", [True, False])
def test_interleaved_async_messages_never_mix(
    world: World, in_tenant: InTenant, thread_sensitive: bool
) -> None:
    """480 messages of 12 tasks, as websockets send them: one transaction each, in one thread or in many.

    Sam is a member of both businesses and names the one that he means in each message.
    """
    kind_of = {world.bakery: "bakery", world.bikes: "bikes"}
    for name in ("alice", "bob"):
        with in_tenant(name):
            Job.objects.create(kind=kind_of[world[name].tenant_id])
    senders = [("alice", world.bakery), ("bob", world.bikes), ("sam", world.bakery), ("sam", world.bikes)]
    violations: list[str] = []
    served: list[tuple[str, UUID]] = []
    inside: set[int] = set()
    most_inside = 0

    def message(name: str, tenant: UUID) -> None:
        nonlocal most_inside
        try:
            with transactions.session(proof(world, name), tenant):
                inside.add(threading.get_ident())
                most_inside = max(most_inside, len(inside))
                for _ in range(2):
                    kinds = [job.kind for job in Job.objects.all()]
                    found = (current().tenant_id, current().user_id, kinds)
                    if found != (tenant, world[name].user_id, [kind_of[tenant]]):
                        violations.append(f"{name} in {kind_of[tenant]} got {found}")
                served.append((name, tenant))
                inside.remove(threading.get_ident())
        finally:
            if not thread_sensitive:
                # A thread of the executor has a connection of its own, and lends it to the next message.
                connections[APP].close()
        if current_or_none() is not None:
            violations.append(f"{name}: a context is left in the thread")

    async def task(name: str, tenant: UUID) -> None:
        send = sync_to_async(message, thread_sensitive=thread_sensitive)
        for _ in range(40):
            await send(name, tenant)
            if current_or_none() is not None:
                violations.append(f"{name}: a context is left in the task")
            await asyncio.sleep(0)

    async def all_tasks() -> None:
        await asyncio.gather(*(task(*sender) for sender in senders * 3))

    async_to_sync(all_tasks)()
    assert violations == []
    assert Counter(served) == dict.fromkeys(senders, 120)
    turns = sum(one != other for one, other in pairwise(served))
    assert turns > 240, "The messages of different senders must alternate, or nothing was tested."
    assert (most_inside > 1) is not thread_sensitive
    assert current_or_none() is None


@committing
def test_dead_pooled_connections_are_replaced_before_anything_is_lost(
    world: World, in_tenant: InTenant
) -> None:
    with in_tenant("alice"):
        [(pid,)] = run("SELECT pg_backend_pid()")
    # The owner of the session may always end it; stands in for a database restart.
    connections[APP].ensure_connection()
    connections[APP].connection.pgconn.finish()
    with in_tenant("alice"):
        [(other,)] = run("SELECT pg_backend_pid()")
    assert other != pid


def test_no_request_may_hold_a_transaction_for_long(world: World) -> None:
    """A transaction that waits for its client holds locks and keeps old rows alive."""
    patience = dict(
        run(
            """SELECT rolname, split_part(setting, '=', 2)
                 FROM pg_roles, unnest(rolconfig) AS setting
                WHERE split_part(setting, '=', 1) = 'idle_in_transaction_session_timeout'"""
        )
    )
    assert patience["dott_app"] == patience["dott_auth"] == "10s"
    assert patience["dott_worker"] == "5min"


@committing
def test_what_was_asked_ahead_is_answered_once(world: World) -> None:
    """The second time anew: whoever locks a record again may find it changed."""
    now = Query("SELECT clock_timestamp()")
    with transactions.session(proof(world, "alice"), ahead=[now, Query("SELECT 1")]):
        first, again, other, last = (execute(APP, one) for one in (now, now, Query("SELECT 1"), now))
    assert other == [[(1,)]]
    assert first < again < last
