"""Roles, template and database inside a running cluster, and the addresses to reach them."""

from collections.abc import Mapping, Set
from pathlib import Path
from urllib.parse import quote

from launcher import stamps
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
# Which of them a process is given: what a serving process does not hold, nobody can take from it.
API_ROLES = frozenset({"DATABASE_URL", "DATABASE_AUTH_URL"})
REALTIME_ROLES = frozenset({"DATABASE_URL"})
WORKER_ROLES = frozenset({"DATABASE_WORKER_URL"})
STAMP = "dott_bootstrap"


def addresses(cluster: Cluster, secrets: Mapping[str, str]) -> dict[str, str]:
    """The connection URLs of the cluster, one per role, by environment variable."""
    host = quote(str(cluster.sockets), safe="/")
    return {
        variable: f"postgresql://{role}:{quote(secrets[password], safe='')}"
        f"@/{DATABASE}?host={host}&port={PORT}"
        for variable, (role, password) in ADDRESSES.items()
    }


def only(wanted: Set[str], environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without the addresses of other roles, given directly or as NAME_FILE."""
    others = set(ADDRESSES) - wanted
    return {name: value for name, value in environment.items() if name.removesuffix("_FILE") not in others}


def is_stale(cluster: Cluster, scripts: Path, secrets: Mapping[str, str]) -> bool:
    """Whether the running cluster was set up by other scripts or passwords than these."""
    return not stamps.is_fresh(cluster.data / STAMP, wanted(scripts, secrets))


def wanted(scripts: Path, secrets: Mapping[str, str]) -> str:
    return stamps.fingerprint(*read(scripts), *passwords(secrets).values())


def read(scripts: Path) -> tuple[str, str]:
    """The scripts for the cluster (roles) and for each database (rights, functions)."""
    try:
        return (scripts / "cluster.sql").read_text(), (scripts / "database.sql").read_text()
    except FileNotFoundError as error:
        raise LauncherError(f"The checkout is incomplete: {error.filename} is missing.") from None


def passwords(secrets: Mapping[str, str]) -> dict[str, str]:
    names = (*(name for _, name in ADDRESSES.values()), "DOTT_BACKUP_PASSWORD")
    return {name: secrets[name] for name in names}


def bootstrap(cluster: Cluster, scripts: Path, secrets: Mapping[str, str]) -> None:
    """Create roles, template and database, or bring them up to the present scripts.

    scripts: folder with cluster.sql and database.sql, both safe to repeat. The stamp lies
    in the data folder, so it goes when the data go.
    """
    roles, schema = read(scripts)
    cluster.psql("postgres", roles, env=passwords(secrets))
    create_missing(cluster, TEMPLATE, "template1")
    cluster.psql(TEMPLATE, schema)
    cluster.psql("postgres", f"ALTER DATABASE {TEMPLATE} IS_TEMPLATE true")
    create_missing(cluster, DATABASE, TEMPLATE)
    # Rights on the database itself are not copied from the template.
    cluster.psql(DATABASE, schema)
    stamps.write(cluster.data / STAMP, wanted(scripts, secrets))


def create_missing(cluster: Cluster, name: str, template: str) -> None:
    if name not in cluster.psql("postgres", "SELECT datname FROM pg_database").split():
        cluster.psql("postgres", f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
