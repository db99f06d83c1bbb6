"""Undo benchmark: a bulk edit of 10,000 customers taken back, done again, and so for trash and creation.

    ./dott bench undo [--rows N] [--others N]

Needs the environment of the backend (DATABASE_URL and its kin); works in a database of its own, which is
dropped at the end. Prints one line per step: seconds, rows per second, CPU seconds of Python and PostgreSQL
together, and how many times the seconds that PostgreSQL alone needs for the same writes (one UPDATE, DELETE
or INSERT … SELECT over a copy of the table with the same indexes, without policy, checks and history). The
goal is an undo of 10,000 rows in 3 seconds; the command fails when the bulk edit's takes longer.
"""

import argparse
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

# Sets Django up.
from imports import cpu_s, destroy_database, own_database

# isort: split
from django.db import connection, connections
from dott.modules.crm.models import Customer
from dott.platform.history.models import ChangeSet
from dott.platform.history.record import record
from dott.platform.history.undo import undo
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import current
from dott.platform.tenancy.router import APP, AUTH, MIGRATOR, WORKER
from tests.world import World

GOAL_S, GOAL_ROWS = 3.0, 10_000
COPY = "bench_customer"

_CUSTOMERS = """
INSERT INTO crm_customer (tenant_id, number, kind, business_name, first_name, last_name, email, phone,
                          billing_line1, billing_city, billing_country, industry, notes)
SELECT %(tenant)s, n, 'business', 'Company ' || md5(n::text), 'Eva', 'Müller', 'info' || n || '@example.com',
       '+4930' || 1000000 + n, 'Hauptstr. ' || n, 'Berlin', 'DE', 'Retail', repeat('note ', 20)
  FROM generate_series(1, %(rows)s) n"""
# The history of each step, for the first rows by id.
_SOME = """(SELECT * FROM crm_customer WHERE tenant_id = %(tenant)s AND deleted_at IS NULL
         ORDER BY id LIMIT %(rows)s) c"""
_HISTORY = (
    """
INSERT INTO history_change (tenant_id, change_set_id, entity, record_id, operation, before, after)
SELECT %(tenant)s, %(set)s, 'crm.customer', c.id, {operation}, {before}, {after} FROM """
    + _SOME
)
_EDIT = _HISTORY.format(
    operation="'update'",
    before="jsonb_build_object('stage', c.stage, 'industry', c.industry, 'owner', c.owner_id)",
    after="jsonb_build_object('stage', 'former', 'industry', 'Steel', 'owner', %(member)s::uuid)",
)
_TRASH = _HISTORY.format(
    operation="'trash'",
    before="""'{"deleted_at": null, "deleted_by": null}'::jsonb""",
    after="jsonb_build_object('deleted_at', now(), 'deleted_by', %(member)s::uuid)",
)
_FOLLOW_EDIT = """
UPDATE crm_customer c SET stage = 'former', industry = 'Steel', owner_id = %(member)s, version = version + 1,
       updated_at = now()
  FROM history_change h
 WHERE h.tenant_id = %(tenant)s AND h.change_set_id = %(set)s
   AND c.tenant_id = %(tenant)s AND c.id = h.record_id"""
_FOLLOW_TRASH = """
UPDATE crm_customer c SET deleted_at = now(), deleted_by_id = %(member)s, version = version + 1
  FROM history_change h
 WHERE h.tenant_id = %(tenant)s AND h.change_set_id = %(set)s
   AND c.tenant_id = %(tenant)s AND c.id = h.record_id"""
# PostgreSQL alone, over the copy.
_PLAIN_EDIT = f"""
UPDATE {COPY} SET stage = 'former', industry = 'Steel', owner_id = tenant_id, version = version + 1,
       updated_at = clock_timestamp() WHERE number <= %(rows)s AND deleted_at IS NULL"""
_PLAIN_TRASH = f"""
UPDATE {COPY} SET deleted_at = clock_timestamp(), version = version + 1 WHERE number <= %(rows)s"""


class Bench:
    """One business and the steps in it."""

    def __init__(self, world: World, rows: int, others: int) -> None:
        self.world, self.rows = world, rows
        self.proof = sha256(world["alice"].token.encode()).digest()
        with transactions.session(self.proof):
            self._sql("SET LOCAL statement_timeout = '10min'")
            self._sql(_CUSTOMERS, rows=rows + others)
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("ANALYZE crm_customer")

    def _sql(self, sql: str, **more: Any) -> None:
        context = current()
        values = {"tenant": context.tenant_id, "member": context.membership_id, "rows": self.rows} | more
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def written(self, history: str, follow: str) -> UUID:
        """A bulk write as the product makes it: one set, its history, the rows."""
        with transactions.session(self.proof):
            self._sql("SET LOCAL statement_timeout = '10min'")
            set_id = record(changes=[])
            self._sql(history, set=set_id)
            self._sql(follow, set=set_id)
        return set_id

    def undone(self, set_id: UUID) -> UUID:
        """The set that took it back, committed."""
        with transactions.session(self.proof):
            undoing, conflicts = undo(change_set=ChangeSet.objects.get(pk=set_id), actor=current())
            assert conflicts.total == 0
            assert ChangeSet.objects.get(pk=undoing).changes.count() == self.rows
        return undoing

    def plain_s(self, sql: str) -> float:
        """Seconds of PostgreSQL alone for the same writes, into a copy that has just been made."""
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute(f"CREATE TABLE {COPY} (LIKE crm_customer INCLUDING GENERATED INCLUDING INDEXES)")
            cursor.execute("ALTER TABLE crm_customer NO FORCE ROW LEVEL SECURITY")
            listed = self._columns()
            fresh = listed.replace('"id"', "uuidv7()").replace('"number"', '"number" + 1000000')
            cursor.execute(f"INSERT INTO {COPY} ({listed}) SELECT {listed} FROM crm_customer")
            cursor.execute(f"ANALYZE {COPY}")
            started = time.perf_counter()
            cursor.execute(sql.replace("{listed}", listed).replace("{fresh}", fresh), {"rows": self.rows})
            seconds = time.perf_counter() - started
            cursor.execute(f"DROP TABLE {COPY}")
            cursor.execute("ALTER TABLE crm_customer FORCE ROW LEVEL SECURITY")
        return seconds

    @staticmethod
    def _columns() -> str:
        return ", ".join(
            f'"{field.column}"' for field in Customer._meta.concrete_fields if not field.generated
        )

    def made(self) -> UUID:
        """A set that says that the first customers were created, as an import's would."""
        fields = [
            "number", "kind", "stage", "status", "business_name", "first_name", "last_name", "email", "phone",
            "billing_line1", "billing_city", "billing_country", "industry", "notes", "owner_id",
        ]  # fmt: skip
        after = (
            "jsonb_build_object("
            + ", ".join(f"'{name.removesuffix('_id')}', c.{name}" for name in fields)
            + ")"
        )
        history = _HISTORY.format(operation="'create'", before="'{}'::jsonb", after=after)
        return self.written(history, "SELECT 1")


def timed(label: str, rows: int, plain_s: float, step: Callable[[], Any]) -> tuple[Any, float]:
    """Run a step and print its line."""
    cpu, started = cpu_s(), time.perf_counter()
    result = step()
    seconds, used = time.perf_counter() - started, cpu_s() - cpu
    ratio = seconds / plain_s if plain_s else 0
    print(f"{label:<26}{seconds:>8.2f} s{rows / seconds:>12,.0f} rows/s{used:>9.2f} s CPU{ratio:>8.1f} x")
    return result, seconds


def main() -> int:
    """Prints the table; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=GOAL_ROWS)
    parser.add_argument("--others", type=int, default=20_000, help="customers that are not touched")
    options = parser.parse_args()
    world = own_database()
    try:
        bench = Bench(world, options.rows, options.others)
        rows = options.rows
        print(f"{rows:,} of {rows + options.others:,} customers{'':<10} beside PostgreSQL alone")
        edit_s = bench.plain_s(_PLAIN_EDIT)
        edited = bench.written(_EDIT, _FOLLOW_EDIT)
        back, took = timed("undo of a bulk edit", rows, edit_s, lambda: bench.undone(edited))
        timed("the same done again", rows, edit_s, lambda: bench.undone(back))
        trash_s = bench.plain_s(_PLAIN_TRASH)
        trashed = bench.written(_TRASH, _FOLLOW_TRASH)
        timed("undo of a bulk deletion", rows, trash_s, lambda: bench.undone(trashed))
        delete_s = bench.plain_s(f"DELETE FROM {COPY} WHERE number <= %(rows)s")
        made = bench.made()
        gone, _ = timed("undo of a bulk creation", rows, delete_s, lambda: bench.undone(made))
        insert_s = bench.plain_s(
            f"INSERT INTO {COPY} ({{listed}}) SELECT {{fresh}} FROM {COPY} LIMIT %(rows)s"
        )
        timed("the same done again", rows, insert_s, lambda: bench.undone(gone))
    finally:
        for alias in (APP, AUTH, WORKER):
            connections[alias].close()
            connections[alias].close_pool()
        destroy_database()
    is_met = took <= GOAL_S * rows / GOAL_ROWS
    print(f"goal: {GOAL_ROWS:,} rows in {GOAL_S:g} s: {'met' if is_met else 'missed'}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
