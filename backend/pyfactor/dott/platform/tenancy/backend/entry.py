"""The proof that opens a tenant's transaction, sent together with BEGIN."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from dott.platform.tenancy.context import Context
from dott.platform.tenancy.direct import Query
from dott.platform.tenancy.wire import Rows


@dataclass(slots=True)
class Entry:
    """A query whose one row says who entered; filled in once it has run."""

    sql: str
    params: tuple[Any, ...]
    # Every statement of the transaction sees the database as it was when it began.
    snapshot: bool = False
    # What is asked in the same round trip, and the rows of each. There are none where who entered is refused.
    ahead: Sequence[Query] = ()
    found: Sequence[Rows] = field(default=(), init=False)
    done: bool = field(default=False, init=False)
    tenant: UUID | None = field(default=None, init=False)
    member_user: UUID | None = field(default=None, init=False)
    membership: UUID | None = field(default=None, init=False)
    role: str | None = field(default=None, init=False)
    key: UUID | None = field(default=None, init=False)
    scopes: frozenset[str] | None = field(default=None, init=False)
    sees: tuple[UUID, ...] | None = field(default=None, init=False)

    @property
    def begin(self) -> str:
        """The statement that opens the transaction."""
        return "BEGIN ISOLATION LEVEL REPEATABLE READ" if self.snapshot else "BEGIN"

    def resolve(self, row: Any) -> None:
        """Take (tenant, user, membership, role, sees), each None when refused; of a key also (id, scopes)."""
        self.tenant, self.member_user, self.membership, self.role, sees, *key = row
        self.sees = None if sees is None else tuple(sees)
        if key:
            self.key, self.scopes = key[0], frozenset((key[1] or "").split())
        self.done = True

    def context(self, alias: str) -> Context:
        """The context that the database has installed. Only for an entry that was not refused."""
        if self.tenant is None or self.member_user is None or self.membership is None or self.role is None:
            raise RuntimeError("A refused entry has no context.")
        return Context(
            self.tenant,
            self.member_user,
            self.membership,
            self.role,
            alias,
            key_id=self.key,
            scopes=self.scopes,
            sees=self.sees,
        )
