"""Hears what any process of Dott has sealed and sent, and hands it to the sockets of this one."""

import asyncio
from typing import NoReturn

import psycopg
import structlog
from psycopg import sql

from dott.platform.realtime.address import connection_parameters
from dott.platform.realtime.envelope import CHANNEL, unseal
from dott.platform.realtime.layer import NotifyLayer
from dott.platform.realtime.messages import RESYNC

# A connection that is silent this long is asked whether it still lives, and has as long to answer.
CHECK_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Listener:
    """Holds one connection that LISTENs, and makes it anew whenever it is lost."""

    def __init__(self, layer: NotifyLayer) -> None:
        self._layer = layer
        self.is_hearing = False
        self._pause = FIRST_PAUSE_SECONDS

    async def run(self) -> NoReturn:
        """Listen until cancelled. After every gap all sockets resync: what was said in it is lost."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, TimeoutError) as error:
                log.warning("realtime listener lost its connection", reason=str(error))
            finally:
                self.is_hearing = False
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(**connection_parameters()) as connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self.is_hearing = True
            log.info("realtime listener hears", backend=connection.info.backend_pid)
            self._pause = FIRST_PAUSE_SECONDS
            self._layer.deliver_to_all(RESYNC)
            while True:
                async for notification in connection.notifies(timeout=CHECK_SECONDS):
                    self._hear(notification.payload)
                await asyncio.wait_for(connection.execute("SELECT 1"), CHECK_SECONDS)

    def _hear(self, payload: str) -> None:
        opened = unseal(payload)
        if opened is None:
            # Another key, another clock, or somebody who has the password of a role and no business here.
            log.warning("realtime message not believed", size=len(payload))
            return
        self._layer.deliver(*opened)
