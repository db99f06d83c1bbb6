"""The chain notices whatever is done to the log, also by whoever may write to every table."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from dott.platform.history import chain
from dott.platform.history.models import ChainLink, ChangeSet
from dott.platform.history.record import SEAL, Entry, record
from dott.platform.jobs.models import Job
from dott.platform.tenancy.router import MIGRATOR

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

TABLES = ("history_change_set", "history_change", "history_link")


@pytest.fixture
def sealed(in_tenant: Any) -> list[Any]:
    """Three sealed sets of Alice's, the oldest first."""
    sets = []
    for n in range(3):
        with in_tenant("alice"):
            sets.append(
                record(changes=[Entry("crm.customer", uuid4(), "update", {"notes": ""}, {"notes": str(n)})])
            )
    with in_tenant("alice"):
        assert chain.seal() == 3
    return sets


@contextmanager
def as_owner_without_wall() -> Iterator[Any]:
    """What a superuser could do: no policy and no key between the tables."""
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))",
            [list(TABLES), list(TABLES)],
        )
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        try:
            yield cursor
        finally:
            cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            for table, name, definition in keys:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition} NOT VALID')


def found(in_tenant: Any) -> str:
    with in_tenant("alice"):
        return "\n".join(chain.verify().findings)


def test_a_log_that_nobody_touched_holds(sealed: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        verdict = chain.verify()
        assert (verdict.sealed, verdict.findings) == (3, ())
        assert verdict.head == chain.digest_at(3)
        assert list(ChainLink.objects.order_by("position").values_list("change_set_id", flat=True)) == sealed
        assert chain.seal() == 0


POSITION_ONCE = (
    "ALTER TABLE history_link ADD CONSTRAINT history_link_position_once UNIQUE (tenant_id, position)"
)
TAMPERING = {
    "a changed field": (
        'UPDATE history_change SET after = \'{"notes": "x"}\' WHERE change_set_id = %s',
        "position 2",
    ),
    "another author": ("UPDATE history_change_set SET actor_id = NULL WHERE id = %s", "position 2"),
    "another time": (
        "UPDATE history_change_set SET created_at = created_at + interval '1 microsecond' WHERE id = %s",
        "position 2",
    ),
    "a removed change": ("DELETE FROM history_change WHERE change_set_id = %s", "position 2"),
    "a removed set": ("DELETE FROM history_change_set WHERE id = %s", "was removed"),
    "a removed link": (
        "DELETE FROM history_link WHERE change_set_id = %s",
        "1 links are missing before position 3",
    ),
    "another order": (
        "UPDATE history_link SET position = CASE position WHEN 2 THEN 3 ELSE 2 END"
        " WHERE position > 1 AND %s::uuid IS NOT NULL",
        "position 2",
    ),
    "another digest": ("UPDATE history_link SET digest = sha256('x') WHERE change_set_id = %s", "position 2"),
}


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(sealed: Any, in_tenant: Any, what: str) -> None:
    sql, expected = TAMPERING[what]
    with as_owner_without_wall() as cursor:
        if "position = CASE" in sql:
            cursor.execute("ALTER TABLE history_link DROP CONSTRAINT history_link_position_once")
        cursor.execute(sql, [sealed[1]])
        assert cursor.rowcount >= 1
        findings = found(in_tenant)
        if "position = CASE" in sql:
            cursor.execute("TRUNCATE history_link")
            cursor.execute(POSITION_ONCE)
    assert expected in findings


def test_a_set_that_was_put_in_later_is_found(sealed: Any, in_tenant: Any, world: Any) -> None:
    with as_owner_without_wall() as cursor:
        cursor.execute(
            "INSERT INTO history_change_set (tenant_id, created_at) VALUES (%s, now() - interval '1 day')",
            [world.bakery],
        )
        assert "is older than the chain's end and not in it" in found(in_tenant)


def test_a_chain_of_another_key_does_not_hold_and_an_older_key_does(
    sealed: Any, in_tenant: Any, settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert found(in_tenant) == ""
    settings.SECRET_KEY_FALLBACKS = []
    assert "position 1" in found(in_tenant)


def test_a_write_has_the_log_sealed_by_one_job(in_tenant: Any) -> None:
    for _ in range(2):
        with in_tenant("alice"):
            record(changes=[])
    with in_tenant("alice"):
        assert Job.objects.filter(kind=SEAL).count() == 1
        job = Job.objects.get(kind=SEAL)
        assert (job.state, job.created_by_id) == ("queued", ChangeSet.objects.first().actor_id)
        chain.seal_when_due(job)
        assert ChainLink.objects.count() == 2


def test_each_business_has_a_chain_of_its_own(sealed: Any, in_tenant: Any) -> None:
    with in_tenant("bob"):
        record(changes=[])
        assert chain.seal() == 1
        assert chain.verify().sealed == 1


def test_the_command_prints_heads_and_fails_for_a_broken_log(sealed: Any, in_tenant: Any) -> None:
    out, err = StringIO(), StringIO()
    call_command("verify_log", stdout=out, stderr=err)
    with in_tenant("alice"):
        head = chain.digest_at(3)
    assert f"bakery: 3 sealed, 0 waiting, head 3:{head}" in out.getvalue()
    call_command("verify_log", business="bakery", head=f"3:{head}", stdout=out)
    with as_owner_without_wall() as cursor:
        cursor.execute("DELETE FROM history_link WHERE position = 3")
        # What was cut off at the end shows by a head that was written down elsewhere.
        with pytest.raises(CommandError):
            call_command("verify_log", business="bakery", head=f"3:{head}", stdout=out, stderr=err)
    assert "does not lead to" in err.getvalue()


def test_the_application_can_neither_change_nor_remove_a_link(sealed: Any, in_tenant: Any) -> None:
    for sql in ("UPDATE history_link SET position = 9", "DELETE FROM history_link", "TRUNCATE history_link"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            in_tenant("alice") as context,
            connections[context.alias].cursor() as cursor,
        ):
            cursor.execute(sql)


def test_heads_that_were_kept_show_what_was_cut_off(sealed: Any, in_tenant: Any, tmp_path: Any) -> None:
    kept, out, err = tmp_path / "heads", StringIO(), StringIO()
    for _ in range(2):
        call_command("verify_log", heads=str(kept), stdout=out, stderr=err)
    with in_tenant("alice"):
        assert f"3:{chain.digest_at(3)}" in kept.read_text()
    before = kept.read_text()
    with as_owner_without_wall() as cursor:
        # The newest set, its changes and its link: what is left is a chain that holds.
        cursor.execute("DELETE FROM history_change WHERE change_set_id = %s", [sealed[2]])
        cursor.execute("DELETE FROM history_change_set WHERE id = %s", [sealed[2]])
        cursor.execute("DELETE FROM history_link WHERE position = 3")
        call_command("verify_log", stdout=out)
        with pytest.raises(CommandError):
            call_command("verify_log", heads=str(kept), stdout=out, stderr=err)
    assert "bakery: the log does not lead to 3:" in err.getvalue()
    assert kept.read_text() == before
