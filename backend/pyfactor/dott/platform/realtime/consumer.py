"""One socket: proves who it is for, hands on what its business announces, and ends when the right to it does.

Close codes (docs/adr/0010-realtime.md): 1008 the page sent something else than a ping; 4401 the session
ended; 4403 the membership ended; 4409 the session went on to another business. The server adds 1009 (a
message too large), 1011 (no answer to a ping) and 1012 (the process is being stopped).
"""

import asyncio
import contextlib
import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.conf import settings
from django.db import Error as DatabaseProblem

from dott.platform.realtime.handshake import Member, Refused, member_of, proof_of, seen_part
from dott.platform.realtime.messages import RESYNC, Message, tenant_group, user_group
from dott.platform.realtime.seats import Seats
from dott.platform.tenancy.transactions import MembershipRefused, SessionRefused

SESSION_ENDED = 4401
MEMBERSHIP_ENDED = 4403
MOVED_AWAY = 4409
NOT_A_PING = 1008

# An end between the proof and the joining of the groups is announced to nobody; this finds it.
FIRST_RECHECK_SECONDS = 2.0
# The pool may make a proof wait this long; see settings.POOL and the role's statement_timeout.
PROOF_SECONDS = 8.0
PINGS_PER_RECHECK = 20

seats = Seats()
# A connection each, from Django's pool, for the few milliseconds of a proof.
_provers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="realtime-proof")

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Unproven(Exception):
    """The database did not answer; says nothing about the session."""


class Socket(AsyncConsumer):
    """Methods named like a message's type receive it, from the browser (websocket_*) or a group."""

    def __init__(self) -> None:
        self._proof = b""
        self._member: Member | None = None
        self._rechecks: asyncio.Task[None] | None = None
        self._pings = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the socket to its end."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._leave()

    async def dispatch(self, message: Message) -> None:
        """As Channels', without its check of database connections: this one's thread has none."""
        handler = getattr(self, message["type"].replace(".", "_"))
        await handler(message)

    # --- from the browser -------------------------------------------------------------------------

    async def websocket_connect(self, message: Message) -> None:
        """Answer 101 to a member; else 403, 429 when she has too many sockets, 503 without a database."""
        try:
            self._proof = proof_of(self.scope)
            member = await self._prove()
            seats.take(member)
        except Refused as refusal:
            await self._refuse(refusal.status)
        except (SessionRefused, MembershipRefused):
            await self._refuse(403)
        except Unproven:
            await self._refuse(503)
        self._member = member
        await self.channel_layer.group_add(tenant_group(member.tenant_id), self.channel_name)
        await self.channel_layer.group_add(user_group(member.user_id), self.channel_name)
        await self.send({"type": "websocket.accept"})
        self._rechecks = asyncio.create_task(self._recheck_now_and_then())

    async def websocket_receive(self, message: Message) -> None:
        """Answer `ping`; whoever sends anything else, or very many, is no page of ours."""
        self._pings += 1
        if message.get("text") != "ping" or self._pings > PINGS_PER_RECHECK:
            await self._end(NOT_A_PING, "only pings are understood")
        await self._tell({"type": "pong"})

    async def websocket_disconnect(self, message: Message) -> None:
        """The browser is gone."""
        raise StopConsumer

    # --- from the groups --------------------------------------------------------------------------

    async def changes(self, message: Message) -> None:
        """Hand on which records changed, of those that the member sees."""
        if self._member is not None and self._member.sees is not None:
            try:
                message = await self._run(seen_part, message)
            except (SessionRefused, MembershipRefused, Unproven):
                # It is lost with the right to it; without an answer the page asks for everything itself.
                await self.resync(message)
                return
        if message["changes"]:
            await self._tell(message)

    async def resync(self, message: Message) -> None:
        """Something was missed, perhaps also that this socket should end."""
        await self.recheck(message)
        await self._tell(RESYNC)

    async def recheck(self, message: Message) -> None:
        """Prove session and membership again; close when either ended."""
        self._pings = 0
        try:
            member = await self._prove()
        except SessionRefused:
            await self._end(SESSION_ENDED, "session ended")
        except MembershipRefused:
            await self._end(MEMBERSHIP_ENDED, "membership ended")
        except Unproven:
            # Nothing is heard from a database that does not answer; the next check finds out.
            return
        if self._member is None or member != self._member:
            await self._end(MOVED_AWAY, "session moved on")

    # --- own --------------------------------------------------------------------------------------

    async def _recheck_now_and_then(self) -> None:
        pause = FIRST_RECHECK_SECONDS
        while True:
            # Sockets that reconnected together must not ask together for ever.
            await asyncio.sleep(pause * random.uniform(0.8, 1.0))  # noqa: S311  (spreads load)
            await self.channel_layer.send(self.channel_name, {"type": "recheck"})
            pause = settings.REALTIME["recheck_seconds"]

    async def _prove(self) -> Member:
        return await self._run(member_of)

    async def _run(self, ask: Callable[..., T], *args: Any) -> T:
        """What a function says that asks the database with the proof. Raises Unproven, and what it raises."""
        loop = asyncio.get_running_loop()
        try:
            asking = loop.run_in_executor(_provers, ask, self._proof, *args)
            return await asyncio.wait_for(asking, PROOF_SECONDS)
        except (DatabaseProblem, TimeoutError) as error:
            log.warning("realtime proof failed", reason=str(error))
            raise Unproven from error

    async def _tell(self, message: Message) -> None:
        text = json.dumps(message, separators=(",", ":"))
        await self.send({"type": "websocket.send", "text": text})

    async def _refuse(self, status: int) -> None:
        """Answer the handshake with an HTTP status. Always raises StopConsumer."""
        headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
        await self.send({"type": "websocket.http.response.start", "status": status, "headers": headers})
        await self.send({"type": "websocket.http.response.body", "body": b""})
        raise StopConsumer

    async def _end(self, code: int, reason: str) -> None:
        """Close the socket. Always raises StopConsumer."""
        await self._leave()
        await self.send({"type": "websocket.close", "code": code, "reason": reason})
        raise StopConsumer

    async def _leave(self) -> None:
        """Hear nothing more. Safe to repeat."""
        if self._rechecks is not None:
            self._rechecks.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._rechecks
            self._rechecks = None
        if self._member is not None:
            seats.release(self._member)
            await self.channel_layer.group_discard(tenant_group(self._member.tenant_id), self.channel_name)
            await self.channel_layer.group_discard(user_group(self._member.user_id), self.channel_name)
            self._member = None
        self.channel_layer.forget(self.channel_name)
