"""A small WSGI application behind Asgi and Threads, for test_served.py."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dott.platform.api.asgi import Asgi
from dott.platform.api.threads import Threads


class _Stream:
    streaming = True

    def __init__(self, chunks: Iterator[bytes], ended: Path | None = None) -> None:
        self.chunks, self.ended = chunks, ended

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks

    def close(self) -> None:
        if self.ended:
            self.ended.write_text("ended", encoding="utf-8")


class _MadeAhead(_Stream):
    is_made_ahead = True


def _breaks_off() -> Iterator[bytes]:
    yield b"a" * 100_000
    yield b"b" * 100_000
    raise ZeroDivisionError


def _endless() -> Iterator[bytes]:
    while True:
        time.sleep(0.01)
        yield b"a" * 100_000


def _streamed(path: str) -> Iterator[bytes] | None:
    """What a path streams; None of one that streams nothing."""
    match path:
        case "/stream/":
            return iter([b"a" * 70_000] * 300)
        case "/breaks-off/":
            return _breaks_off()
        case "/endless/":
            return _endless()
    return None


def _plain(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
    path = environ["PATH_INFO"]
    if chunks := _streamed(path.removeprefix("/ahead")):
        start("200 OK", [("Content-Type", "text/csv")])
        kind = _MadeAhead if path.startswith("/ahead/") else _Stream
        return kind(chunks, Path(environ["HTTP_X_ENDED"]) if "HTTP_X_ENDED" in environ else None)
    match path:
        case "/slow/":
            Path(environ["HTTP_X_BEGUN"]).write_text("begun", encoding="utf-8")
            time.sleep(1)
            start("200 OK", [])
            return [b"done"]
        case "/unchanged/":
            start("304 Not Modified", [("ETag", '"7"')])
            return []
        case path:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start("200 OK", [("X-Path", path.encode("latin-1").hex()), ("X-Length", str(len(body)))])
            return [str(environ.get("HTTP_X_FORWARDED_HOST")).encode()]


THREADS = 4
application = Asgi(Threads(_plain, THREADS))
