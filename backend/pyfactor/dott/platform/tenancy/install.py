"""What `migrate` puts into the database besides tables: functions before; identity access and marks after."""

from pathlib import Path
from string import Template
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction

from dott.platform.tenancy import reviewed
from dott.platform.tenancy.router import MIGRATOR

SQL = Path(__file__).parent / "sql"

# Tables that app.enter and app.claim_job read before any tenant is known.
DEFINER_READS = (
    "identity_user",
    "identity_session",
    "identity_apikey",
    "identity_tenant",
    "identity_membership",
    "identity_teammember",
    "jobs_job",
)
# Global identity tables: no tenant, no access for the application role except its own business.
AUTH_TABLES = (
    "identity_user",
    "identity_session",
    "identity_apikey",
    "identity_tenant",
    "identity_invitation",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "sso_provider",
    "sso_domain",
    "sso_link",
    "api_rate_limit",
)
# A business's own, which decide what its members may do: all of them read these, sign-in code writes them.
MEMBER_TABLES = ("identity_membership", "identity_team", "identity_teammember")


def install_functions(using: str, **kwargs: Any) -> None:
    """pre_migrate: create or replace app.* so that the first policy can name them. Idempotent."""
    if using != MIGRATOR:
        return
    functions = Template((SQL / "functions.sql").read_text(encoding="utf-8"))
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # A database's own privileges are not copied from its template.
        name = connections[using].ops.quote_name(connections[using].settings_dict["NAME"])
        cursor.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        cursor.execute(
            f"GRANT CONNECT ON DATABASE {name} TO dott_definer, dott_app, dott_auth, dott_worker, dott_backup"
        )
        cursor.execute(functions.substitute(idle_seconds=int(settings.SESSION_IDLE_SECONDS)))
        # In the same transaction: a process of the version before, started meanwhile, finds no new function
        # without its mark.
        reviewed.mark(cursor)


def grant_identity_access(using: str, app_config: Any, **kwargs: Any) -> None:
    """post_migrate, after the last app: policies and grants of tables that exist before any tenant."""
    # The signal comes once per app that has models; all tables exist when the last one is told.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if using != MIGRATOR or app_config is not last:
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        for statement in _statements(existing):
            cursor.execute(statement)
        for table in (table for table in AUTH_TABLES if table in existing):
            # allauth's tables have serial keys.
            for sequence in connections[using].introspection.get_sequences(cursor, table):
                cursor.execute(f"GRANT USAGE ON SEQUENCE {sequence['name']} TO dott_auth")
        reviewed.mark(cursor)


def _statements(existing: set[str]) -> list[str]:
    statements: list[str] = []
    for table in (table for table in AUTH_TABLES if table in existing):
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *_policy(table, "auth_all", "TO dott_auth USING (true) WITH CHECK (true)"),
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO dott_auth",
        ]
    for table in (table for table in DEFINER_READS if table in existing):
        statements += [
            *_policy(table, "definer_reads", "FOR SELECT TO dott_definer USING (true)"),
            f"GRANT SELECT ON {table} TO dott_definer",
        ]
    for table, column in (("identity_session", "last_seen_at"), ("identity_apikey", "last_used_at")):
        if table in existing:
            statements += [
                *_policy(
                    table, "definer_touches", "FOR UPDATE TO dott_definer USING (true) WITH CHECK (true)"
                ),
                f"GRANT UPDATE ({column}) ON {table} TO dott_definer",
            ]
    if {"privacy_erasure", "privacy_retention"} <= existing:
        statements += _redaction()
    for table in (table for table in MEMBER_TABLES if table in existing):
        statements += [
            *_policy(table, "auth_all", "TO dott_auth USING (true) WITH CHECK (true)"),
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO dott_auth",
        ]
    if {"history_change_set", "jobs_job"} <= existing:
        # The login role adds security events to the log, and can neither read nor change it.
        statements += [
            # A constant, or the tenant's policy beside it would ask for a context that this role has not.
            *_policy("history_change_set", "auth_adds", "FOR INSERT TO dott_auth WITH CHECK (true)"),
            *_policy(
                "history_change_set",
                "auth_adds_events_only",
                "AS RESTRICTIVE FOR INSERT TO dott_auth WITH CHECK (kind = 'security')",
            ),
            "GRANT INSERT ON history_change_set TO dott_auth",
            # And the job that seals them; it runs as whoever did it.
            *_policy("jobs_job", "auth_adds", "FOR INSERT TO dott_auth WITH CHECK (true)"),
            *_policy(
                "jobs_job",
                "auth_adds_seals_only",
                "AS RESTRICTIVE FOR INSERT TO dott_auth"
                " WITH CHECK (kind = 'history.seal' AND args = '{}' AND state = 'queued')",
            ),
            "GRANT INSERT ON jobs_job TO dott_auth",
        ]
    if "identity_tenant" in existing:
        statements += [
            *_policy("identity_tenant", "own_tenant", "FOR SELECT TO dott_rw USING (id = app.tenant_id())"),
            "GRANT SELECT ON identity_tenant TO dott_rw",
        ]
    if "django_migrations" in existing:
        statements.append("GRANT SELECT ON django_migrations TO dott_rw")
    if "procrastinate_jobs" in existing:
        statements += _queue_access()
    return statements


def _redaction() -> list[str]:
    """app.redact_history and app.forget_history write what nobody else may, in their caller's business."""
    own = "USING (tenant_id = app.tenant_id())"
    return [
        *_policy("history_change", "definer_redacts", f"TO dott_definer {own}"),
        *_policy("history_change_set", "definer_redacts", f"TO dott_definer {own}"),
        *_policy("privacy_erasure", "definer_counts", f"TO dott_definer {own}"),
        *_policy("privacy_retention", "definer_reads", f"FOR SELECT TO dott_definer {own}"),
        "GRANT SELECT ON history_change, history_change_set, privacy_erasure, privacy_retention"
        " TO dott_definer",
        "GRANT UPDATE (before, after, salt, digest, redacted_at) ON history_change TO dott_definer",
        "GRANT UPDATE (counts) ON privacy_erasure TO dott_definer",
        "GRANT INSERT ON history_change_set TO dott_definer",
        "GRANT UPDATE (reason, details, salt, digest, redacted_at) ON history_change_set TO dott_definer",
    ]


def _queue_access() -> list[str]:
    """The queue's tables know no tenants: the worker has them, the application role has not."""
    tables = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
    return [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO dott_worker",
        "GRANT INSERT, SELECT ON procrastinate_jobs, procrastinate_events TO dott_definer",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO dott_worker",
        "GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO dott_definer",
    ]


def _policy(table: str, name: str, rest: str) -> list[str]:
    return [f"DROP POLICY IF EXISTS {name} ON {table}", f"CREATE POLICY {name} ON {table} {rest}"]
