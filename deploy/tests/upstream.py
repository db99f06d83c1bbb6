"""A stand-in for Django, Next and the realtime process: it answers with what it was asked."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 1.3


class Upstream(ThreadingHTTPServer):
    """On a free port of loopback.

    seen: the path of each request, noted before its body is read. whole: of those whose body came as long as
    announced.
    """

    daemon_threads = True

    def __init__(self, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Echo)
        self.name = name
        self.seen: list[str] = []
        self.whole: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: the proxy hangs up on a body that grew too large, and that is what is tested."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Echo(BaseHTTPRequestHandler):
    """JSON of what came, or a WebSocket that repeats what it hears."""

    protocol_version = "HTTP/1.1"
    server_version = "Stub/1.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        server = self.server
        assert isinstance(server, Upstream)
        server.seen.append(self.path)
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._websocket()
            return
        length = int(self.headers.get("Content-Length") or 0)
        received = len(self.rfile.read(length)) if length else self._chunked()
        if received >= length:
            server.whole.append(self.path)
        told = {
            "name": server.name,
            "method": self.command,
            "path": self.path,
            "headers": {key.lower(): value for key, value in self.headers.items()},
            "received": received,
        }
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Powered-By", "Stub")
        self.send_header("Strict-Transport-Security", "max-age=1")
        self.end_headers()
        self.wfile.write(body)

    def _chunked(self) -> int:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return 0
        received = 0
        while size := int(self.rfile.readline().strip() or b"0", 16):
            received += len(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return received

    def _websocket(self) -> None:
        key = self.headers["Sec-WebSocket-Key"].encode()
        accept = base64.b64encode(hashlib.sha1(key + _GUID).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept)
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        self.connection.settimeout(30)
        while heard := self.connection.recv(1024):
            self.connection.sendall(heard)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: what it saw is in `seen`."""
