"""A WSGI application for requests that came to an event loop: each runs in a thread, from its first line to
its last byte, as Django's connections ask for."""

import asyncio
import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any

from dott.platform.api.asgi import READ_AHEAD_BYTES, Receive, Reply, Send, content_length, encoded, reply
from dott.platform.api.edge import Environ, Headers

# What of a stream is sent at once: as much as this, or what came in this time.
GATHERED_BYTES = 64 * 1024
GATHERED_S = 0.05
# What was made ahead of a client is kept in memory up to this size, then in a file.
IN_MEMORY_BYTES = 1024 * 1024

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Threads:
    """Answers as the WSGI application does. most: requests at once; more wait without end, so whoever stands
    before it lets in no more.

    A stream waits for its client after each part. One that is marked `is_made_ahead` does not: it is made and
    closed as fast as it can be, because it holds a transaction, and the client takes it at her own pace.
    """

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
            if not getattr(body, "is_made_ahead", False):
                for chunk in _gathered(body):
                    if wire.is_over:
                        return None
                    wire.send_chunk(chunk)
                wire.end()
                return None
            made = wire.make_ahead(_gathered(body))
        finally:
            if close := getattr(body, "close", None):
                close()
        if made.wait():
            wire.end()
        return None


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

    def make_ahead(self, chunks: Iterable[bytes]) -> "_Ahead":
        """Make all of a stream, or what of it is made before the client goes, while it is being sent."""
        ahead = _Ahead(self.loop, self.send)
        try:
            for chunk in chunks:
                if self.is_over:
                    ahead.give_up()
                    break
                ahead.put(chunk)
        except BaseException:
            ahead.give_up()
            raise
        ahead.is_whole = True
        ahead.tell()
        return ahead

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


class _Ahead:
    """What was made of a stream and its client has not taken yet."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.loop, self.send = loop, send
        self.is_whole = False
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  (_send_all closes it)
        self._made = self._sent = 0
        self._lock, self._more = threading.Lock(), asyncio.Event()
        self._sending = asyncio.run_coroutine_threadsafe(self._send_all(), loop)

    def put(self, chunk: bytes) -> None:
        """One more part; never waits for the client. What cannot be sent any more is not kept."""
        with self._lock:
            if self._file.closed:
                return
            if self._sent == self._made:
                self._made = self._sent = 0
                self._file.seek(0)
                self._file.truncate()
            self._file.seek(self._made)
            self._made += self._file.write(chunk)
        self.tell()

    def tell(self) -> None:
        """That there is something new."""
        self.loop.call_soon_threadsafe(self._more.set)

    def give_up(self) -> None:
        """Send no more of it."""
        self._sending.cancel()

    def wait(self) -> bool:
        """Until the client has all of it; False when she never will."""
        try:
            self._sending.result()
        except CancelledError:
            return False
        return True

    async def _send_all(self) -> None:
        is_last = False
        try:
            while not is_last:
                self._more.clear()
                is_last = self.is_whole
                while chunk := self._next():
                    await self.send({"type": "http.response.body", "body": chunk, "more_body": True})
                if not is_last:
                    await self._more.wait()
        finally:
            with self._lock:
                self._file.close()

    def _next(self) -> bytes:
        with self._lock:
            self._file.seek(self._sent)
            chunk = self._file.read(min(GATHERED_BYTES, self._made - self._sent))
            self._sent += len(chunk)
        return chunk


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
