"""Roles, template and database inside a running cluster, and the addresses to reach them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from launcher.errors import LauncherError
from launcher.placement import PORT
from launcher.postgres import Cluster

TEMPLATE = "dott_template"
DATABASE = "dott"
OWNER = "dott_owner"
# What each process connects as; the name is the environment variable it reads.
ADDRESSES = {
    "DATABASE_URL": ("dott_app", "DOTT_APP_PASSWORD"),
    "DATABASE_AUTH_URL": ("dott_auth", "DOTT_AUTH_PASSWORD"),
    "DATABASE_WORKER_URL": ("dott_worker", "DOTT_WORKER_PASSWORD"),
    "DATABASE_MIGRATOR_URL": (OWNER, "DOTT_OWNER_PASSWORD"),
}
STAMP = "dott_bootstrap"


def addresses(cluster: Cluster, secrets: Mapping[str, str]) -> dict[str, str]:
    """The connection URLs of the cluster, one per role, by environment variable."""
    host = quote(str(cluster.sockets), safe="/")
    return {
        variable: f"postgresql://{role}:{quote(secrets[password], safe='')}"
        f"@/{DATABASE}?host={host}&port={PORT}"
        for variable, (role, password) in ADDRESSES.items()
    }


def bootstrap(cluster: Cluster, scripts: Path, secrets: Mapping[str, str]) -> bool:
    """Create roles, template and database, or bring them up to the present scripts.

    scripts: folder with cluster.sql and database.sql, both idempotent. Returns whether
    anything ran. The stamp lies in the data folder, so it goes when the data go.
    """
    try:
        roles = (scripts / "cluster.sql").read_text()
        schema = (scripts / "database.sql").read_text()
    except FileNotFoundError as error:
        raise LauncherError(f"The checkout is incomplete: {error.filename} is missing.") from None
    passwords = {name: value for name, value in secrets.items() if name.endswith("_PASSWORD")}
    wanted = fingerprint(roles, schema, *passwords.values())
    stamp = cluster.data / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    cluster.psql("postgres", roles, env=passwords)
    create_missing(cluster, TEMPLATE, "template1")
    cluster.psql(TEMPLATE, schema)
    cluster.psql("postgres", f"ALTER DATABASE {TEMPLATE} IS_TEMPLATE true")
    create_missing(cluster, DATABASE, TEMPLATE)
    # Rights on the database itself are not copied from the template.
    cluster.psql(DATABASE, schema)
    stamp.write_text(wanted)
    stamp.chmod(0o600)
    cluster.placement.account.give(stamp)
    return True


def create_missing(cluster: Cluster, name: str, template: str) -> None:
    known = cluster.psql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
    if not known:
        cluster.psql("postgres", f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")


def fingerprint(*texts: str) -> str:
    """A hash of texts and of where one ends and the next begins."""
    whole = hashlib.sha256()
    for text in texts:
        whole.update(hashlib.sha256(text.encode()).digest())
    return whole.hexdigest()
