"""Does the database, as it is now and for the role that serves, keep tenants apart?

One query of reasons not to serve (sql/audit.sql), asked at start-up by API, worker and test run, by
`manage.py audit_isolation` and by GET /api/isolation/. What it allows is in reviewed.py.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from dott.platform.tenancy import reviewed
from dott.platform.tenancy.router import WORKER

_SQL = (Path(__file__).parent / "sql" / "audit.sql").read_text(encoding="utf-8")

RULES = {
    "server_version": "The server has the security fixes that row-level security needs",
    "unprivileged_role": "The serving role is no superuser and cannot bypass row security",
    "no_role_switch": "The serving role cannot become another role",
    "no_ownership": "The serving role owns nothing",
    "no_create": "The serving role can create nothing",
    "row_security": "Row-level security is enabled and forced wherever the serving role can read",
    "policy": "Every tenant table has the standard policy and no other applies",
    "privileges": "The serving role has no privilege that ignores row security",
    "views": "No view, materialised view or foreign table leads round the policies",
    "keys": "Primary keys, unique constraints and indexes begin with the tenant",
    "foreign_keys": "Foreign keys between tenant tables include the tenant",
    "no_triggers": "No triggers on tenant tables",
    "definer_functions": "Only reviewed functions run with other rights than their caller's",
    "context_functions": "The signed context cannot be made, read or cached by the serving role",
    "leakproof": "Only reviewed operators are marked leakproof",
    "dangerous_functions": "Functions that set parameters or reach other sessions are out of reach",
}

_DANGEROUS = [
    "set_config",
    "pg_terminate_backend",
    "pg_cancel_backend",
    "pg_stat_get_activity",
    "pg_stat_get_backend_activity",
    "pg_read_file",
    "pg_ls_dir",
]
_TABLES = """
SELECT c.relname,
       EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped),
       c.relrowsecurity, c.relforcerowsecurity,
       coalesce((SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
                  WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation'), ''),
       coalesce((SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
                  WHERE k.conrelid = c.oid AND k.contype = 'p'), '')
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
 ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table: kind is `tenant` or `global`; findings are sentences."""

    table: str
    kind: str
    rls: bool
    forced: bool
    policy: str
    primary_key: str
    findings: list[str]


@dataclass(frozen=True, slots=True)
class RuleReport:
    """One rule over the whole database."""

    id: str
    title: str
    passed: bool
    findings: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """The audit of one serving role."""

    checked_at: datetime
    role: str
    server_version: str
    passed: bool
    tables: list[TableReport]
    rules: list[RuleReport]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; checked_at in RFC 3339."""
        return asdict(self) | {"checked_at": self.checked_at.isoformat()}


class NotIsolated(ImproperlyConfigured):
    """The audit found a way round the wall; the process must not serve."""


def audit(alias: str) -> Report:
    """Run every rule as the role behind `alias`. Reads catalogues only, needs no tenant context."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version')")
        role, version = cursor.fetchone()
        marked = reviewed.marked(cursor, role)
        parameters: dict[str, Any] = {
            "definer_functions": reviewed.FUNCTIONS.get(alias, []),
            "marked_functions": marked.functions,
            "leakproof_functions": reviewed.LEAKPROOF,
            "marked_leakproof": marked.leakproof,
            # The queue wakes its worker by NOTIFY.
            "dangerous_functions": _DANGEROUS + ([] if alias == WORKER else ["pg_notify"]),
            "indexes_before_tenant": reviewed.INDEXES,
            "readable_without_rls": reviewed.TABLES.get(alias, []),
            "marked_relations": marked.relations,
        }
        cursor.execute(_SQL, parameters)
        findings: list[tuple[str, str, str]] = cursor.fetchall()
        cursor.execute(_TABLES)
        tables = [
            TableReport(
                name,
                "tenant" if is_tenant else "global",
                rls,
                forced,
                policy,
                key,
                [f"{rule}: {text}" for rule, subject, text in findings if subject == name],
            )
            for name, is_tenant, rls, forced, policy, key in cursor.fetchall()
        ]
    rules = []
    for rule, title in RULES.items():
        found = [f"{subject}: {text}" for name, subject, text in findings if name == rule]
        rules.append(RuleReport(rule, title, not found, found))
    return Report(datetime.now(UTC), role, version, not findings, tables, rules)


def refuse_unless_isolated(alias: str) -> Report:
    """For entry points: raises NotIsolated, naming every finding, before a request is served."""
    report = audit(alias)
    if not report.passed:
        findings = [f"{rule.id}: {finding}" for rule in report.rules for finding in rule.findings]
        raise NotIsolated(
            f"Refusing to serve as {report.role}: the database would not keep tenants apart.\n  "
            + "\n  ".join(findings)
        )
    return report
