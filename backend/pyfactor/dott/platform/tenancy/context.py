"""Who acts for which business, in this thread of execution.

The value here is a convenience for Python (the constant in every query, the author of a row). What
decides is the signed context inside the database transaction, which this mirrors and cannot replace.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID


class NoTenantContext(RuntimeError):
    """Tenant data was asked for outside `tenancy.session()` or `tenancy.job()`."""


@dataclass(frozen=True, slots=True)
class Context:
    """A verified member of one tenant, and the database alias whose transaction carries the proof."""

    tenant_id: UUID
    user_id: UUID
    membership_id: UUID
    role: str
    alias: str
    # Of a program that came with an API key: which one, and what it was given. None is a person.
    key_id: UUID | None = None
    scopes: frozenset[str] | None = None
    # Memberships whose records she sees, her own among them; None is everything (visibility.py).
    sees: tuple[UUID, ...] | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether the transaction cannot write: app.enter_key made it so for a key that only reads."""
        return self.scopes is not None and not any(scope.endswith(":write") for scope in self.scopes)


_current: ContextVar[Context | None] = ContextVar("dott_tenant_context", default=None)


def current() -> Context:
    """The active context. Raises NoTenantContext outside one: never "everything", never "nothing"."""
    context = _current.get()
    if context is None:
        raise NoTenantContext("No tenant is active. Open one with tenancy.session() or tenancy.job().")
    return context


def current_or_none() -> Context | None:
    """The active context, or None where code may run both inside and outside of one."""
    return _current.get()


def current_tenant_id() -> UUID:
    """The tenant of the active context. Raises NoTenantContext outside one."""
    return current().tenant_id


def current_membership_id() -> UUID:
    """The acting member, written as the author of a row. Raises NoTenantContext outside a context."""
    return current().membership_id


@contextmanager
def activated(context: Context) -> Iterator[Context]:
    """Mirror a context that the database has installed. Only tenancy.transactions calls this."""
    reset_token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(reset_token)


@contextmanager
def seeing_everything() -> Iterator[None]:
    """For upkeep that must not depend on who happens to act, such as counters, ranks and the trash.

    Nothing that is found in here may be told to her."""
    context = _current.get()
    if context is None or context.sees is None:
        yield
        return
    with activated(replace(context, sees=None)):
        yield
