"""A WSGI application for requests that came to an event loop: each runs in a thread, from its first line to
its last byte, as Django's connections ask for."""

import asyncio
import io
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dott.platform.api.asgi import READ_AHEAD_BYTES, Receive, Reply, Send, content_length, encoded, reply
from dott.platform.api.edge import Environ, Headers

# What of a stream is sent at once: as much as this, or what came in this time.
GATHERED_BYTES = 64 * 1024
GATHERED_S = 0.05

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Threads:
    """Answers as the WSGI application does. most: requests at once; more wait without end, so whoever stands
    before it lets in no more."""

    def __init__(self, application: Application, most: int) -> None:
        self.application = application
        self.executor = ThreadPoolExecutor(most, "request")

    async def __call__(self, environ: Environ, receive: Receive, send: Send) -> None:
        wire = _Wire(asyncio.get_running_loop(), receive, send)
        if content_length(environ) > READ_AHEAD_BYTES:
            environ["wsgi.input"] = io.BufferedReader(_Body(wire), READ_AHEAD_BYTES)
        try:
            answer = await wire.loop.run_in_executor(self.executor, self._run, environ, wire)
        finally:
            wire.stop_watching()
        if answer is not None:
            await reply(send, answer)

    def _run(self, environ: Environ, wire: "_Wire") -> Reply | None:
        """In a thread. None when the answer was streamed."""
        started: list[Any] = []
        body = self.application(environ, lambda status, headers, *_: started.extend((status, headers)))
        try:
            status, headers = int(started[0][:3]), started[1]
            if not getattr(body, "streaming", False):
                return Reply(status, headers, b"".join(body))
            wire.start(status, headers)
            for chunk in _gathered(body):
                if wire.is_over:
                    return None
                wire.send_chunk(chunk)
            wire.end()
            return None
        finally:
            if close := getattr(body, "close", None):
                close()


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same in larger ones, for each is a way to the loop and back. None waits long for the next."""
    parts: list[bytes] = []
    size, due = 0, 0.0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size >= GATHERED_BYTES or time.monotonic() >= due:
            yield b"".join(parts)
            parts, size, due = [], 0, time.monotonic() + GATHERED_S
    if parts:
        yield b"".join(parts)


class _Wire:
    """The request's two directions, for its thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop, self.receive, self.send = loop, receive, send
        self.is_over = False
        self._watching: asyncio.Task[None] | None = None

    def message(self) -> Any:
        """The next one from the client."""
        return asyncio.run_coroutine_threadsafe(_called(self.receive), self.loop).result()

    def start(self, status: int, headers: Headers) -> None:
        """Begin a stream; from here on it is noticed when the client goes."""
        message = {"type": "http.response.start", "status": status, "headers": encoded(headers)}
        asyncio.run_coroutine_threadsafe(self._start(message), self.loop).result()

    def send_chunk(self, chunk: bytes) -> None:
        """Returns when there is room for the next."""
        message = {"type": "http.response.body", "body": chunk, "more_body": True}
        asyncio.run_coroutine_threadsafe(_called(self.send, message), self.loop).result()

    def end(self) -> None:
        """Without it the client sees that the stream broke off."""
        message = {"type": "http.response.body", "body": b"", "more_body": False}
        asyncio.run_coroutine_threadsafe(_called(self.send, message), self.loop).result()

    def stop_watching(self) -> None:
        """In the loop."""
        if self._watching:
            self._watching.cancel()

    async def _start(self, message: dict[str, Any]) -> None:
        await self.send(message)
        self._watching = self.loop.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.is_over = True


async def _called(function: Callable[..., Any], *given: Any) -> Any:
    return await function(*given)


class _Body(io.RawIOBase):
    """What the client sends, as it comes. Raises OSError when it goes before the end."""

    def __init__(self, wire: _Wire) -> None:
        super().__init__()
        self._wire = wire
        self._rest = memoryview(b"")
        self._is_last = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, into: Any) -> int:
        """Waits for at least one byte; 0 at the end."""
        while not self._rest and not self._is_last:
            message = self._wire.message()
            if message["type"] == "http.disconnect":
                raise ConnectionResetError("the client has gone")
            self._rest = memoryview(message.get("body", b""))
            self._is_last = not message.get("more_body", False)
        size = min(len(into), len(self._rest))
        into[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
