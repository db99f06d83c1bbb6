"""A realtime process as it runs in production, over the test's database, and what its sockets hear."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dott.platform.tenancy.router import APP

BACKEND = Path(__file__).resolve().parents[4]
START_SECONDS = 60.0

Headers = Sequence[tuple[str, str]]


class Server:
    """`python -m config.realtime`, given what deployment gives it and nothing else."""

    def __init__(self, **environment: str) -> None:
        self.environment = environment
        self.port = 0
        self.log: list[dict[str, Any]] = []
        self.child: subprocess.Popen[str]
        self._sockets = ExitStack()
        self.start()

    def start(self) -> None:
        """Start it, at first on a free port and later on the same one again."""
        own = ("DATABASE_", "DJANGO_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "config.realtime", "--port", str(self.port)],
            cwd=BACKEND,
            env={
                **inherited,
                "DATABASE_URL": address_of(APP),
                "DJANGO_SECRET_KEY": settings.SECRET_KEY,
                "DOTT_PUBLIC_ORIGIN": settings.PUBLIC_ORIGIN,
                **self.environment,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, args=(self.child,), daemon=True).start()
        try:
            for sign in ("Uvicorn running on", "listener hears"):
                wait_until(partial(self.says, sign), within=START_SECONDS)
        except AssertionError:
            self.close()
            raise
        self.port = int(self.lines("Uvicorn running on")[-1].split("http://127.0.0.1:")[1].split()[0])

    def _read(self, child: subprocess.Popen[str]) -> None:
        assert child.stderr is not None
        with child.stderr:
            for line in child.stderr:
                self.log.append(json.loads(line) if line.startswith("{") else {"event": line})

    def lines(self, text: str) -> list[str]:
        """The events logged so far that contain the text."""
        return [line["event"] for line in self.log if text in line["event"]]

    def says(self, text: str) -> bool:
        """Whether it has logged the text; fails the test when it has ended instead."""
        assert self.child.poll() is None, self.log
        return bool(self.lines(text))

    def listener_pid(self) -> int:
        """The PostgreSQL process that serves its listener."""
        return int([line["backend"] for line in self.log if "listener hears" in line["event"]][-1])

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()
        self.child.wait(10)
        self.log.clear()

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(15)

    def close_sockets(self) -> None:
        """Close every socket opened here."""
        self._sockets.close()

    def close(self) -> None:
        """End the process, whatever state it is in."""
        self.close_sockets()
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait(10)

    def shake_hands(self, headers: Headers, path: str = "/ws/", **options: Any) -> ClientConnection:
        """Open a socket with exactly these headers, besides those of the protocol itself.

        Raises websockets.InvalidStatus when it is refused.
        """
        address = f"ws://127.0.0.1:{self.port}{path}"
        handshake = connect(
            address,
            additional_headers=headers,
            compression=None,
            user_agent_header=None,
            proxy=None,
            close_timeout=2,
            **options,
        )
        return self._sockets.enter_context(handshake)

    def socket(self, token: str, **options: Any) -> ClientConnection:
        """A page's socket: the session's cookie, and Dott's own origin."""
        return self.shake_hands([("Origin", settings.PUBLIC_ORIGIN), ("Cookie", f"sid={token}")], **options)


def address_of(alias: str) -> str:
    """The alias's database as a DATABASE_URL."""
    given = connections[alias].settings_dict
    user, password = quote(given["USER"], safe=""), quote(given["PASSWORD"], safe="")
    return f"postgresql://{user}:{password}@/{given['NAME']}?host={given['HOST']}&port={given['PORT']}"


def wait_until(is_so: Callable[[], bool], *, within: float = 10.0) -> None:
    """Poll until it is so; fails the test after that many seconds."""
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def heard(socket: ClientConnection, *, within: float = 10.0) -> dict[str, Any]:
    """The next message."""
    message: dict[str, Any] = json.loads(socket.recv(timeout=within))
    return message


def heard_nothing(socket: ClientConnection) -> bool:
    """Whether nothing came up to now: the answer to a ping is the next thing that arrives."""
    socket.send("ping")
    return heard(socket) == {"type": "pong"}


def end_of(socket: ClientConnection, *, within: float = 10.0) -> tuple[int, list[dict[str, Any]]]:
    """The close code, and what was heard before it. Fails the test when the socket stays open."""
    before = []
    deadline = time.monotonic() + within
    while True:
        try:
            before.append(json.loads(socket.recv(timeout=max(0.0, deadline - time.monotonic()))))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006, before
