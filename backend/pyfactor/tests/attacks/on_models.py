"""Attacks on the tables themselves: Bob's transaction against a row of Alice's, by ORM and by plain SQL.

Bob holds what an injection in any endpoint would give him: the application's role, inside his own
signed context. What he may do to his own rows is a table's grants; to Alice's he may do nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey, Model, UniqueConstraint

from dott.platform.tenancy.context import Context
from dott.platform.tenancy.fields import is_tenant_model, tenant_field
from tests.attacks.report import Report
from tests.factories import factory_for

InTenant = Callable[[str], AbstractContextManager[Context]]
# Which rule of a table speaks first is its own affair; all that matters is that it speaks alike.
_INTEGRITY = (
    psycopg.errors.ForeignKeyViolation,
    psycopg.errors.RestrictViolation,
    psycopg.errors.UniqueViolation,
    psycopg.errors.CheckViolation,
)
FORBIDDEN = psycopg.errors.InsufficientPrivilege


def tenant_models() -> list[type[Model]]:
    """Every model whose rows belong to a tenant, of every app."""
    return [model for model in apps.get_models() if is_tenant_model(model) and model._meta.managed]


def attack(model: type[Model], in_tenant: InTenant) -> Report:
    """Everything Bob tries on one table."""
    report = Report(model._meta.db_table)
    with in_tenant("alice") as alice:
        victim = factory_for(model).create().pk
        before = _row(model, victim)
    with in_tenant("bob") as bob:
        # First, while Bob has no row of his own that could stand in the way of the same values.
        _collide(report, model, victim, before, bob)
        own = factory_for(model).create().pk
        _read(report, model, victim)
        _write(report, model, victim)
        _move(report, model, own, alice.tenant_id)
        _insert_for(report, model, own, alice.tenant_id)
        for referrer, field in _references_to(model):
            _refer(report, referrer, field, victim)
    with in_tenant("alice"):
        report.expect(
            _row(model, victim) == before, f"{model.__name__}: Alice's row is no longer what it was"
        )
    return report


def _read(report: Report, model: type[Model], victim: UUID) -> None:
    table = _quoted(model)
    report.expect(not model._default_manager.filter(pk=victim).exists(), f"{table}: filter(pk) finds it")
    report.expect(
        victim not in set(model._base_manager.values_list("pk", flat=True)), f"{table}: all() holds it"
    )
    for sql in (
        f"SELECT 1 FROM {table} WHERE id = %s",
        f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE",
        f"SELECT 1 FROM {table} t WHERE id = %s OR true AND t.id = %s",
        f"SELECT 1 FROM {table} TABLESAMPLE SYSTEM (100) WHERE id = %s",
    ):
        outcome = _run(sql, [victim] * sql.count("%s"))
        report.expect(outcome in (0, FORBIDDEN), f"{sql}: {outcome}")


def _write(report: Report, model: type[Model], victim: UUID) -> None:
    table = _quoted(model)
    attempts: list[Callable[[], Any]] = [
        lambda: model._base_manager.filter(pk=victim).update(id=victim),
        lambda: model._base_manager.filter(pk=victim)._raw_delete("default"),
    ]
    for attempt in attempts:
        outcome = _outcome(attempt)
        report.expect(outcome in (0, FORBIDDEN), f"{table}: written through the ORM: {outcome}")
    for sql in (f"UPDATE {table} SET id = id WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
        outcome = _run(sql, [victim])
        report.expect(outcome in (0, FORBIDDEN), f"{sql}: {outcome}")


def _move(report: Report, model: type[Model], own: UUID, tenant_id: UUID) -> None:
    """Give Alice a row of Bob's."""
    outcome = _run(f"UPDATE {_quoted(model)} SET tenant_id = %s WHERE id = %s", [tenant_id, own])
    report.expect(outcome is FORBIDDEN, f"{_quoted(model)}: a row was moved to another tenant: {outcome}")


def _insert_for(report: Report, model: type[Model], own: UUID, tenant_id: UUID) -> None:
    outcome = _copy(model, own, {"tenant_id": tenant_id, "id": uuid4()})
    report.expect(outcome is FORBIDDEN, f"{_quoted(model)}: a row was inserted for another tenant: {outcome}")


def _refer(report: Report, referrer: type[Model], field: ForeignKey, victim: UUID) -> None:
    """Make a row of Bob's point at Alice's: refused, and in the words for an id that nobody has."""
    own = factory_for(referrer).create().pk
    for how in ("update", "insert"):
        outcomes, texts = [], []
        for target in (victim, uuid4()):
            if how == "update":
                sql = f"UPDATE {_quoted(referrer)} SET {field.column} = %s WHERE id = %s"
                outcome = _run(sql, [target, own], texts)
            else:
                outcome = _copy(referrer, own, {field.column: target, "id": uuid4()}, texts)
            outcomes.append(outcome)
        where = f"{_quoted(referrer)}.{field.column} by {how}"
        refused = (*_INTEGRITY, FORBIDDEN)
        report.expect(outcomes[0] in refused, f"{where} took another tenant's id: {outcomes[0]}")
        report.expect(outcomes[0] == outcomes[1], f"{where} tells a foreign id from a random one: {outcomes}")
        report.expect(len(set(texts)) == 1, f"{where} says different things: {texts}")


def _collide(report: Report, model: type[Model], victim: UUID, row: dict[str, Any], bob: Context) -> None:
    """Insert a row with Alice's id and every one of her unique values: no key may reach across tenants."""
    values = dict(row) | {"tenant_id": bob.tenant_id} | _own_references(model)
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    outcome = _insert(model, columns, [values[column] for column in columns])
    report.expect(outcome in (1, FORBIDDEN), f"{_quoted(model)}: {victim} is taken for Bob too: {outcome}")


def _own_references(model: type[Model]) -> dict[str, Any]:
    """What a valid row of Bob's refers to, by column. The row itself goes again, or its own pairs would be
    what is taken."""
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and is_tenant_model(field.related_model)
    ]
    if not names:
        return {}
    own = factory_for(model).create()
    references = {name: getattr(own, name) for name in names}
    with suppress(DatabaseError), transaction.atomic():
        own.delete()
    if model._base_manager.filter(pk=own.pk).exists():
        # It stayed: what it alone may refer to is taken.
        references |= {name: factory_for(related).create().pk for name, related in _taken_once(model)}
    return references


def _taken_once(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    """(column, model) of each reference that two rows of a business cannot share."""
    alone = {rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)}
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (field.name,) in alone and is_tenant_model(field.related_model):
            yield field.attname, field.related_model


def _references_to(model: type[Model]) -> Iterator[tuple[type[Model], ForeignKey]]:
    for referrer in tenant_models():
        for field in referrer._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is model:
                yield referrer, field


def _copy(model: type[Model], source: UUID, changed: dict[str, Any], texts: list[str] | None = None) -> Any:
    """INSERT … SELECT of a row of Bob's with some columns changed."""
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    quoted = [connection.ops.quote_name(name) for name in columns]
    chosen = [
        f"%s::{_type(model, name)}" if name in changed else own
        for name, own in zip(columns, quoted, strict=True)
    ]
    table = _quoted(model)
    sql = f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(chosen)} FROM {table}"
    return _run(
        f"{sql} WHERE id = %s", [*(changed[name] for name in columns if name in changed), source], texts
    )


def _type(model: type[Model], column: str) -> str:
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    return str(field.db_type(connection))


def _insert(model: type[Model], columns: list[str], values: list[Any]) -> Any:
    marks = ", ".join(f"%s::{_type(model, name)}" for name in columns)
    names = ", ".join(map(connection.ops.quote_name, columns))
    return _run(f"INSERT INTO {_quoted(model)} ({names}) VALUES ({marks})", values)


def _row(model: type[Model], id_: UUID) -> dict[str, Any]:
    """The row as the database holds it, as text, so that types do not hide a change."""
    columns = [field.column for field in model._meta.concrete_fields]
    texts = ", ".join(f"{connection.ops.quote_name(name)}::text" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {texts} FROM {_quoted(model)} WHERE id = %s", [id_])
        return dict(zip(columns, cursor.fetchone(), strict=True))


def _run(sql: str, params: list[Any], texts: list[str] | None = None) -> Any:
    """Rows affected, or the class of the database's refusal. Nothing that it did is kept."""

    def execute() -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.rowcount)

    return _outcome(execute, texts)


def _outcome(attempt: Callable[[], Any], texts: list[str] | None = None) -> Any:
    try:
        with transaction.atomic():
            result = attempt()
            transaction.set_rollback(True)
            return result
    except DatabaseError as error:
        if texts is not None:
            texts.append(str(error.__cause__.diag.message_primary))  # type: ignore[union-attr]
        return type(error.__cause__)


def _quoted(model: type[Model]) -> str:
    assert tenant_field(model) is not None
    return connection.ops.quote_name(model._meta.db_table)
