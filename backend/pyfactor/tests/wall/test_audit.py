"""The start-up audit: clean as built, and it names each kind of hole when one is made."""

import pytest
from django.apps import apps
from django.db import connections

from dott.platform.tenancy.audit import NotIsolated, audit, refuse_unless_isolated
from dott.platform.tenancy.fields import is_tenant_model
from dott.platform.tenancy.router import APP, MIGRATOR, WORKER
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# Tables that belong to no tenant, each with the reason.
GLOBAL_TABLES = {
    "identity_user": "one person may belong to many businesses",
    "identity_session": "sign-in comes before the tenant",
    "identity_tenant": "the tenants themselves",
    "identity_apikey": "a business is entered with it",
    "identity_invitation": "the invited person is of no tenant yet",
    "account_emailaddress": "belongs to the user (allauth)",
    "account_emailconfirmation": "belongs to the user (allauth)",
    "mfa_authenticator": "belongs to the user (allauth)",
    "sso_provider": "sign-in comes before the tenant",
    "sso_domain": "sign-in comes before the tenant",
    "sso_link": "whom a provider means, before the tenant is entered",
    "api_rate_limit": "counts attempts before anybody is known",
    "auth_group": "Django's, unused, unreadable for the application role",
    "auth_group_permissions": "Django's, unused",
    "auth_permission": "Django's, unused",
    "django_content_type": "Django's, unused",
    "procrastinate_jobs": "holds job ids only; the worker role alone reads it",
    "procrastinate_events": "the queue's log",
    "procrastinate_periodic_defers": "the queue's clock",
    "procrastinate_workers": "the queue's workers",
}


@pytest.mark.parametrize("alias", [APP, WORKER])
def test_serving_roles_pass(world: World, alias: str) -> None:
    report = refuse_unless_isolated(alias)
    assert report.passed
    assert {table.kind for table in report.tables} == {"tenant", "global"}


def test_owner_may_not_serve(world: World) -> None:
    with pytest.raises(NotIsolated) as refusal:
        refuse_unless_isolated(MIGRATOR)
    assert "no_ownership" in str(refusal.value)


def test_every_table_is_a_tenants_or_listed_as_global(world: World) -> None:
    found = {table.table: table.kind for table in audit(APP).tables if table.table != "django_migrations"}
    assert {name for name, kind in found.items() if kind == "global"} == set(GLOBAL_TABLES)
    models = apps.get_models(include_auto_created=True)
    scoped = {model._meta.db_table for model in models if model._meta.managed and is_tenant_model(model)}
    assert scoped == {name for name, kind in found.items() if kind == "tenant"}


PLANTS = {
    "rls not forced": ("row_security", ["ALTER TABLE jobs_job NO FORCE ROW LEVEL SECURITY"]),
    "rls disabled": ("row_security", ["ALTER TABLE jobs_job DISABLE ROW LEVEL SECURITY"]),
    "readable table without rls": (
        "row_security",
        ["CREATE TABLE planted (id int)", "GRANT SELECT ON planted TO dott_app"],
    ),
    "policy dropped": ("policy", ["DROP POLICY tenant_isolation ON jobs_job"]),
    "second policy": ("policy", ["CREATE POLICY planted ON jobs_job FOR SELECT TO dott_rw USING (true)"]),
    "policy that looks alike": (
        "policy",
        ["ALTER POLICY tenant_isolation ON jobs_job USING (tenant_id = app.tenant_id() OR kind = 'x')"],
    ),
    "truncate granted": ("privileges", ["GRANT TRUNCATE ON jobs_job TO dott_rw"]),
    "view of the owner": (
        "views",
        ["CREATE VIEW planted AS SELECT * FROM jobs_job", "GRANT SELECT ON planted TO dott_app"],
    ),
    "materialised view": (
        "views",
        ["CREATE MATERIALIZED VIEW planted AS SELECT 1 AS id", "GRANT SELECT ON planted TO dott_app"],
    ),
    "unique across tenants": ("keys", ["CREATE UNIQUE INDEX planted ON jobs_job (id)"]),
    "index not led by tenant": ("keys", ["CREATE INDEX planted ON jobs_job (kind)"]),
    "key without tenant": (
        "keys",
        [
            "ALTER TABLE jobs_job DROP CONSTRAINT jobs_job_pkey CASCADE",
            "ALTER TABLE jobs_job ADD PRIMARY KEY (id)",
        ],
    ),
    "nullable tenant": (
        "keys",
        [
            "ALTER TABLE jobs_job DROP CONSTRAINT jobs_job_pkey CASCADE",
            "ALTER TABLE jobs_job ALTER tenant_id DROP NOT NULL",
        ],
    ),
    "foreign key without tenant": (
        "foreign_keys",
        [
            "CREATE UNIQUE INDEX planted_id ON jobs_job (id)",
            "CREATE TABLE planted (id uuid PRIMARY KEY REFERENCES jobs_job (id))",
        ],
    ),
    "trigger": (
        "no_triggers",
        [
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER planted BEFORE INSERT ON jobs_job FOR EACH ROW EXECUTE FUNCTION planted()",
        ],
    ),
    "definer function": (
        "definer_functions",
        [
            "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
            " AS 'SELECT count(*) FROM jobs_job'",
            "GRANT EXECUTE ON FUNCTION planted() TO dott_app",
        ],
    ),
    "immutable tenant function": (
        "context_functions",
        ["SET ROLE dott_definer", "ALTER FUNCTION app.tenant_id() IMMUTABLE", "RESET ROLE"],
    ),
    "signing function granted": (
        "context_functions",
        [
            "SET ROLE dott_definer",
            "GRANT EXECUTE ON FUNCTION app._install(uuid, uuid, uuid, text) TO dott_app",
            "RESET ROLE",
        ],
    ),
    "signing key readable": (
        "context_functions",
        ["SET ROLE dott_definer", "GRANT SELECT ON app.ctx_key TO dott_app", "RESET ROLE"],
    ),
    "schema open": ("no_create", ["GRANT CREATE ON SCHEMA public TO dott_app"]),
}


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("name", PLANTS)
def test_planted_hole_is_found_and_refuses_to_serve(restored_database: None, name: str) -> None:
    rule, statements = PLANTS[name]
    with connections[MIGRATOR].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    report = audit(APP)
    assert [found.id for found in report.rules if not found.passed] != []
    assert not next(found for found in report.rules if found.id == rule).passed
    with pytest.raises(NotIsolated):
        refuse_unless_isolated(APP)
