"""The attacks of one member on another's records, against every operation of the URL map."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import FullResultSet
from django.db import DatabaseError, transaction
from django.db.models import CharField, TextField

from dott.platform.tenancy.visibility import InSight
from tests.attacks import on_members
from tests.attacks.described import media_types, query_parameters
from tests.attacks.inventory import operations
from tests.attacks.on_members import CANARY, given, narrowed_models

TARGETS = [operation for operation in operations() if operation.is_described]


def parameters(operation) -> list[str]:
    """The names of an operation's query parameters, by the schema."""
    return [name for name, _ in query_parameters(operation)]


@pytest.fixture
def hidden(in_tenant, world) -> dict[Any, Any]:
    """Nora's: a row of every model, with a canary in every free text."""
    with in_tenant("olga"):
        rows = {model: given(model, world["nora"].membership_id) for model in narrowed_models()}
        for model, row in rows.items():
            for field in model._meta.concrete_fields:
                if type(field) in (CharField, TextField) and not field.choices:
                    # A text with a rule of its own keeps its value.
                    with suppress(DatabaseError), transaction.atomic():
                        rows_of = model._base_manager.filter(pk=row.pk)
                        rows_of.update(**{field.name: CANARY[: field.max_length]})
    return {model: row.pk for model, row in rows.items()}


@pytest.fixture
def own(in_tenant, world) -> dict[Any, Any]:
    """Tara's: a row of every model."""
    with in_tenant("olga"):
        return {model: given(model, world["tara"].membership_id).pk for model in narrowed_models()}


@pytest.fixture
def tara(api_as):
    return lambda: api_as("tara")


def rows_of(hidden, in_tenant) -> dict[Any, Any]:
    with in_tenant("olga"):
        return {model: model._base_manager.filter(pk=pk).values().get() for model, pk in hidden.items()}


def test_ids_in_paths(tara, hidden, in_tenant, record_property) -> None:
    before = rows_of(hidden, in_tenant)
    on_members.ids_in_paths(TARGETS, tara, hidden).must_be_clean(record_property)
    assert rows_of(hidden, in_tenant) == before


def test_ids_in_bodies(tara, hidden, own, in_tenant, record_property) -> None:
    before = rows_of(hidden, in_tenant)
    on_members.ids_in_bodies(TARGETS, tara, hidden, own, media_types).must_be_clean(record_property)
    assert rows_of(hidden, in_tenant) == before


def test_ids_in_bulk(tara, hidden, in_tenant, record_property) -> None:
    before = rows_of(hidden, in_tenant)
    on_members.ids_in_bulk(TARGETS, tara, hidden).must_be_clean(record_property)
    assert rows_of(hidden, in_tenant) == before


def test_ids_in_queries(tara, hidden, record_property) -> None:
    on_members.ids_in_queries(TARGETS, tara, hidden, parameters).must_be_clean(record_property)


def test_nothing_of_a_colleague_is_in_any_answer(tara, hidden, own, record_property) -> None:
    secrets = [CANARY, *map(str, hidden.values())]
    on_members.canaries(TARGETS, tara, own, secrets, parameters).must_be_clean(record_property)


def test_a_hole_is_found(tara, hidden, own, monkeypatch) -> None:
    def everything(self: InSight, compiler: Any, connection: Any) -> Any:
        raise FullResultSet

    monkeypatch.setattr(InSight, "as_sql", everything)
    findings = "\n".join(on_members.ids_in_paths(TARGETS, tara, hidden).findings)
    assert "GET /api/crm/customers/{pk}/ tells a hidden id" in findings
    assert "PATCH /api/crm/deals/{pk}/ tells a hidden id" in findings
    shown = "\n".join(on_members.canaries(TARGETS, tara, own, [CANARY], parameters).findings)
    assert "GET /api/crm/contacts/" in shown
    assert "GET /api/crm/deals/export/" in shown
