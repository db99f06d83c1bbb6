"""A WSGI application behind an ASGI server: what it reads, what it answers, and what becomes of it when the
client goes."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from dott.platform.api import threads
from dott.platform.api.asgi import READ_AHEAD_BYTES, Asgi
from dott.platform.api.threads import Application, Threads

SOON_S = 5.0


class Client:
    """One request and what came back. parts: the body in the pieces in which it arrives; the client goes
    behind the last of them when `leaves`."""

    def __init__(self, *parts: bytes, leaves: bool = False, stays_for: float = SOON_S, **scope: Any) -> None:
        self.messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": part, "more_body": leaves or place < len(parts)}
            for place, part in enumerate(parts, 1)
        ]
        self.leaves, self.stays_for = leaves, stays_for
        length = scope.pop("length", sum(map(len, parts)))
        headers = scope.pop("headers", [])
        self.scope: dict[str, Any] = {
            "type": "http", "http_version": "1.1", "method": "POST" if parts else "GET", "scheme": "http",
            "path": "/", "raw_path": b"/", "query_string": b"",
            "server": ("dott", 80), "client": ("1.2.3.4", 5),
            "headers": [*headers, *([(b"content-length", str(length).encode())] if length else [])],
        } | scope  # fmt: skip
        self.asked = 0
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> Any:
        self.asked += 1
        if self.messages:
            return self.messages.pop(0)
        if not self.leaves:
            await asyncio.sleep(self.stays_for)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


@pytest.fixture
def serve() -> Iterator[Callable[[Application, Client], Client]]:
    made: list[Threads] = []

    def run(application: Application, client: Client) -> Client:
        made.append(Threads(application, 2))
        asyncio.run(Asgi(made[-1])(client.scope, client.receive, client.send))
        return client

    yield run
    for one in made:
        one.executor.shutdown()


class Streamed:
    """A body that Django would call a stream. ended: set when it was closed."""

    streaming = True

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.ended = threading.Event()
        self.given = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.given += 1
            yield chunk

    def close(self) -> None:
        self.ended.set()


def streams(body: Streamed) -> Application:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Streamed:
        start("200 OK", [])
        return body

    return answer


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("201 Created", [("X-Length", str(len(body))), ("Content-Type", "text/plain")])
    return [body[:3], body[3:]]


@pytest.mark.parametrize("size", [1, READ_AHEAD_BYTES, READ_AHEAD_BYTES + 1, 1_000_000])
def test_a_body_arrives_whole_in_whatever_pieces(serve, size: int) -> None:
    body = bytes(n * 7 % 251 for n in range(size))
    pieces = [body[at : at + 10_007] for at in range(0, size, 10_007)]
    client = serve(echo, Client(*pieces))
    assert client.body == body
    start = client.sent[0]
    assert start["status"] == 201
    assert start["headers"] == [(b"x-length", str(size).encode()), (b"content-type", b"text/plain")]


def test_a_long_body_is_read_as_it_is_asked_for(serve) -> None:
    def reads_a_little(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        first = environ["wsgi.input"].readline()
        start("413 Content Too Large", [])
        return [first]

    client = serve(reads_a_little, Client(b"head\n" + b"x" * 70_000, *[b"y" * 70_000] * 20))
    assert client.body == b"head\n"
    assert client.asked < 5


def test_nothing_is_done_for_a_short_body_that_never_comes(serve) -> None:
    asked: list[Any] = []

    def notes(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        asked.append(environ)
        return []

    assert serve(notes, Client(b"abc", leaves=True, length=10)).sent == []
    assert asked == []


def test_a_long_body_that_breaks_off_is_an_error_and_no_body(serve) -> None:
    """Django makes UnreadablePostError of it."""
    with pytest.raises(ConnectionResetError):
        serve(echo, Client(b"x" * 70_000, leaves=True, length=200_000))


def test_a_stream_is_sent_as_it_is_made(serve, monkeypatch) -> None:
    monkeypatch.setattr(threads, "GATHERED_S", 60)
    body = Streamed([b"a", b"b", b"c"])
    client = serve(streams(body), Client())
    assert [message.get("body") for message in client.sent] == [None, b"a", b"bc", b""]
    assert [message.get("more_body") for message in client.sent[1:]] == [True, True, False]
    assert body.ended.is_set()


@pytest.mark.parametrize(
    ("seconds", "sizes"), [(60, [5_000, 70_000, 70_000, 5_000, 0]), (0, [5_000] * 30 + [0])]
)
def test_what_comes_soon_is_sent_together(serve, monkeypatch, seconds: float, sizes: list[int]) -> None:
    monkeypatch.setattr(threads, "GATHERED_S", seconds)
    client = serve(streams(Streamed([b"a" * 5_000] * 30)), Client())
    assert [len(message["body"]) for message in client.sent[1:]] == sizes


def test_a_stream_that_breaks_off_never_looks_whole(serve) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"a"
        raise ZeroDivisionError

    body = Streamed(breaks())

    client = Client()
    with pytest.raises(ZeroDivisionError):
        serve(streams(body), client)
    assert client.sent[-1] == {"type": "http.response.body", "body": b"a", "more_body": True}
    assert body.ended.is_set()


def test_a_stream_ends_when_its_client_has_gone(serve) -> None:
    def goes_on() -> Iterator[bytes]:
        for _ in range(1_000):
            time.sleep(0.002)
            yield b"a"

    body = Streamed(goes_on())
    serve(streams(body), Client(stays_for=0.1))
    assert body.ended.is_set()
    assert 0 < body.given < 500


class MadeAhead(Streamed):
    is_made_ahead = True


class Slow(Client):
    """Takes the first part when it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()

    async def send(self, message: Any) -> None:
        if message.get("body"):
            await asyncio.to_thread(self.may.wait)
        await super().send(message)


@pytest.mark.parametrize("memory", [1, 10_000_000])
def test_a_stream_that_is_made_ahead_is_closed_while_the_client_reads(
    serve, monkeypatch, memory: int
) -> None:
    """Whatever it was made in ends, and is given back."""
    monkeypatch.setattr(threads, "IN_MEMORY_BYTES", memory)
    parts, client = [bytes([n]) * 100_000 for n in range(30)], Slow()
    body = MadeAhead(parts)
    asking = threading.Thread(target=serve, args=(streams(body), client))
    asking.start()
    try:
        assert body.ended.wait(SOON_S)
        assert body.given == 30
        assert not client.body
    finally:
        client.may.set()
        asking.join()
    assert client.body == b"".join(parts)
    assert client.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_what_is_made_ahead_is_on_its_way_at_once(serve) -> None:
    arrived = threading.Event()

    class Notes(Client):
        async def send(self, message: Any) -> None:
            await super().send(message)
            if message.get("body"):
                arrived.set()

    def waits() -> Iterator[bytes]:
        yield b"a"
        assert arrived.wait(SOON_S)
        yield b"b"

    client = Notes()
    serve(streams(MadeAhead(waits())), client)
    assert client.body == b"ab"


def test_what_the_client_has_is_not_kept(serve, monkeypatch) -> None:
    """A stream without end takes no more room than its client is behind."""
    sizes: list[int] = []

    class Noted(threads.SpooledTemporaryFile):  # type: ignore[type-arg]
        def write(self, chunk: bytes) -> int:
            written = super().write(chunk)
            sizes.append(self.tell())
            return written

    monkeypatch.setattr(threads, "SpooledTemporaryFile", Noted)

    def slowly() -> Iterator[bytes]:
        for _ in range(20):
            time.sleep(0.02)
            yield b"a" * 100_000

    client = Client()
    serve(streams(MadeAhead(slowly())), client)
    assert len(client.body) == 2_000_000
    assert max(sizes) < 1_000_000


def test_what_is_made_ahead_and_breaks_off_never_looks_whole(serve) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"a"
        raise ZeroDivisionError

    body, client = MadeAhead(breaks()), Client()
    with pytest.raises(ZeroDivisionError):
        serve(streams(body), client)
    assert client.sent[-1].get("more_body", True)
    assert body.ended.is_set()


@pytest.mark.parametrize("stays_for", [0.1, SOON_S])
def test_nothing_waits_for_the_rest_of_what_broke_off(stays_for: float) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"a"
        time.sleep(0.3)
        yield b"b"
        raise ZeroDivisionError

    async def asked() -> int:
        client, asked = Client(stays_for=stays_for), Threads(streams(MadeAhead(breaks())), 1)
        with suppress(ZeroDivisionError):
            await Asgi(asked)(client.scope, client.receive, client.send)
        await asyncio.sleep(0.1)
        return len(asyncio.all_tasks())

    assert asyncio.run(asked()) == 1


def test_no_more_is_made_ahead_when_the_client_has_gone(serve) -> None:
    def goes_on() -> Iterator[bytes]:
        for _ in range(1_000):
            time.sleep(0.002)
            yield b"a"

    body, client = MadeAhead(goes_on()), Client(stays_for=0.1)
    serve(streams(body), client)
    assert body.ended.is_set()
    assert 0 < body.given < 500
    assert client.sent[-1].get("more_body", True)


def test_an_answer_is_closed_before_it_is_sent(serve) -> None:
    """The connection to the database is given back however slowly the client reads."""
    order: list[str] = []

    class Closes(list[bytes]):
        def close(self) -> None:
            order.append("closed")

    def answers(environ: dict[str, Any], start: Callable[..., Any]) -> Closes:
        start("200 OK", [])
        return Closes([b"a"])

    class Notes(Client):
        async def send(self, message: Any) -> None:
            order.append(message["type"])

    serve(answers, Notes())
    assert order == ["closed", "http.response.start", "http.response.body"]


def test_each_request_keeps_its_thread(serve) -> None:
    names: set[str] = set()

    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            names.add(threading.current_thread().name)
            yield b"a"

    def streams(environ: dict[str, Any], start: Callable[..., Any]) -> Streamed:
        names.add(threading.current_thread().name)
        start("200 OK", [])
        return Streamed(chunks())

    serve(streams, Client())
    assert len(names) == 1
    assert names != {threading.current_thread().name}


def test_what_is_not_http_is_refused(serve) -> None:
    with pytest.raises(ValueError, match="not websocket"):
        serve(echo, Client(type="websocket"))
