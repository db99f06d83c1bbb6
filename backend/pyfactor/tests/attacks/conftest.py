"""Prints how often each attack tried, and offers rows of any model in anybody's business."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import CharField, Model, TextField
from django.utils import timezone

from dott.platform.identity.models import ApiKey, Invitation, Session
from dott.platform.sso.models import Domain, Link
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.fields import is_tenant_model
from dott.platform.tenancy.router import AUTH
from tests.attacks.described import IS_FULL
from tests.attacks.inventory import Operation, operations
from tests.factories import factory_for, reference
from tests.keys import made_key
from tests.world import World

LONGEST = frozenset({"test_replay", "test_injection"})


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line per attack with its count."""
    passed = terminalreporter.stats.get("passed", [])
    lines = [text for report in passed for name, text in report.user_properties if name == "attack"]
    if lines:
        terminalreporter.section("attacks")
        for line in sorted(lines):
            terminalreporter.write_line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the whole run the longest come first, so that nobody is left alone with one of them at the end."""
    if IS_FULL:
        items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(autouse=True)
def unlimited_attempts(settings: Any) -> None:
    """An attacker with all the time in the world; the limits have tests of their own."""
    settings.RATE_LIMITS = {
        scope: (1_000_000, window_s) for scope, (_, window_s) in settings.RATE_LIMITS.items()
    }


def _invited(world: World, name: str) -> UUID:
    invitation = Invitation(
        business_id=world[name].tenant_id,
        email=f"{name}@invited.example",
        role="viewer",
        token_hash=token_bytes(32),
        invited_by_id=world[name].user_id,
        expires_at=timezone.now() + timedelta(days=1),
    )
    invitation.save(using=AUTH, force_insert=True)
    return invitation.pk


def _mail_domain(world: World, name: str) -> UUID:
    domain = Domain(business_id=world[name].tenant_id, name=f"{uuid4()}.example", proof="shown")
    domain.save(using=AUTH, force_insert=True)
    return domain.pk


def _connected(world: World, name: str) -> UUID:
    Link.objects.using(AUTH).filter(user_id=world[name].user_id).delete()
    link = Link(
        business_id=world[name].tenant_id,
        user_id=world[name].user_id,
        issuer="https://login.example",
        subject=name,
    )
    link.save(using=AUTH, force_insert=True)
    return link.pk


class Log:
    """The lines that were logged since the last look, as text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def taken(self) -> str:
        """The lines, which are then forgotten."""
        text = "\n".join(self.lines)
        self.lines.clear()
        return text


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """What is logged: by the handlers, and the line of each request, which goes round them."""
    kept = Log()

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.lines.append(record.getMessage())

    def write(**fields: Any) -> None:
        kept.lines.append(json.dumps(fields, default=str))

    handler = Keeping()
    logging.getLogger().addHandler(handler)
    for module in ("dott.platform.api.middleware", "dott.platform.api.plans.front"):
        monkeypatch.setattr(f"{module}.write_request_line", write)
    yield kept
    logging.getLogger().removeHandler(handler)


def plant_canaries(
    model: type[Model],
    in_tenant: Callable[[str], AbstractContextManager[Context]],
    canary: str,
    rows: int = 2,
) -> list[UUID]:
    """Rows of Alice's with a canary in every free text; their ids."""
    planted: list[UUID] = []
    with in_tenant("alice"):
        for _ in range(rows):
            row = factory_for(model).create()
            planted.append(row.pk)
            texts = {
                field.name: canary[: field.max_length]
                for field in model._meta.concrete_fields
                if type(field) in (CharField, TextField) and not field.choices
            }
            if not _planted(model, row.pk, texts):
                # Some text has a rule of its own and keeps its value.
                for name, text in texts.items():
                    _planted(model, row.pk, {name: text})
    return planted


def _planted(model: type[Model], pk: UUID, texts: dict[str, str]) -> bool:
    with suppress(DatabaseError), transaction.atomic():
        model.objects.filter(pk=pk).update(**texts)
        return True
    return False


Subject = Callable[[Operation | type[Model], str], UUID]


@pytest.fixture
def subject(world: World, in_tenant: Callable[[str], AbstractContextManager[Context]]) -> Subject:
    """`subject(Customer, "alice")` is the id of a customer in Alice's business; the same one per test.

    For an operation it is the record that its path names, together with the part of it numbered 1
    when the path goes on to a part.
    """
    known: dict[tuple[type[Model], str], UUID] = {}

    def row(of: Operation | type[Model], name: str) -> UUID:
        model = of.model() if isinstance(of, Operation) else of
        if (model, name) not in known:
            known[model, name] = _made(model, name)
            if isinstance(of, Operation):
                _make_parts(model, known[model, name], name)
        return known[model, name]

    def _made(model: type[Model], name: str) -> UUID:
        if model is Session:
            return Session.objects.get(user_id=world[name].user_id).id
        if model is ApiKey:
            return made_key(world[name]).row.pk
        if model is Invitation:
            return _invited(world, name)
        if model is Domain:
            return _mail_domain(world, name)
        if model is Link:
            return _connected(world, name)
        assert is_tenant_model(model), f"Where does a {model.__name__} of {name}'s come from?"
        with in_tenant(name):
            return factory_for(model).create().pk

    def _make_parts(model: type[Model], pk: UUID, name: str) -> None:
        for operation in operations():
            numbers = [number for number, kind in operation.kinds.items() if kind == "int"]
            if operation.subject is model and numbers and operation.method == "PATCH":
                part = operation.view.queryset.model
                with in_tenant(name):
                    factory_for(part).create(
                        **{reference(part, model): model.objects.get(pk=pk), numbers[0]: 1}
                    )

    return row
