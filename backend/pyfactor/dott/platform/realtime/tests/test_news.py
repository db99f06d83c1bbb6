"""What a socket hears: its own business's changes, what they were and never what is in them."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections
from django.db.transaction import set_rollback

from dott.modules.crm.tests.imports.flow import NORTHWIND, Importer
from dott.platform.history.record import Entry, record
from dott.platform.realtime.address import connection_parameters
from dott.platform.realtime.envelope import CHANNEL
from dott.platform.realtime.messages import MAX_CHANGES
from dott.platform.realtime.tests.support import Server, heard, heard_nothing, wait_until
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.router import APP
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
CUSTOMERS = "/api/crm/customers/"
InTenant = Callable[[str], AbstractContextManager[Context]]


def test_every_write_of_a_colleague_is_heard(server: Server, world: World, api_as: Any) -> None:
    mia, alice = server.socket(world["mia"].token), api_as("alice")
    created = alice.post(CUSTOMERS, {"kind": "business", "business_name": "Iron & Oak"}).json()
    address = f"{CUSTOMERS}{created['id']}/"

    def news() -> tuple[Any, ...]:
        message = heard(mia)
        (change,) = message["changes"]
        assert message.keys() == {"type", "changes", "source"}
        assert change.keys() == {"entity", "id", "version", "operation"}
        return change["entity"], change["id"], change["version"], change["operation"]

    assert news() == ("crm.customer", created["id"], 1, "create")
    alice.patch(address, {"notes": "Prefers tea"}, HTTP_IF_MATCH='"1"')
    assert news() == ("crm.customer", created["id"], 2, "update")
    alice.delete(address, HTTP_IF_MATCH='"2"')
    assert news() == ("crm.customer", created["id"], 3, "trash")
    alice.post(f"{address}restore/")
    assert news() == ("crm.customer", created["id"], 4, "restore")
    assert heard_nothing(mia)


def test_the_page_that_wrote_knows_its_own_news(server: Server, world: World, api_as: Any) -> None:
    alice = server.socket(world["alice"].token)
    request_id = str(uuid4())
    api_as("alice").post(
        CUSTOMERS, {"kind": "business", "business_name": "Oak"}, HTTP_X_REQUEST_ID=request_id
    )
    assert heard(alice)["source"] == request_id


def test_what_was_not_written_is_not_heard(
    server: Server, world: World, api_as: Any, in_tenant: InTenant
) -> None:
    mia, alice = server.socket(world["mia"].token), api_as("alice")
    assert alice.post(CUSTOMERS, {"kind": "business"}).status_code == 400
    created = alice.post(CUSTOMERS, {"kind": "business", "business_name": "Oak"}).json()
    assert heard(mia)["changes"][0]["operation"] == "create"
    address = f"{CUSTOMERS}{created['id']}/"
    assert alice.patch(address, {"notes": "x"}, HTTP_IF_MATCH='"7"').status_code == 412
    assert alice.patch(address, {"business_name": "Oak"}, HTTP_IF_MATCH='"1"').status_code == 200
    with in_tenant("alice"):
        record(changes=[Entry("crm.customer", uuid4(), "update")])
        set_rollback(True, using=APP)
    assert alice.patch(address, {"notes": "y"}, HTTP_IF_MATCH='"1"').status_code == 200
    assert heard(mia)["changes"] == [
        {"entity": "crm.customer", "id": created["id"], "version": 2, "operation": "update"}
    ]
    assert heard_nothing(mia)


def test_an_import_makes_everything_stale(server: Server, world: World, in_tenant: InTenant) -> None:
    mia, bob = server.socket(world["mia"].token), server.socket(world["bob"].token)
    importer = Importer(in_tenant, "alice")
    draft = importer.validate(importer.upload(NORTHWIND))
    assert heard_nothing(mia)
    applied = importer.apply(draft.id)
    assert heard(mia) == {"type": "resync"}
    importer.revert(applied.id)
    assert heard(mia) == {"type": "resync"}
    assert heard_nothing(mia)
    assert heard_nothing(bob)


def test_of_many_records_only_the_kind_is_told(server: Server, world: World, in_tenant: InTenant) -> None:
    mia = server.socket(world["mia"].token)
    with in_tenant("alice"):
        record(changes=[Entry("crm.customer", uuid4(), "create") for _ in range(MAX_CHANGES + 1)])
    assert heard(mia)["changes"] == [{"entity": "crm.customer", "operation": "many"}]


def test_480_interleaved_changes_stay_in_their_businesses(
    server: Server, world: World, in_tenant: InTenant
) -> None:
    """12 writers, two businesses, six sockets: each hears all of its own and nothing else."""
    written: dict[UUID, list[str]] = {world.bakery: [], world.bikes: []}
    sockets = [
        (world[name].tenant_id, server.socket(world[name].token))
        for name in ("alice", "mia", "sam", "bob", "bob", "bob")
    ]
    start = threading.Barrier(12)

    def write(name: str) -> None:
        start.wait()
        try:
            for _ in range(40):
                with in_tenant(name) as context:
                    record_id = uuid4()
                    record(changes=[Entry("crm.customer", record_id, "update", version=2)])
                written[context.tenant_id].append(str(record_id))
        finally:
            connections[APP].close()

    threads = [threading.Thread(target=write, args=(name,)) for name in ("alice", "bob") * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(ids) for ids in written.values()] == [240, 240]
    for tenant_id, socket in sockets:
        ids = [heard(socket)["changes"][0]["id"] for _ in range(240)]
        assert sorted(ids) == sorted(written[tenant_id])
        assert heard_nothing(socket)


def test_whoever_holds_a_password_of_the_database_overhears_nothing(
    server: Server, world: World, api_as: Any
) -> None:
    with psycopg.connect(**connection_parameters()) as spy:
        spy.execute(f"LISTEN {CHANNEL}")
        created = api_as("alice").post(CUSTOMERS, {"kind": "business", "business_name": "Oak"}).json()
        (overheard,) = spy.notifies(timeout=10, stop_after=1)
    for secret in (created["id"], str(world.bakery), "customer", "tenant", "create"):
        assert secret not in overheard.payload


def test_whoever_holds_a_password_of_the_database_is_not_believed(server: Server, world: World) -> None:
    alice, bob = server.socket(world["alice"].token), server.socket(world["bob"].token)
    forged = f'["tenant.{world.bakery}",{{"type":"resync"}}]'
    before = len(server.lines("not believed"))
    with psycopg.connect(**connection_parameters()) as forger:
        forger.execute(psycopg.sql.SQL("NOTIFY dott_realtime, {}").format(forged))
    wait_until(lambda: len(server.lines("not believed")) == before + 1)
    assert heard_nothing(alice)
    assert heard_nothing(bob)
