"""What the audit allows because somebody reviewed it, and how a version learns of what a later one reviewed.

The lists below belong to the code. A process of the version before has not got the newest of them, and
would refuse to serve on a database that the next version has migrated already. So every `migrate` marks
what its own version allows, on the object itself: COMMENT ON, which only the owner of an object can give
and everybody can read. The mark names the roles it is meant for and a fingerprint of the definition, so it
does not outlive a change, and cannot be carried over to another object. What has no mark, or another's, is
still a finding.

Whoever can make a mark owns the object and could open the wall in a hundred ways. It is not a second
opinion; it says that this was put there by a migration and not by a hand.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dott.platform.tenancy.router import APP, WORKER

_SQL = (Path(__file__).parent / "sql" / "reviewed.sql").read_text(encoding="utf-8")

DEFINER = "dott_definer"
# Which login role stands behind an alias (sql/cluster.sql).
ROLES = {APP: "dott_app", WORKER: "dott_worker"}

# By alias: functions with their owner's rights that the role may call.
_CONTEXT = [
    "app.tenant_id",
    "app.user_id",
    "app.membership_id",
    "app.role",
    "app.leave",
    "app.key_name",
]
FUNCTIONS = {
    APP: [*_CONTEXT, "app.enter", "app.enter_key", "app.defer_job", "app.redact_history"],
    WORKER: [
        *_CONTEXT,
        "app.claim_job",
        "app.due_jobs",
        "app.member_email",
        "app.member_addresses",
        "app.member_language",
        "app.refresh_statistics",
        "app.sort_pending",
        "app.forget_history",
    ],
}
# By alias: tables that the role may read and that know no tenants. The queue's hold only job ids.
TABLES = {
    APP: ["django_migrations"],
    WORKER: [
        "django_migrations",
        "procrastinate_jobs",
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    ],
}
# Read by the login role, before a tenant is known; no other index may leave the tenant out.
INDEXES = ["identity_membership_by_user"]
# A superuser's, and so marked where they are made, in sql/database.sql.
LEAKPROOF = ["app.like_safe", "app.words_alike"]
FOR_LEAKPROOF = "leakproof"

_MARK = re.compile(r"Reviewed \(([a-z_, ]+)\) ([0-9a-f]{64})")


class Marked(NamedTuple):
    """Object ids of what the database says was reviewed for one role and has not changed since."""

    functions: list[int]
    relations: list[int]
    leakproof: list[int]


class _Object(NamedTuple):
    """One row of reviewed.sql."""

    kind: str
    identity: str
    name: str
    oid: int
    owner: str
    fingerprint: str
    comment: str | None

    def marked_for(self) -> list[str]:
        """Whom its mark names, nobody if it is somebody else's or the object has changed."""
        found = _MARK.fullmatch(self.comment or "")
        return found[1].split(", ") if found and found[2] == self.fingerprint else []


def marked(cursor: Any, role: str) -> Marked:
    """What is marked for a login role, whatever this version's own lists say."""
    found = Marked([], [], [])
    for each in _objects(cursor):
        uses = each.marked_for()
        if role in uses:
            (found.functions if each.kind == "FUNCTION" else found.relations).append(each.oid)
        if FOR_LEAKPROOF in uses:
            found.leakproof.append(each.oid)
    return found


def mark(cursor: Any) -> None:
    """Mark what this version allows and is there, and nothing else. As the owner; idempotent."""
    for each in _objects(cursor):
        if each.owner not in (DEFINER, "dott_owner"):
            continue
        roles = [role for alias, role in ROLES.items() if each.name in _allowed(each.kind, alias)]
        comment = f"Reviewed ({', '.join(roles)}) {each.fingerprint}" if roles else None
        is_ours = each.comment is None or _MARK.fullmatch(each.comment) is not None
        if comment == each.comment or (comment is None and not is_ours):
            continue
        if each.owner == DEFINER:
            cursor.execute(f"SET ROLE {DEFINER}")
        literal = f"'{comment}'" if comment else "NULL"
        cursor.execute(f"COMMENT ON {each.kind} {each.identity} IS {literal}")
        cursor.execute("RESET ROLE")


def _allowed(kind: str, alias: str) -> list[str]:
    match kind:
        case "FUNCTION":
            return FUNCTIONS[alias]
        case "TABLE":
            return TABLES[alias]
        case _:
            return INDEXES


def _objects(cursor: Any) -> Iterator[_Object]:
    cursor.execute(_SQL, {})
    return map(_Object._make, cursor.fetchall())
