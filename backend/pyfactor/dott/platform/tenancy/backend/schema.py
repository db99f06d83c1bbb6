"""DDL of tenant tables: composite keys, forced row-level security, grants.

Everything here applies only to models that hold a TenantIdField; other tables get Django's own DDL
and no privileges at all until somebody grants them.
"""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.postgresql import schema
from django.db.models import Model

from dott.platform.tenancy.fields import TenantIdField, is_tenant_model, tenant_field

POLICY = "tenant_isolation"
# USING stays plain: a sub-select would hide the tenant from the planner (tenancy.md 1.5).
# WITH CHECK is wrapped: evaluated once per statement and not once per inserted row.
USING = "tenant_id = app.tenant_id()"
WITH_CHECK = "tenant_id = (SELECT app.tenant_id())"


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """PostgreSQL's schema editor, which also builds the wall."""

    # Composite keys cannot be written inline in ADD COLUMN; None makes Django defer them.
    sql_create_column_inline_fk = None

    # --- tables -------------------------------------------------------------------------------------

    def _iter_column_sql(
        self,
        column_db_type: Any,
        params: Any,
        model: Any,
        field: Any,
        field_db_params: Any,
        include_default: Any,
    ) -> Any:
        parts = super()._iter_column_sql(
            column_db_type, params, model, field, field_db_params, include_default
        )
        inline_keys = {"PRIMARY KEY", "UNIQUE"} if is_tenant_model(model) else set()
        return (part for part in parts if part not in inline_keys)

    def table_sql(self, model: Any) -> Any:
        """CREATE TABLE with PRIMARY KEY (tenant_id, id) for a tenant model."""
        sql, params = super().table_sql(model)
        if not is_tenant_model(model):
            return sql, params
        name = self.quote_name(f"{model._meta.db_table}_pkey")
        columns = f"{self.quote_name('tenant_id')}, {self.quote_name(model._meta.pk.column)}"
        head, closing = sql[: sql.rindex(")")], sql[sql.rindex(")") :]
        return f"{head}, CONSTRAINT {name} PRIMARY KEY ({columns}){closing}", params

    def create_model(self, model: Any) -> None:
        """Create the table and, for a tenant model, its policy and grants."""
        super().create_model(model)
        field = tenant_field(model)
        if field is None:
            return
        table = self.quote_name(model._meta.db_table)
        self.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        self.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        self.execute(f"CREATE POLICY {POLICY} ON {table} USING ({USING}) WITH CHECK ({WITH_CHECK})")
        self.execute(f"GRANT {', '.join(field.grants)} ON {table} TO dott_rw")
        for column in model._meta.local_fields:
            self._add_composite_unique(model, column)

    def add_field(self, model: Any, field: Any) -> None:
        """Add a column; `unique=True` on a tenant model becomes unique within the tenant."""
        super().add_field(model, field)
        if is_tenant_model(model):
            self._add_composite_unique(model, field)

    def _add_composite_unique(self, model: Any, field: Any) -> None:
        if field.unique and not field.primary_key:
            self.execute(self._create_unique_sql(model, [field]))

    def _alter_field(self, model: Any, old_field: Any, new_field: Any, *args: Any, **kwargs: Any) -> None:
        if not is_tenant_model(model):
            super()._alter_field(model, old_field, new_field, *args, **kwargs)
            return
        if isinstance(new_field, TenantIdField) and isinstance(old_field, TenantIdField):
            self._alter_grants(model, old_field, new_field)
        # FORCE also hides rows from the owner's own statements (backfill of a default, validation).
        table = self.quote_name(model._meta.db_table)
        self.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        super()._alter_field(model, old_field, new_field, *args, **kwargs)
        self.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")

    def _field_should_be_altered(self, old_field: Any, new_field: Any, ignore: Any = None) -> bool:
        if getattr(old_field, "grants", None) != getattr(new_field, "grants", None):
            return True
        return bool(super()._field_should_be_altered(old_field, new_field, ignore))

    def _alter_grants(self, model: Any, old_field: TenantIdField, new_field: TenantIdField) -> None:
        if old_field.grants != new_field.grants:
            table = self.quote_name(model._meta.db_table)
            self.execute(f"REVOKE ALL ON {table} FROM dott_rw")
            self.execute(f"GRANT {', '.join(new_field.grants)} ON {table} TO dott_rw")

    # --- indexes and unique constraints: always led by the tenant ---------------------------------------

    def _create_index_sql(
        self, model: Any, *, fields: Any = None, opclasses: Any = (), col_suffixes: Any = (), **kwargs: Any
    ) -> Any:
        if fields and is_tenant_model(model):
            fields = self._led_by_tenant(model, fields)
            opclasses = ("uuid_ops", *opclasses) if opclasses else opclasses
            col_suffixes = ("", *col_suffixes) if col_suffixes else col_suffixes
        return super()._create_index_sql(
            model, fields=fields, opclasses=opclasses, col_suffixes=col_suffixes, **kwargs
        )

    def _create_like_index_sql(self, model: Any, field: Any) -> Any:
        # Text compares by code point in every Dott database, so the plain index serves prefixes.
        return None if is_tenant_model(model) else super()._create_like_index_sql(model, field)

    def _unique_sql(self, model: Any, fields: Any, name: Any, **kwargs: Any) -> Any:
        if is_tenant_model(model):
            special = ("condition", "include", "opclasses", "expressions")
            if not any(kwargs.get(key) for key in special):
                # The deferred form below leads with the tenant itself.
                fields = self._led_by_tenant(model, fields)
        return super()._unique_sql(model, fields, name, **kwargs)

    def _create_unique_sql(
        self, model: Any, fields: Any, name: Any = None, opclasses: Any = None, **kwargs: Any
    ) -> Any:
        if fields and is_tenant_model(model):
            fields = self._led_by_tenant(model, fields)
            opclasses = ("uuid_ops", *opclasses) if opclasses else opclasses
        return super()._create_unique_sql(model, fields, name, opclasses=opclasses, **kwargs)

    @staticmethod
    def _led_by_tenant(model: type[Model], fields: Any) -> list[Any]:
        tenant = tenant_field(model)
        return [tenant, *(field for field in fields if field is not tenant)]

    def _constraint_names(self, model: Any, column_names: Any = None, **kwargs: Any) -> list[str]:
        names: list[str] = super()._constraint_names(model, column_names, **kwargs)
        if column_names and is_tenant_model(model) and column_names[0] != "tenant_id":
            names += super()._constraint_names(model, ["tenant_id", *column_names], **kwargs)
        return names

    # --- foreign keys ---------------------------------------------------------------------------------

    def _create_fk_sql(self, model: Any, field: Any, suffix: str) -> Any:
        target = field.target_field.model
        if is_tenant_model(target) and not is_tenant_model(model):
            raise ValueError(
                f"{model._meta.label}.{field.name}: a table without a tenant cannot reference a tenant table."
            )
        if not is_tenant_model(model):
            return super()._create_fk_sql(model, field, suffix)
        leading = ["tenant_id"] if is_tenant_model(target) else []
        # Validation reads both tables as the owner, from whom FORCE would hide every row. Only the
        # owner is concerned, so the application sees no window.
        return Statement(
            "ALTER TABLE %(table)s NO FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(to_table)s NO FORCE ROW LEVEL SECURITY; "
            f"{self.sql_create_fk}; "
            "ALTER TABLE %(table)s FORCE ROW LEVEL SECURITY; "
            "ALTER TABLE %(to_table)s FORCE ROW LEVEL SECURITY",
            table=Table(model._meta.db_table, self.quote_name),
            name=self._fk_constraint_name(model, field, suffix),
            column=Columns(model._meta.db_table, [*leading, field.column], self.quote_name),
            to_table=Table(target._meta.db_table, self.quote_name),
            to_column=Columns(target._meta.db_table, [*leading, field.target_field.column], self.quote_name),
            deferrable=self.connection.ops.deferrable_sql(),
        )
