"""How many sockets a person and a business may hold in one process."""

from collections import Counter
from uuid import UUID

from django.conf import settings

from dott.platform.realtime.handshake import Member, Refused


class Seats:
    """Counts open sockets. Not shared between threads: all sockets live in one event loop."""

    def __init__(self) -> None:
        self._taken: Counter[UUID] = Counter()

    def take(self, member: Member) -> None:
        """Take a seat. Raises Refused (429) when the person or the business has none left."""
        limits = settings.REALTIME
        if self._taken[member.user_id] >= limits["sockets_per_user"]:
            raise Refused(429, "too many sockets of this person")
        if self._taken[member.tenant_id] >= limits["sockets_per_tenant"]:
            raise Refused(429, "too many sockets of this business")
        self._taken.update((member.user_id, member.tenant_id))

    def release(self, member: Member) -> None:
        """Give a taken seat back."""
        for key in (member.user_id, member.tenant_id):
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
