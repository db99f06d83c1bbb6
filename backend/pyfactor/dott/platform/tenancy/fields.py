"""The column that makes a table a tenant's, and the keys that follow from it.

A model "is tenant-scoped" exactly when it has a TenantIdField. The field is part of the migration
state, so historical models are recognised too, and the schema editor (backend/schema.py) builds
composite keys, policies and grants from its presence.
"""

from typing import Any, cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col, Func
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from dott.platform.tenancy.context import current_tenant_id

READ_WRITE = ("SELECT", "INSERT", "UPDATE", "DELETE")
READ_ONLY = ("SELECT",)
APPEND_ONLY = ("SELECT", "INSERT")


class UUIDv7(Func):
    """PostgreSQL 18's uuidv7(): time-ordered ids made by the database."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()
    allowed_default = True


class SignedTenant(Func):
    """The tenant of the transaction's signed context, for rows inserted by plain SQL."""

    function = "app.tenant_id"
    arity = 0
    output_field = models.UUIDField()
    allowed_default = True


class CurrentTenant(models.Expression):
    """The active tenant as a constant, resolved when the SQL is compiled and not when it is declared.

    As a constant it lets the planner merge it with the policy: the policy becomes a one-time filter
    and statistics, plans and shard routing are those of an ordinary query (tenancy.md 1.4).
    """

    output_field = models.UUIDField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """A bound parameter. Raises NoTenantContext outside a context."""
        return "%s", [current_tenant_id()]


class TenantIdField(models.UUIDField):  # type: ignore[type-arg]  # generic only in the stubs
    """`tenant_id uuid NOT NULL`. grants: what the application's role may do with the table's rows."""

    def __init__(self, *args: Any, grants: tuple[str, ...] = READ_WRITE, **kwargs: Any) -> None:
        self.grants = tuple(grants)
        kwargs |= {"default": current_tenant_id, "db_default": SignedTenant(), "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Only what differs from the fixed definition, so that migrations stay short."""
        name, path, args, kwargs = super().deconstruct()
        for implied in ("default", "db_default", "editable"):
            kwargs.pop(implied, None)
        if self.grants != READ_WRITE:
            kwargs["grants"] = self.grants
        return name, path, args, kwargs


def tenant_field(model: type[models.Model]) -> TenantIdField | None:
    """The model's TenantIdField, or None for a global table."""
    return next((field for field in model._meta.local_fields if isinstance(field, TenantIdField)), None)


def is_tenant_model(model: type[models.Model]) -> bool:
    """Whether the model's rows belong to a tenant."""
    return tenant_field(model) is not None


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # generic only in the stubs
    """A foreign key between tenant tables: (tenant_id, x_id) → (tenant_id, id).

    Every join through it also equates the tenants, so the planner carries the constant over and a
    distributed engine stays on one shard.
    """

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        """`alias.tenant_id = related_alias.tenant_id`; alias is the referenced table's."""
        target, source = tenant_field(self.related_model), tenant_field(self.model)
        if target is None or source is None:
            return None
        return Exact(Col(cast(str, alias), target), Col(cast(str, related_alias), source))
