"""Through a transaction pooler with one server connection, tenants still never see each other.

The hardest case for anything kept on a connection: every transaction of both businesses runs on the
same one. Needs PgBouncer (Debian: `apt-get install pgbouncer`).
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.lanes import Lane
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import Statement
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
InTenant = Callable[[str], AbstractContextManager[Context]]


@pytest.fixture
def pooler() -> Iterator[str]:
    """The connection string of a PgBouncer in transaction mode with pool_size = 1."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "PgBouncer is missing: apt-get install pgbouncer"
    target = connections[APP].settings_dict
    with tempfile.TemporaryDirectory(prefix="pgb", dir="/var/tmp") as name:
        folder = Path(name)
        server = " ".join(
            f"{key}={target[name]}"
            for key, name in (
                ("host", "HOST"),
                ("port", "PORT"),
                ("dbname", "NAME"),
                ("user", "USER"),
                ("password", "PASSWORD"),
            )
        )
        (folder / "pgbouncer.ini").write_text(
            "[databases]\n"
            f"dott = {server}\n"
            "[pgbouncer]\n"
            "pool_mode = transaction\ndefault_pool_size = 1\nlisten_addr =\nlisten_port = 6432\n"
            f"unix_socket_dir = {folder}\nauth_type = any\n"
        )
        # Like PostgreSQL it refuses to run as root; the cluster's owner may use the cluster's socket.
        owner = Path(target["HOST"]).stat().st_uid
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner, -1)
        child = subprocess.Popen(
            [program, "-q", str(folder / "pgbouncer.ini")],
            user=owner if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
            stderr=subprocess.PIPE,
        )
        try:
            deadline = time.monotonic() + 10
            while not (folder / ".s.PGSQL.6432").exists():
                assert child.poll() is None, child.stderr and child.stderr.read()
                assert time.monotonic() < deadline, "PgBouncer did not start"
                time.sleep(0.02)
            yield f"host={folder} port=6432 dbname=dott user={target['USER']}"
        finally:
            child.terminate()
            child.communicate(timeout=10)


def test_two_businesses_on_one_server_connection(pooler: str, world: World, in_tenant: InTenant) -> None:
    for name in ("alice", "bob"):
        with in_tenant(name):
            Job.objects.create(kind=name)
    seen: list[tuple[str, list[str]]] = []
    backends: set[int] = set()

    def work(name: str) -> None:
        proof = sha256(world[name].token.encode()).digest()
        with psycopg.connect(pooler, autocommit=True, prepare_threshold=None) as client:
            for _ in range(25):
                with client.transaction():
                    client.execute("SELECT tenant FROM app.enter(%s, NULL)", [proof])
                    kinds = client.execute("SELECT kind FROM jobs_job").fetchall()
                    backends.add(client.execute("SELECT pg_backend_pid()").fetchone()[0])  # type: ignore[index]
                seen.append((name, [kind for (kind,) in kinds]))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("alice", "bob") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 150
    assert len(backends) == 1
    assert all(kinds == [name] for name, kinds in seen)


def test_client_that_proves_nothing_reads_nothing_after_another(pooler: str, world: World) -> None:
    proof = sha256(world["alice"].token.encode()).digest()
    with psycopg.connect(pooler, autocommit=True, prepare_threshold=None) as alice, alice.transaction():
        alice.execute("SELECT tenant FROM app.enter(%s, NULL)", [proof])
        alice.execute("SELECT count(*) FROM jobs_job")
    with (
        psycopg.connect(pooler, autocommit=True, prepare_threshold=None) as stranger,
        pytest.raises(psycopg.Error) as error,
    ):
        stranger.execute("SELECT count(*) FROM jobs_job")
    assert error.value.sqlstate == "DT001"


def test_lanes_of_two_businesses_on_one_server_connection(
    pooler: str, world: World, in_tenant: InTenant, settings: Any
) -> None:
    """Many reads on the wire at once, none of them prepared: DOTT_DATABASE_POOLED."""
    settings.PREPARES_STATEMENTS = False
    for name in ("alice", "bob"):
        with in_tenant(name):
            Job.objects.create(kind=name)

    async def work() -> list[tuple[str, bytes | None]]:
        loop = asyncio.get_running_loop()
        lanes = [Lane(psycopg.connect(pooler, autocommit=True), loop) for _ in range(2)]

        async def read(name: str, lane: Lane) -> tuple[str, bytes | None]:
            proof = b"\\x" + sha256(world[name].token.encode()).hexdigest().encode()
            entered = Statement("SELECT tenant FROM app.enter($1, NULL)", (proof,))
            _, kinds = await lane.send([entered, Statement("SELECT string_agg(kind, ',') FROM jobs_job")])
            return name, kinds.get_value(0, 0)

        try:
            asked = [read(name, lane) for _ in range(25) for name in ("alice", "bob") for lane in lanes]
            return await asyncio.wait_for(asyncio.gather(*asked), 30)
        finally:
            for lane in lanes:
                lane.close()

    seen = asyncio.run(work())
    assert len(seen) == 100
    assert all(kinds == name.encode() for name, kinds in seen)
