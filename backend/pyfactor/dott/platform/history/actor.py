"""Who performs an action, for rooms that must not know the API."""

from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """The member in whose name something is done: a request's actor or a tenant context."""

    @property
    def membership_id(self) -> UUID:
        """The acting membership."""
