"""A PostgreSQL of the person's own, given by its four addresses: used as it is, and nothing is started."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from launcher import credentials, database
from launcher.paths import Paths
from launcher.postgres import Cluster


def test_four_addresses_are_used_and_one_alone_is_refused(
    paths: Paths, cluster: Cluster, dott: Callable[..., subprocess.Popen[str]]
) -> None:
    secrets = credentials.load(paths.secrets)
    cluster.start()
    database.bootstrap(cluster, paths.bootstrap_sql, secrets)
    urls = database.addresses(cluster, secrets)
    own_state = paths.state.parent / "another"

    def run(*arguments: str, **addresses: str) -> tuple[int, str]:
        child = dott(*arguments, DOTT_STATE_DIR=str(own_state), **addresses)
        said, _ = child.communicate(timeout=300)
        return child.returncode, said

    code, said = run("manage", "check", DATABASE_URL=urls["DATABASE_URL"])
    assert code == 1
    assert "not DATABASE_AUTH_URL, DATABASE_WORKER_URL, DATABASE_MIGRATOR_URL" in said

    code, said = run("manage", "audit_isolation", **urls)
    assert code == 0, said
    tables = cluster.psql(database.DATABASE, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert int(tables) > 20, "The migrations ran on it before the audit."
    assert run("db", **urls) == (0, "DATABASE_URL is set: nothing to run.\n")
    assert not list(Path(own_state).rglob("PG_VERSION"))
