"""What this backend can do, where the tenant key changes the answer."""

from typing import Any

from django.db.backends.postgresql import features

from dott.platform.tenancy.fields import is_tenant_model


class DatabaseFeatures(features.DatabaseFeatures):
    """PostgreSQL's, except that `id` alone no longer determines a tenant row."""

    def allows_group_by_selected_pks_on_model(self, model: Any) -> bool:
        """False for tenant models: their primary key in the database is (tenant_id, id)."""
        if is_tenant_model(model):
            return False
        return bool(super().allows_group_by_selected_pks_on_model(model))
