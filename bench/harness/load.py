"""The load: wrk with 16 keep-alive connections and requests that were formatted beforehand."""

import json
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.errors import LauncherError

SCRIPT = Path(__file__).with_name("requests.lua")
CONNECTIONS = 16


@dataclass(frozen=True)
class Request:
    """One HTTP request. body: JSON text, "" for none; @@@@@@@@@@@@ in it becomes a running number."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def raw(self, port: int) -> bytes:
        """The bytes on the wire."""
        headers = [("Host", f"127.0.0.1:{port}"), ("Accept", "application/json"), *self.headers]
        if self.body:
            headers += [
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(self.body.encode()))),
            ]
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Slice:
    """What one run of the load saw. refused: answers of 400 and more."""

    requests: int
    seconds: float
    socket_errors: int
    refused: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


def program() -> str:
    """wrk's path. Raises LauncherError with the way to get it."""
    found = shutil.which("wrk")
    if found is None:
        raise LauncherError("wrk is missing; the measurements need it as their load.", "apt-get install wrk")
    return found


def write(requests: list[Request], port: int, folder: Path) -> Path:
    """A file of requests for wrk's script."""
    path = folder / f"requests-{port}"
    path.write_bytes(b"\0".join(request.raw(port) for request in requests))
    return path


def run(requests: Path, port: int, *, seconds: int) -> Slice:
    """Send them over and over for some whole seconds."""
    done = subprocess.run(
        [
            program(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s",
            "-s", str(SCRIPT), f"http://127.0.0.1:{port}", "--",
            str(requests), str(random.randrange(10**9)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return Slice(**json.loads(done.stdout.splitlines()[-1]))
