"""A client of the proxy: real TLS with the proxy's own CA, and raw bytes where a library would tidy them."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_S = 30


@dataclass(frozen=True)
class Answer:
    """status, headers with lower-case names (repeated ones joined by ", ", cookies by a line end), body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Door:
    """Where the proxy listens on loopback, by which name, and the CA that vouches for it."""

    host: str
    http_port: int
    https_port: int
    authority: Path

    @property
    def origin(self) -> str:
        return f"https://{self.host}:{self.https_port}"

    def context(self) -> ssl.SSLContext:
        """Trusts the proxy's CA and nobody else."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cafile=str(self.authority))
        return context

    def fetch(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        secure: bool = True,
    ) -> Answer:
        """One request on a connection of its own; redirects are not followed."""
        if secure:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self.host, self.https_port, timeout=PATIENCE_S, context=self.context()
            )
        else:
            connection = http.client.HTTPConnection(self.host, self.http_port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            return read(connection.getresponse())
        finally:
            connection.close()

    def raw(self) -> ssl.SSLSocket:
        """A TLS connection on which the caller writes and reads bytes."""
        plain = socket.create_connection((self.host, self.https_port), timeout=PATIENCE_S)
        return self.context().wrap_socket(plain, server_hostname=self.host)


def read(response: http.client.HTTPResponse) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        between = "\n" if key == "set-cookie" else ", "
        headers[key] = f"{headers[key]}{between}{value}" if key in headers else value
    return Answer(response.status, headers, response.read())


def status_of(reply: bytes) -> int:
    """The status of a raw HTTP/1.1 answer; 0 when the connection ended without one."""
    words = reply.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") else 0
