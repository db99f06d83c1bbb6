"""The realtime process as an ASGI application: sockets, two health addresses, and the listener."""

import asyncio
import contextlib
import json
from typing import Any

from channels.layers import get_channel_layer

from dott.platform.realtime.consumer import Socket
from dott.platform.realtime.listener import Listener


class Application:
    """Started and stopped by the server's lifespan events; without them nothing is ever heard."""

    def __init__(self) -> None:
        self._listener: Listener | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve one connection, or the process's life."""
        if scope["type"] == "websocket":
            await Socket()(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._answer(scope, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self._listener = Listener(get_channel_layer())
        task = asyncio.create_task(self._listener.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: dict[str, Any], send: Any) -> None:
        """Live: the process answers. Ready: what happens reaches it."""
        is_hearing = self._listener is not None and self._listener.is_hearing
        answers = {
            "/health/live/": (200, "live"),
            "/health/ready/": (200, "ready") if is_hearing else (503, "not_ready"),
        }
        status, word = answers.get(scope["path"], (404, "not_found"))
        body = json.dumps({"status": word}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
