"""The twin-tenant replay in three variants: as served, by the policies alone, by the ORM's filter alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.models.lookups import Exact
from django.utils import timezone
from rest_framework.exceptions import NotFound

from conftest import browser
from dott.platform.api import viewsets
from dott.platform.api.plans import routes
from dott.platform.identity import roles
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership, Session, User
from dott.platform.identity.sessions import new_token, stored_hash
from dott.platform.tenancy.fields import CurrentTenant
from dott.platform.tenancy.router import MIGRATOR
from tests.attacks import over_http
from tests.attacks.conftest import Log, plant_canaries
from tests.attacks.described import IS_FULL
from tests.attacks.inventory import Operation, operations
from tests.attacks.on_models import tenant_models
from tests.attacks.replay import BOB_REFUSED, Persona, Replay, Victims, tables
from tests.attacks.report import Report
from tests.keys import made_key, program

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("patient_pool"),
]

TARGETS = [operation for operation in operations() if operation.is_described]
CANARY = "canary of the bakery"
# Rows of each kind, and how many other kinds' rows stand in each place.
MANY, OTHERS = (28, 40) if IS_FULL else (1, 1)


@pytest.fixture
def personas(world: Any) -> list[Persona]:
    """Bob, his viewer, his program, somebody whom Alice has shown the door, and nobody."""
    victor = joined("victor", world.bikes, "viewer")
    xenia = joined("xenia", world.bakery, "admin")
    all_memberships().filter(user_id=xenia[1], tenant_id=world.bakery).update(
        status=Membership.Status.DISABLED
    )
    everybody = [
        Persona("bob", browser(world["bob"].token), BOB_REFUSED),
        Persona("former member", browser(xenia[0]), is_signed_in=False),
        Persona("viewer", browser(victor[0])),
        Persona("program", program(made_key(world["bob"]).key)),
        Persona("nobody", browser(), is_signed_in=False),
    ]
    return everybody if IS_FULL else everybody[:2]


def joined(name: str, tenant_id: UUID, role: str) -> tuple[str, UUID]:
    """Somebody new in a business: her session's token and her id."""
    user, token, now = (
        User(id=uuid4(), email=f"{name}@example.com", name=name.title()),
        new_token(),
        timezone.now(),
    )
    User.objects.bulk_create([user])
    all_memberships().bulk_create(
        [Membership(tenant_id=tenant_id, user_id=user.pk, role=role, display_name=user.name)]
    )
    Session.objects.bulk_create(
        [
            Session(
                token_hash=stored_hash(token),
                user_id=user.pk,
                active_tenant=tenant_id,
                auth_time=now,
                last_seen_at=now + timedelta(hours=1),
                expires_at=now + timedelta(days=1),
            )
        ]
    )
    return token, user.pk


@pytest.fixture
def victims(world: Any, in_tenant: Any) -> Victims:
    """Rows of every kind of Alice's, and her cursors."""
    rows = {model: plant_canaries(model, in_tenant, CANARY, MANY) for model in tenant_models()}
    alice, cursors = browser(world["alice"].token), {}
    for operation in TARGETS:
        if operation.method == "GET" and not operation.names_record:
            response = alice.get(operation.url() + "?limit=1")
            page = response.json() if response.headers["Content-Type"] == "application/json" else None
            if isinstance(page, dict) and isinstance(page.get("next"), str):
                cursors[operation.path] = page["next"].rpartition("cursor=")[2].partition("&")[0]
    assert cursors
    return Victims(rows, frozenset({CANARY, "Alice's Bakery"}), cursors)


Run = Callable[[str, list[Operation]], Report]


@pytest.fixture
def run(victims: Victims, personas: list[Persona], log: Log, in_tenant: Any, subject: Any) -> Run:
    """One whole replay under a name."""

    def replay(variant: str, targets: list[Operation]) -> Report:
        report = Report(f"cross-tenant, {variant}")
        at_once = 1 if IS_FULL else 20
        Replay(report, victims, log, in_tenant, OTHERS, at_once).run(targets, personas, subject)
        return report

    return replay


def without_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tenant's constant out of every query that the ORM writes."""
    written = Exact.as_sql

    def as_sql(self: Exact, *args: Any, **kwargs: Any) -> Any:
        if isinstance(self.rhs, CurrentTenant):
            return "TRUE", []
        return written(self, *args, **kwargs)

    monkeypatch.setattr(Exact, "as_sql", as_sql)
    # What locks a record is compiled once: neither with the constant before this, nor without it for later.
    compiled_anew = viewsets.locking.__wrapped__
    for module in (viewsets, routes):
        monkeypatch.setattr(module, "locking", compiled_anew)


@contextmanager
def without_policies() -> Iterator[None]:
    """Take row-level security off every tenant table of this test's own database."""
    with connections[MIGRATOR].cursor() as cursor:
        for table in tables():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        try:
            yield
        finally:
            for table in tables():
                cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def part(of: int) -> list[Operation]:
    """All operations; outside the command a third for each variant, so that each operation is tried."""
    return TARGETS if IS_FULL else TARGETS[of::3]


@pytest.mark.asvs("8.2.2", "8.4.1")
def test_as_served(run: Run, record_property: Any) -> None:
    run("as served", part(0)).must_be_clean(record_property)


@pytest.mark.asvs("8.4.1")
def test_by_the_policies_alone(run: Run, monkeypatch: Any, record_property: Any) -> None:
    without_filter(monkeypatch)
    run("policies alone", part(1)).must_be_clean(record_property)


@pytest.mark.asvs("8.4.1")
def test_by_the_filter_alone(run: Run, record_property: Any) -> None:
    with without_policies():
        report = run("filter alone", part(2))
    report.must_be_clean(record_property)


def test_with_neither_alices_records_lie_open(run: Run, monkeypatch: Any) -> None:
    """The replay finds what it is made for: what an answer shows of another's, and what it tells apart."""
    without_filter(monkeypatch)
    wanted = {"customer-detail", "customer-list"}
    targets = [target for target in TARGETS if target.route in wanted and target.method != "POST"]
    with without_policies():
        findings = "\n".join(run("neither", targets).findings)
    assert "bob GET /api/crm/customers/{pk}/ of " in findings
    assert "canary of the bakery" in findings


def test_what_is_written_and_then_refused_is_found(run: Run, monkeypatch: Any) -> None:
    """The answer is that for an id which nobody has, and yet a row of hers is another."""
    operation = next(target for target in TARGETS if target.route == "customer-detail")

    def retrieve(self: Any, request: Any, **path: Any) -> None:
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("UPDATE crm_customer SET notes = 'written'")
        raise NotFound

    monkeypatch.setattr(operation.view, "retrieve", retrieve)
    with without_policies():
        findings = run("planted", [operation]).findings
    assert [finding for finding in findings if "changed Alice's ['crm_customer']" in finding]


def test_the_replay_reaches_every_operation_that_needs_a_session() -> None:
    left_out = [target for target in TARGETS if target.least == roles.ANYONE]
    assert all(target.path.startswith(("/api/auth/", "/health/", "/api/schema/")) for target in left_out)
    deals = next(target for target in TARGETS if target.route == "deal-list" and target.is_unsafe)
    assert {name for name, _ in over_http.references_in(deals)} >= {"customer", "contact", "stage"}
