"""Refuses, before any SQL runs, models that the schema editor could not isolate."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models

from dott.platform.tenancy.fields import TenantForeignKey, is_tenant_model
from dott.platform.tenancy.models import TenantManager


@checks.register(checks.Tags.models)
def tenant_models(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """tenancy.E001–E005 over every model of the project, third-party apps included."""
    found = apps.get_models(include_auto_created=True)
    return [message for model in found for message in check_model(model)]


def check_model(model: type[models.Model]) -> list[checks.CheckMessage]:
    """The findings for one model."""
    if is_tenant_model(model):
        return [*_foreign_keys(model), *_expressions(model), *_managers(model)]
    return list(_pointers_into_tenants(model))


def _pointers_into_tenants(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    for field in model._meta.local_fields:
        target = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(target, type) and is_tenant_model(target):
            yield checks.Error(
                "A table without a tenant points at a tenant table.",
                hint="Give the model a tenant (TenantModel), or for many-to-many an explicit `through`.",
                obj=field,
                id="tenancy.E001",
            )


def _foreign_keys(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    for field in model._meta.local_fields:
        target = field.related_model
        if (
            isinstance(field, models.ForeignKey)
            and not isinstance(field, TenantForeignKey)
            and isinstance(target, type)
            and is_tenant_model(target)
        ):
            yield checks.Error(
                "A plain ForeignKey between tenant tables.",
                hint="Use TenantForeignKey: its joins carry the tenant and its constraint is composite.",
                obj=field,
                id="tenancy.E002",
            )


def _expressions(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    for item in [*model._meta.indexes, *model._meta.constraints]:
        expressions = getattr(item, "expressions", ())
        if expressions and getattr(expressions[0], "name", None) != "tenant_id":
            yield checks.Error(
                f"Expressions of {item.name} are not led by F('tenant_id').",
                hint="Only plain `fields` get the tenant put in front of them.",
                obj=model,
                id="tenancy.E003",
            )


def _managers(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    unsafe = [manager.name for manager in model._meta.managers if not isinstance(manager, TenantManager)]
    if unsafe or not isinstance(model._base_manager, TenantManager):
        yield checks.Error(
            f"Manager {', '.join(unsafe) or '_base_manager'} does not filter by tenant.",
            hint="Derive it from TenantManager, and inherit Meta from TenantModel.Meta.",
            obj=model,
            id="tenancy.E005",
        )
