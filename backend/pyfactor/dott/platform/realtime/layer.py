"""The channel layer: groups in this process, NOTIFY between processes.

What is sent to a group goes out through PostgreSQL and comes back through the listener of every
realtime process, this one too; only then is it put into the inboxes of the group's sockets here.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Iterable

from channels.layers import BaseChannelLayer

from dott.platform.realtime.messages import RESYNC, Message
from dott.platform.realtime.publisher import publisher

# A socket that is this far behind is told to ask for everything anew.
INBOX_MESSAGES = 256


class Inbox:
    """What waits for one socket. Beyond its size everything in it becomes one resync."""

    def __init__(self, size: int) -> None:
        self._messages: deque[Message] = deque()
        self._size = size
        self._filled = asyncio.Event()

    def put(self, message: Message) -> None:
        if len(self._messages) >= self._size:
            self._messages.clear()
            message = RESYNC
        if message != RESYNC or RESYNC not in self._messages:
            self._messages.append(message)
        self._filled.set()

    async def get(self) -> Message:
        while not self._messages:
            self._filled.clear()
            await self._filled.wait()
        return self._messages.popleft()


class NotifyLayer(BaseChannelLayer):
    """Of the channel layer specification it offers groups; a channel is one socket of this process."""

    extensions = ["groups"]

    def __init__(self, capacity: int = INBOX_MESSAGES) -> None:
        super().__init__(capacity=capacity)
        self._numbers = itertools.count(1)
        self._inboxes: dict[str, Inbox] = {}
        self._groups: dict[str, set[str]] = {}

    async def new_channel(self, prefix: str = "socket") -> str:
        """A name and an inbox for a socket; forget() ends both."""
        name = f"{prefix}.{next(self._numbers)}"
        self._inboxes[name] = Inbox(self.capacity)
        return name

    async def send(self, channel: str, message: Message) -> None:
        """Put a message into the inbox of one socket of this process."""
        self._put([channel], message)

    async def receive(self, channel: str) -> Message:
        """Wait for the next message."""
        return await self._inboxes[channel].get()

    async def group_add(self, group: str, channel: str) -> None:
        """Let the socket hear what is sent to the group."""
        self._groups.setdefault(group, set()).add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        """Undo group_add."""
        members = self._groups.get(group, set())
        members.discard(channel)
        if not members:
            self._groups.pop(group, None)

    async def group_send(self, group: str, message: Message) -> None:
        """Send to the group's sockets in all processes."""
        publisher.publish(group, message)

    def forget(self, channel: str) -> None:
        """Forget a socket that has left its groups."""
        self._inboxes.pop(channel, None)

    def deliver(self, group: str, message: Message) -> None:
        """For the listener: hand a message to the group's sockets in this process."""
        self._put(self._groups.get(group, ()), message)

    def deliver_to_all(self, message: Message) -> None:
        """For the listener: hand a message to every socket of this process."""
        self._put(self._inboxes, message)

    def _put(self, channels: Iterable[str], message: Message) -> None:
        for channel in channels:
            if (inbox := self._inboxes.get(channel)) is not None:
                inbox.put(message)
