"""An ASGI server's request as the environ of WSGI, in which all of the API reads it, and the answer."""

import io
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from dott.platform.api.edge import Environ, Headers

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# What stands behind: one request's environ in, messages of the answer out.
Answering = Callable[[Environ, Receive, Send], Awaitable[None]]

# A body of at most so many bytes is read before anything is done for it, so a client that dawdles holds
# nothing. A longer one is read as it is asked for (threads.py).
READ_AHEAD_BYTES = 64 * 1024

_NAMES: dict[bytes, str] = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_MOST_NAMES = 1_000


class Reply(NamedTuple):
    """A whole answer."""

    status: int
    headers: Headers
    body: bytes = b""


class Asgi:
    """The ASGI application. answering: who is given the environ."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Dott's API answers HTTP, not {scope['type']}")
        environ = environ_of(scope)
        length = content_length(environ)
        if 0 < length <= READ_AHEAD_BYTES:
            body = await _whole(receive, length)
            if body is None:
                return
            environ["wsgi.input"] = io.BytesIO(body)
        await self.answering(environ, receive, send)


def environ_of(scope: Message) -> Environ:
    """The environ without a body. Header names with an underscore are left out: in an environ they cannot be
    told from those with a hyphen, which a proxy vouches for."""
    raw = scope.get("raw_path") or scope["path"].encode()
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(raw) if b"%" in raw else raw).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": _NoErrors(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for header, value in scope["headers"]:
        if not (name := _NAMES.get(header) or _named(header)):
            continue
        text = value.decode("latin-1")
        if name in environ:
            text = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{text}"
        environ[name] = text
    return environ


def content_length(environ: Environ) -> int:
    """Bytes; 0 when none are said, as Django has it."""
    said = environ.get("CONTENT_LENGTH", "")
    return int(said) if said.isascii() and said.isdigit() else 0


async def reply(send: Send, answer: Reply) -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded(answer.headers)})
    await send({"type": "http.response.body", "body": answer.body})


def encoded(headers: Headers) -> list[tuple[bytes, bytes]]:
    """As ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _whole(receive: Receive, length: int) -> bytes | None:
    """The body; None when the client has gone before its end."""
    parts, size = [], 0
    while size < length:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _named(header: bytes) -> str:
    name = "" if b"_" in header else "HTTP_" + header.decode("latin-1").upper().replace("-", "_")
    if len(_NAMES) < _MOST_NAMES:
        _NAMES[header] = name
    return name


class _NoErrors(io.TextIOBase):
    """Nobody here writes to wsgi.errors: Django logs."""

    def write(self, text: str) -> int:
        """Nowhere."""
        return len(text)
