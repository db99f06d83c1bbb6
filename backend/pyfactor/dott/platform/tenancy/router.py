"""Which login role serves which table. One alias per role (tenancy.md 2.1)."""

from typing import Any

from django.db.models import Model

from dott.platform.tenancy.context import current_or_none

APP = "default"
AUTH = "auth"
WORKER = "worker"
MIGRATOR = "migrator"

# Global tables that only sign-in code may touch.
AUTH_APPS = frozenset({"account", "identity", "mfa", "sessions", "sso"})
WORKER_APPS = frozenset({"procrastinate"})


class RoleRouter:
    """Tenant tables follow the active context; identity tables belong to the auth role."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The alias for a query on this model."""
        from dott.platform.tenancy.fields import is_tenant_model

        if is_tenant_model(model):
            context = current_or_none()
            return context.alias if context else APP
        if model._meta.app_label in AUTH_APPS:
            return AUTH
        if model._meta.app_label in WORKER_APPS:
            return WORKER
        return APP

    db_for_write = db_for_read

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        """All aliases are one database, so any two rows may be related; its foreign keys judge."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the owner makes tables."""
        return db == MIGRATOR
