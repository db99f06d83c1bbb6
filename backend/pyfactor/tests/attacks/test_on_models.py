"""The attacks on every tenant table, and on one whose wall has been taken down."""

from typing import Any

import pytest
from django.db import connections

from dott.modules.crm.models import Customer
from dott.platform.history.models import ChainLink
from dott.platform.tenancy.models import TenantManager
from dott.platform.tenancy.router import MIGRATOR
from tests.attacks import on_models
from tests.factories import factory_for


@pytest.mark.parametrize("model", on_models.tenant_models(), ids=lambda model: model._meta.db_table)
def test_a_stranger_reaches_no_row(model, world, in_tenant, record_property) -> None:
    on_models.attack(model, in_tenant).must_be_clean(record_property)


def test_every_tenant_model_has_a_factory() -> None:
    assert on_models.tenant_models()
    for model in on_models.tenant_models():
        factory_for(model)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_attacks_notice_a_table_without_its_wall(world, in_tenant, monkeypatch) -> None:
    """Policy gone, tenant constant gone, a foreign key and a unique value that know no tenant."""
    plant = [
        "ALTER TABLE crm_customer DISABLE ROW LEVEL SECURITY",
        "CREATE UNIQUE INDEX planted ON crm_customer (business_name)",
    ]
    remove = ["DROP INDEX planted", "ALTER TABLE crm_customer ENABLE ROW LEVEL SECURITY"]
    monkeypatch.setattr("dott.platform.tenancy.models.TenantManager.get_queryset", _everything)
    with connections[MIGRATOR].cursor() as cursor:
        for statement in plant:
            cursor.execute(statement)
        try:
            findings = "\n".join(on_models.attack(Customer, in_tenant).findings)
        finally:
            for statement in remove:
                cursor.execute(statement)
    for expected in (
        "filter(pk) finds it",
        "all() holds it",
        "FOR UPDATE",
        "DELETE FROM",
        "was moved",
        "is taken",
    ):
        assert expected in findings


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_attacks_notice_a_number_that_is_taken_for_everybody(world, in_tenant, monkeypatch) -> None:
    """Where rows stay and refer to what may be referred to once: that rule is the business's own, no finding,
    and hides none."""
    assert on_models.attack(ChainLink, in_tenant).findings == []
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX planted ON history_link (position)")
        try:
            findings = on_models.attack(ChainLink, in_tenant).findings
        finally:
            cursor.execute("DROP INDEX planted")
    assert [finding for finding in findings if "is taken for Bob too" in finding] == findings
    assert len(findings) == 1
    monkeypatch.setattr(on_models, "_taken_once", lambda model: iter(()))
    assert "is taken for Bob too" in "\n".join(on_models.attack(ChainLink, in_tenant).findings)


def _everything(manager: TenantManager) -> Any:
    return manager._queryset_class(manager.model, using=manager._db, hints=manager._hints)
