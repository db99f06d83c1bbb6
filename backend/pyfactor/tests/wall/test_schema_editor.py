"""DDL of tenant tables on populated data: keys, foreign keys and policies survive every alteration."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connections, models
from django.test.utils import isolate_apps

from dott.platform.tenancy.checks import check_model
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantModel
from dott.platform.tenancy.router import MIGRATOR
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


class Tables:
    """Two scratch models, made fresh for each test: Part belongs to Box."""

    def __init__(self) -> None:
        class Box(TenantModel):
            name = models.CharField(max_length=20)

            class Meta(TenantModel.Meta):
                app_label = "tenancy"
                db_table = "scratch_box"

        class Part(TenantModel):
            label = models.CharField(max_length=20, default="")
            box = TenantForeignKey(Box, on_delete=models.CASCADE, null=True)

            class Meta(TenantModel.Meta):
                app_label = "tenancy"
                db_table = "scratch_part"
                constraints = [
                    models.UniqueConstraint(
                        fields=["label"], name="part_label", condition=~models.Q(label="")
                    )
                ]

        self.box, self.part = Box, Part


@pytest.fixture
def tables(world: World) -> Iterator[Tables]:
    with isolate_apps("dott.platform.tenancy"):
        made = Tables()
        with connections[MIGRATOR].schema_editor() as editor:
            editor.create_model(made.box)
            editor.create_model(made.part)
        yield made
        with connections[MIGRATOR].cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS scratch_part, scratch_box CASCADE")


def sql(statement: str, params: list[Any] | None = None) -> list[Any]:
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def as_owner(statement: str, params: list[Any]) -> None:
    """Write rows past the policy, as only a test may: the owner lifts FORCE for one statement."""
    for table in ("scratch_box", "scratch_part"):
        sql(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    try:
        sql(statement, params)
    finally:
        for table in ("scratch_box", "scratch_part"):
            sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def constraint_definitions(table: str) -> dict[str, str]:
    rows = sql(
        "SELECT contype::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype <> 'n'",
        [table],
    )
    return dict(rows)


def forced(table: str) -> bool:
    [row] = sql(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
    )
    return bool(row[0])


def test_new_table_has_composite_keys_policy_and_grants(tables: Tables) -> None:
    definitions = constraint_definitions("scratch_part")
    assert definitions["p"] == "PRIMARY KEY (tenant_id, id)"
    assert definitions["f"] == (
        "FOREIGN KEY (tenant_id, box_id) REFERENCES scratch_box(tenant_id, id) DEFERRABLE"
    )
    [(index,)] = sql("SELECT pg_get_indexdef('part_label'::regclass)")
    assert "(tenant_id, label)" in index
    assert forced("scratch_part")
    grants = sql(
        "SELECT privilege_type FROM information_schema.table_privileges"
        " WHERE table_name = 'scratch_part' AND grantee = 'dott_rw' ORDER BY 1"
    )
    assert [name for (name,) in grants] == ["DELETE", "INSERT", "SELECT", "UPDATE"]


def test_child_cannot_point_at_another_tenants_parent(tables: Tables) -> None:
    mine, theirs, box = uuid4(), uuid4(), uuid4()
    as_owner("INSERT INTO scratch_box (tenant_id, id, name) VALUES (%s, %s, 'x')", [theirs, box])
    with pytest.raises(IntegrityError):
        as_owner("INSERT INTO scratch_part (tenant_id, label, box_id) VALUES (%s, 'y', %s)", [mine, box])


def test_foreign_key_over_violating_rows_is_refused(tables: Tables) -> None:
    plain = models.UUIDField(null=True)
    plain.set_attributes_from_name("spare_id")
    with connections[MIGRATOR].schema_editor() as editor:
        editor.add_field(tables.part, plain)
    as_owner("INSERT INTO scratch_part (tenant_id, label, spare_id) VALUES (%s, '', %s)", [uuid4(), uuid4()])
    key = TenantForeignKey(tables.box, on_delete=models.CASCADE, null=True)
    key.set_attributes_from_name("spare")
    key.model = tables.part
    with pytest.raises(IntegrityError), connections[MIGRATOR].schema_editor() as editor:
        editor.execute(editor._create_fk_sql(tables.part, key, "_fk"))
    assert forced("scratch_part")


def test_altering_populated_columns_keeps_the_wall(tables: Tables) -> None:
    as_owner("INSERT INTO scratch_part (tenant_id, label) VALUES (%s, 'one')", [uuid4()])
    old = tables.part._meta.get_field("label")
    for new in (models.TextField(default=""), models.CharField(max_length=30, unique=True)):
        new.set_attributes_from_name("label")
        new.model = tables.part
        with connections[MIGRATOR].schema_editor() as editor:
            editor.alter_field(tables.part, old, new, strict=True)
        old = new
    assert constraint_definitions("scratch_part")["u"] == "UNIQUE (tenant_id, label)"
    assert forced("scratch_part")


def test_field_with_default_and_unique_is_added_and_removed(tables: Tables) -> None:
    as_owner("INSERT INTO scratch_part (tenant_id, label) VALUES (%s, 'one')", [uuid4()])
    field = models.CharField(max_length=10, default="d", unique=True)
    field.set_attributes_from_name("code")
    field.model = tables.part
    with connections[MIGRATOR].schema_editor() as editor:
        editor.add_field(tables.part, field)
    assert constraint_definitions("scratch_part")["u"] == "UNIQUE (tenant_id, code)"
    with connections[MIGRATOR].schema_editor() as editor:
        editor.remove_field(tables.part, field)
        editor.remove_field(tables.part, tables.part._meta.get_field("box"))
    assert "f" not in constraint_definitions("scratch_part")


@isolate_apps("dott.platform.tenancy")
def test_bad_models_are_reported_before_any_sql(world: World) -> None:
    class Box(TenantModel):
        class Meta(TenantModel.Meta):
            app_label = "tenancy"

    class Loose(models.Model):
        box = models.ForeignKey(Box, on_delete=models.CASCADE)

        class Meta:
            app_label = "tenancy"

    class Plain(TenantModel):
        box = models.ForeignKey(Box, on_delete=models.CASCADE)

        class Meta(TenantModel.Meta):
            app_label = "tenancy"

    class Expression(TenantModel):
        name = models.TextField()

        class Meta(TenantModel.Meta):
            app_label = "tenancy"
            indexes = [models.Index(models.functions.Lower("name"), name="scratch_lower")]

    class Unfiltered(TenantModel):
        objects = models.Manager()  # type: ignore[assignment]  # the mistake under test

        class Meta:
            app_label = "tenancy"

    found = {
        model.__name__: [message.id for message in check_model(model)]
        for model in (Box, Loose, Plain, Expression, Unfiltered)
    }
    assert found == {
        "Box": [],
        "Loose": ["tenancy.E001"],
        "Plain": ["tenancy.E002"],
        "Expression": ["tenancy.E003"],
        "Unfiltered": ["tenancy.E005"],
    }
    with (
        pytest.raises(ValueError, match="cannot reference a tenant table"),
        connections[MIGRATOR].schema_editor(collect_sql=True) as editor,
    ):
        editor.create_model(Loose)


def test_policy_holds_for_the_owner_too(tables: Tables) -> None:
    with pytest.raises(DatabaseError) as error:
        sql("SELECT * FROM scratch_part")
    assert error.value.__cause__.sqlstate == "DT001"  # type: ignore[union-attr]
