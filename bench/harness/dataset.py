"""The dataset of the measurements: built once per scale, kept in the cluster of the state folder.

A database is named for its scale and for the generator that made it, so another generator makes another
one and the old one goes. What a run writes is taken back before the next (dataset/refresh.sql).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from launcher import database
from launcher.stack import Stack

FOLDER = Path(__file__).resolve().parent.parent / "dataset"
# What decides the rows; the other files can be run again at any time.
GENERATOR = ("countries.sql", "businesses.sql", "customers.sql")
SALES = "sales.sql"
PEER_ROLE = "bench_peer"
# Its server listens on a socket in a closed folder only, and its data are made up.
PEER_PASSWORD = "bench"


@dataclass(frozen=True)
class Scale:
    """How many customers each business has; business 1 is the big one, the rest are alike.

    sells: whether there are contacts, deals and activities too.
    """

    name: str
    rows: tuple[int, ...]
    sells: bool = False

    @property
    def generator(self) -> tuple[str, ...]:
        """The files that make its rows."""
        return (*GENERATOR, SALES) if self.sells else GENERATOR

    @property
    def typical(self) -> list[int]:
        """Numbers of the businesses that requests go to, at most 64."""
        return list(range(2, min(len(self.rows), 65) + 1))


def _alike(name: str, *, total: int, businesses: int, big: int) -> Scale:
    each, more = divmod(total - big, businesses - 1)
    return Scale(name, (big, *(each + (n < more) for n in range(businesses - 1))))


FULL = _alike("full", total=1_000_000, businesses=1_000, big=100_000)
SMALL = _alike("small", total=60_000, businesses=50, big=20_000)
GROWTH = Scale("growth", (1_000, 10_000, 100_000, 1_000_000))
GROWTH_SMALL = Scale("growth_small", (1_000, 10_000, 50_000))
# Businesses of a thousand customers among many of a hundred; the first ones are asked.
ASKED_OF_CROWD = range(1, 11)


def _crowd(businesses: int) -> Scale:
    asked = len(ASKED_OF_CROWD)
    return Scale(
        f"crowd{businesses}", (*(1_000 for _ in ASKED_OF_CROWD), *(100 for _ in range(businesses - asked)))
    )


CROWDS = tuple(_crowd(businesses) for businesses in (10, 1_000, 10_000))
CROWDS_SMALL = tuple(_crowd(businesses) for businesses in (10, 200))
SELLING = Scale("selling", (1_000_000, 1_000), sells=True)
SELLING_SMALL = Scale("selling_small", (20_000, 1_000), sells=True)
SCALES = {
    scale.name: scale
    for scale in (FULL, SMALL, GROWTH, GROWTH_SMALL, SELLING, SELLING_SMALL, *CROWDS, *CROWDS_SMALL)
}


class Dataset:
    """One scale's database, and the addresses to reach it."""

    def __init__(self, stack: Stack, scale: Scale) -> None:
        if stack.cluster is None:
            raise SystemExit("Measurements run on the embedded PostgreSQL: unset DATABASE_URL.")
        self.stack = stack
        self.cluster = stack.cluster
        self.scale = scale
        self.name = f"bench_{scale.name}_{_fingerprint(scale)}"

    def prepare(self) -> None:
        """Build it unless it is there; then migrate it, and take back what earlier runs wrote."""
        console = self.stack.console
        if self.name not in self._databases():
            with console.step(f"Dataset {self.scale.name}: {sum(self.scale.rows):,} customers"):
                self._build()
        with console.step("Sessions and earlier writes"):
            self.stack.manage_step("migrate", "--noinput", **self.addresses())
            self.run_sql("peers.sql", "refresh.sql")

    def refresh(self) -> None:
        """Take back what a run wrote."""
        self.run_sql("refresh.sql")

    def addresses(self) -> dict[str, str]:
        """DATABASE_URL and its kin for this database."""
        found = database.addresses(self.cluster, self.stack.secrets)
        return {
            name: url.replace(f"@/{database.DATABASE}?", f"@/{self.name}?") for name, url in found.items()
        }

    def environment(self) -> dict[str, str]:
        """What Dott's processes are given, with this database in place of the usual one."""
        return self.stack.environment(origin="http://localhost:3000") | self.addresses()

    def peer_environment(self) -> dict[str, str]:
        """How peers reach it, in libpq's variables."""
        return {
            "PGHOST": str(self.cluster.sockets),
            "PGPORT": "5432",
            "PGUSER": PEER_ROLE,
            "PGPASSWORD": PEER_PASSWORD,
            "PGDATABASE": self.name,
        }

    def sql(self, text: str) -> str:
        """Run a script as superuser; returns what it selects."""
        return self.cluster.psql(self.name, text)

    def run_sql(self, *names: str, before: str = "") -> None:
        """Run files of bench/dataset in one session, after some text."""
        self.sql("\n".join([before, *((FOLDER / name).read_text() for name in names)]))

    def _databases(self) -> list[str]:
        return self.cluster.psql("postgres", "SELECT datname FROM pg_database").split()

    def _build(self) -> None:
        for old in self._databases():
            if old.startswith(f"bench_{self.scale.name}_") or old == self._unfinished:
                self.cluster.psql("postgres", f'DROP DATABASE "{old}" WITH (FORCE)')
        self.cluster.psql("postgres", _PEER_ROLE_SQL)
        database.create_missing(self.cluster, self._unfinished, database.TEMPLATE)
        final, self.name = self.name, self._unfinished
        try:
            self.stack.manage_step("migrate", "--noinput", **self.addresses())
            self._fill()
        finally:
            self.name = final
        self.cluster.psql("postgres", f'ALTER DATABASE "{self._unfinished}" RENAME TO "{final}"')

    @property
    def _unfinished(self) -> str:
        return f"unfinished_{self.scale.name}"

    def _fill(self) -> None:
        indexes = self.sql(_SECONDARY_INDEXES).splitlines()
        names, definitions = zip(*(line.split("|", 1) for line in indexes), strict=True)
        sizes = ", ".join(f"({n}, {rows})" for n, rows in enumerate(self.scale.rows, 1))
        self.run_sql(
            *self.scale.generator,
            before="\n".join(
                [
                    # Rows are right by construction; checking their foreign keys takes half the time.
                    "SET session_replication_role = replica; SET work_mem = '256MB';",
                    "SET statement_timeout = 0;",
                    "SET maintenance_work_mem = '512MB'; SET synchronous_commit = off;",
                    *(f"DROP INDEX {name};" for name in names),
                    f"CREATE TEMP TABLE size AS SELECT * FROM (VALUES {sizes}) AS size (n, rows);",
                ]
            ),
        )
        self.sql("\n".join(["SET maintenance_work_mem = '512MB';", *(f"{one};" for one in definitions)]))
        self.sql("VACUUM (ANALYZE);")


def _fingerprint(scale: Scale) -> str:
    digest = hashlib.sha256(repr((scale.name, scale.rows)).encode())
    for name in scale.generator:
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:8]


# Filled and indexed afterwards, a table of a million rows takes a third of the time.
_SECONDARY_INDEXES = """
SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
  FROM pg_index i
 WHERE i.indrelid IN (to_regclass('crm_customer'), to_regclass('crm_contact'), to_regclass('crm_deal'),
                      to_regclass('crm_activity'))
   AND NOT i.indisprimary
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""

_PEER_ROLE_SQL = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{PEER_ROLE}') THEN
        CREATE ROLE {PEER_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{PEER_PASSWORD}';
    END IF;
END $$;
ALTER ROLE {PEER_ROLE} SET TimeZone = 'UTC';
"""
