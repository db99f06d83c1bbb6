"""The proof that opens a tenant's transaction, sent together with BEGIN."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class Entry:
    """A query whose one row says who entered; filled in once it has run."""

    sql: str
    params: tuple[Any, ...]
    done: bool = field(default=False, init=False)
    tenant: UUID | None = field(default=None, init=False)
    member_user: UUID | None = field(default=None, init=False)
    membership: UUID | None = field(default=None, init=False)
    role: str | None = field(default=None, init=False)

    def resolve(self, row: Any) -> None:
        """Take (tenant, user, membership, role), each None when refused."""
        self.tenant, self.member_user, self.membership, self.role = row
        self.done = True
