"""A dump by the backup role is whole, and what is restored from it keeps tenants apart as before."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from launcher import credentials, database
from launcher.paths import Paths
from launcher.postgres import Cluster

TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""


class Served:
    """A migrated cluster with the demo business in it."""

    def __init__(self, paths: Paths, cluster: Cluster) -> None:
        self.paths, self.cluster = paths, cluster
        self.secrets = credentials.load(paths.secrets)
        cluster.start()
        database.bootstrap(cluster, paths.bootstrap_sql, self.secrets)

    def manage(self, *arguments: str, name: str = database.DATABASE) -> subprocess.CompletedProcess[str]:
        """Run manage.py against one database of the cluster."""
        urls = {
            variable: url.replace(f"/{database.DATABASE}?", f"/{name}?")
            for variable, url in database.addresses(self.cluster, self.secrets).items()
        }
        env = (
            os.environ
            | urls
            | {
                "DJANGO_SECRET_KEY": self.secrets["DJANGO_SECRET_KEY"],
                "DOTT_DEMO_PASSWORD": self.secrets["DOTT_DEMO_PASSWORD"],
                "DOTT_FILES_DIR": str(self.paths.files),
                "DOTT_MAIL_DIR": str(self.paths.mail),
            }
        )
        return subprocess.run(
            [str(self.paths.python), "manage.py", *arguments],
            cwd=self.paths.backend,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    def dump(self, *options: str) -> subprocess.CompletedProcess[str]:
        """pg_dump as dott_backup, as SQL."""
        host = str(self.cluster.sockets)
        return subprocess.run(
            [
                self.cluster.placement.binaries.program("pg_dump"),
                "--host",
                host,
                "--username",
                "dott_backup",
                "--dbname",
                database.DATABASE,
                *options,
            ],
            env=os.environ | {"PGPASSWORD": self.secrets["DOTT_BACKUP_PASSWORD"]},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def served(paths: Paths, cluster: Cluster) -> Iterator[Served]:
    made = Served(paths, cluster)
    for command in ("migrate", "seed_demo"):
        done = made.manage(command)
        assert done.returncode == 0, done.stderr
    yield made


def fingerprints(served: Served, name: str) -> dict[str, str]:
    """Table → its number of rows and a checksum over them, whatever their order."""
    return {
        table: served.cluster.psql(
            name,
            f"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM public.{table} t",
        )
        for table in served.cluster.psql(name, TABLES).split()
    }


def test_dump_and_restore_bring_back_every_row_and_the_wall(served: Served) -> None:
    # The signing key stays behind: a restored database makes its own.
    dumped = served.dump("--exclude-table-data=app.ctx_key")
    assert dumped.returncode == 0, dumped.stderr

    psql = served.cluster.psql
    psql("postgres", "CREATE DATABASE restored TEMPLATE template0 OWNER dott_owner")
    psql("restored", dumped.stdout)
    assert served.manage("migrate", name="restored").returncode == 0

    before, after = fingerprints(served, database.DATABASE), fingerprints(served, "restored")
    assert before == after
    assert not before["crm_customer"].startswith("0 ")
    audit = served.manage("audit_isolation", name="restored")
    assert audit.returncode == 0, audit.stdout
    assert psql("restored", "SELECT count(*) FROM app.ctx_key") == "1"


def test_a_dump_that_row_security_would_empty_fails_instead(served: Served) -> None:
    psql = served.cluster.psql
    psql("postgres", "ALTER ROLE dott_backup NOBYPASSRLS")
    try:
        refused = served.dump("--exclude-table-data=app.ctx_key")
    finally:
        psql("postgres", "ALTER ROLE dott_backup BYPASSRLS")
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr
