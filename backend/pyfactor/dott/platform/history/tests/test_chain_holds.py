"""Whatever may be done to the log leaves a chain that holds: erasures, forgetting, purges, undo, many at
once."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from dott.platform.history import chain
from dott.platform.history.bulk import change_many
from dott.platform.history.models import ChainLink, Change, ChangeSet
from dott.platform.history.purge import purge_trash
from dott.platform.history.record import Entry, record
from dott.platform.history.tests.test_chain import as_owner_without_wall, found
from dott.platform.jobs.testing import queue_due, run_queued
from dott.platform.privacy.tests.support import EMAIL, NAME, OLD_EMAIL, a_pass, chosen, made, spread
from dott.platform.tenancy.router import APP
from tests.keys import made_key, program

committed = pytest.mark.django_db(transaction=True, databases="__all__")
CUSTOMERS, CHANGES, ERASURES = "/api/crm/customers/", "/api/changes/", "/api/privacy/erasures/"
ANY = {"If-Match": "*"}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


def sealed_and_whole(in_tenant: Callable[[str], Any]) -> int:
    """How many sets are sealed now; there is nothing to find."""
    with in_tenant("alice"):
        chain.seal()
        verdict = chain.verify()
        assert (verdict.findings, verdict.waiting) == ((), 0)
        return verdict.sealed


def test_an_erasure_keeps_it_whole_and_an_event_that_named_her_loses_the_name(
    api_as: Any, in_tenant: Any
) -> None:
    alice = api_as("alice")
    jane = spread(alice)
    with in_tenant("alice"):
        record(changes=[], operation_kind="security", event="member_invited", details={"email": OLD_EMAIL})
    before = sealed_and_whole(in_tenant)
    made(alice.post(ERASURES, chosen(jane) | {"pass": a_pass(alice), "confirm": NAME}))
    assert sealed_and_whole(in_tenant) == before + 1
    with in_tenant("alice"):
        invited = ChangeSet.objects.get(event="member_invited")
        assert (invited.details, invited.salt) == ({"email": "[erased]"}, None)
        assert Change.objects.filter(redacted_at__isnull=False).count() > 5
        latest = ChainLink.objects.order_by("-position").values_list("change_set__event", flat=True)
        assert latest.first() == "person_erased"
        assert EMAIL not in json.dumps(list(Change.objects.values_list("after", flat=True)))


@committed
@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        # What stands in the place of erased values is no rest of them.
        (
            'UPDATE history_change SET after = \'{"notes": "she owes us"}\''
            " WHERE redacted_at IS NOT NULL AND change_set_id = %s",
            "lost values",
        ),
        # A row that says of itself that it was erased: by its own digest, at a moment when nothing was.
        (
            "UPDATE history_change SET digest = sha256(convert_to("
            "coalesce(salt::text, '') || '|' || before::text || '|' || after::text, 'UTF8')), salt = NULL,"
            " before = '{}', after = '{}', redacted_at = now() WHERE change_set_id = %s",
            "lost values",
        ),
        # Without the digest of what it held.
        (
            "UPDATE history_change SET digest = NULL, redacted_at = now() WHERE change_set_id = %s",
            "lost values",
        ),
        ("UPDATE history_change_set SET event = '' WHERE event = 'person_erased' AND %s IS NOT NULL", "lost"),
    ],
)
def test_nobody_pretends_an_erasure(api_as: Any, in_tenant: Any, sql: str, expected: str) -> None:
    alice = api_as("alice")
    jane = spread(alice)
    made(alice.post(ERASURES, chosen(jane) | {"pass": a_pass(alice), "confirm": NAME}))
    sealed_and_whole(in_tenant)
    with in_tenant("alice"):
        changes = Change.objects.filter(redacted_at__isnull=False)
        # The second one is of a row that still has its values.
        if "sha256" in sql:
            changes = Change.objects.filter(redacted_at=None)
        set_id = changes.exclude(change_set__event="person_erased").values_list("change_set_id", flat=True)[0]
    with as_owner_without_wall() as cursor:
        cursor.execute(sql, [set_id])
        assert cursor.rowcount >= 1
        assert expected in found(in_tenant)


@committed
def test_what_the_business_forgets_keeps_it_whole(api_as: Any, in_tenant: Any, age_history: Any) -> None:
    with in_tenant("alice"):
        customer = CustomerFactory.create()
        old = record(
            changes=[Entry("crm.customer", customer.pk, "update", {"notes": ""}, {"notes": "old"})],
            reason="Because she asked",
        )
    # It was made so long ago before it was sealed.
    age_history(old, days=31)
    assert sealed_and_whole(in_tenant) == 1
    alice = api_as("alice")
    made(alice.patch("/api/privacy/retention/", {"history_days": 30, "pass": a_pass(alice)}))
    queue_due()
    run_queued()
    assert sealed_and_whole(in_tenant) == 3
    with in_tenant("alice"):
        assert Change.objects.get(change_set_id=old).after == {}
        assert ChangeSet.objects.get(pk=old).reason == ""
        assert ChangeSet.objects.get(event="history_forgotten").details == {"changes": 1, "sets": 1}


def test_a_purge_of_the_trash_keeps_it_whole(in_tenant: Any) -> None:
    with in_tenant("alice"):
        CustomerFactory.create(deleted_at=timezone.now() - timedelta(days=31))
        assert purge_trash(now=timezone.now()) == 1
    assert sealed_and_whole(in_tenant) == 1


def test_an_undo_keeps_it_whole(api_as: Any, in_tenant: Any) -> None:
    alice = api_as("alice")
    customer = made(alice.post(CUSTOMERS, {"kind": "business", "business_name": "Mill"}))["id"]
    changed = alice.patch(f"{CUSTOMERS}{customer}/", {"business_name": "Hill"}, headers=ANY)
    assert sealed_and_whole(in_tenant) == 2
    made(alice.post(f"{CHANGES}{changed['Dott-Change-Set']}/undo/", {}))
    assert sealed_and_whole(in_tenant) == 3


def test_a_bulk_edit_of_a_thousand_is_one_link(in_tenant: Any) -> None:
    with in_tenant("alice") as context:
        Customer.objects.bulk_create([CustomerFactory.build() for _ in range(1_000)])
        rows = list(Customer.objects.select_for_update().order_by("id"))
        edited = change_many([(row, {"notes": "x"}) for row in rows], actor=context)
        assert edited.count == 1_000
    assert sealed_and_whole(in_tenant) == 1


@committed
def test_writers_do_not_wait_for_each_other_and_two_sealers_make_one_chain(in_tenant: Any) -> None:
    both_wrote = Barrier(2, timeout=60)

    def write(_: int) -> None:
        try:
            for n in range(5):
                with in_tenant("alice"):
                    record(changes=[])
                    if n == 0:
                        # Neither has committed, and both have written: nobody waited for anybody.
                        both_wrote.wait()
                with in_tenant("alice"):
                    chain.seal()
        finally:
            connections[APP].close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))
    assert sealed_and_whole(in_tenant) == 10


@committed
def test_a_write_with_an_api_key_names_the_key(api_as: Any, in_tenant: Any, world: Any) -> None:
    till = program(made_key(world["alice"], name="Till").key)
    made(till.post(CUSTOMERS, {"kind": "business", "business_name": "Mill"}))
    (entry,) = made(api_as("alice").get(CHANGES))["results"]
    assert (entry["kind"], entry["details"], entry["actor_name"]) == ("api_key", {"key": "Till"}, "Alice")
    assert sealed_and_whole(in_tenant) == 1
    with in_tenant("bob"), connections[APP].cursor() as cursor:
        cursor.execute("SELECT app.key_name(id) FROM (SELECT %s::uuid AS id) AS k", [entry["id"]])
        assert cursor.fetchone() == (None,)


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize("table", ["history_change_set", "history_change", "history_link"])
@pytest.mark.parametrize("act", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_changes_and_removes_nothing(in_tenant: Any, table: str, act: str) -> None:
    with (
        in_tenant("alice"),
        connections[APP].cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(using=APP),
    ):
        cursor.execute(act.format(table))
