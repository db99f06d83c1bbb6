"""Who is measured: how each is started, and what stands for it in the table."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher import web_env
from launcher.errors import LauncherError
from launcher.process import tail
from launcher.supervisor import Service

from harness.dataset import Dataset

PEERS = Path(__file__).resolve().parent.parent / "peers"
READY_WITHIN_S = 60.0
# As many as Dott's own server has; gunicorn's sync workers by gunicorn's own advice.
PROCESSES = 2
THREADS = 8
SYNC_WORKERS = 2 * PROCESSES + 1


@dataclass(frozen=True)
class Contender:
    """start: runs it on a port. answers: whether its answers are the customers and are compared."""

    name: str
    title: str
    start: Callable[["Starter", int], Service]
    answers: bool = True


class Starter:
    """Starts contenders on one dataset. python: of the peers' environment."""

    def __init__(self, dataset: Dataset, python: Path, constant: Path) -> None:
        self.dataset = dataset
        self.stack = dataset.stack
        self.python = python
        self.constant = constant

    def peer(self, name: str, argv: list[str], folder: Path = PEERS, **env: str) -> Service:
        """A peer's server with the peers' database role in libpq's variables."""
        log = self.stack.paths.logs / f"bench-{name}.log"
        environment = web_env.environment(self.dataset.peer_environment() | env)
        return self.stack.supervisor.start(name, argv, cwd=folder, log=log, env=environment)

    def gunicorn(self, name: str, settings: str, port: int) -> Service:
        """Django as its documentation of deployment and gunicorn's defaults have it."""
        argv = [str(self.python), "-m", "gunicorn", "drf.wsgi:application", "--bind", f"127.0.0.1:{port}"]
        return self.peer(name, [*argv, "--workers", str(SYNC_WORKERS)], DJANGO_SETTINGS_MODULE=settings)

    def granian(self, name: str, target: str, port: int, **env: str) -> Service:
        """A WSGI application on Dott's own server, with as many processes and threads."""
        argv = [
            str(self.python), "-m", "granian", "--interface", "wsgi", target, "--host", "127.0.0.1",
            "--port", str(port), "--workers", str(PROCESSES), "--blocking-threads", str(THREADS),
            "--no-ws",
        ]  # fmt: skip
        return self.peer(name, argv, **env)

    def uvicorn(self, name: str, target: str, port: int) -> Service:
        """An ASGI application with uvloop and httptools."""
        argv = [str(self.python), "-m", "uvicorn", target, "--host", "127.0.0.1", "--port", str(port)]
        return self.peer(
            name, [*argv, "--workers", str(PROCESSES), "--no-access-log", "--log-level", "warning"]
        )

    def node(self, name: str, port: int) -> Service:
        """A Node program that makes its own two processes."""
        return self.peer(
            name, [web_env.node(), "server.js"], PEERS / name, PORT=str(port), NODE_ENV="production"
        )


ALL = (
    Contender("dott", "**Dott**", lambda s, port: s.stack.start_api(port, s.dataset.environment())),
    Contender("drf", "DRF, plain", lambda s, port: s.gunicorn("drf", "drf.settings", port)),
    Contender(
        "django_ninja",
        "django-ninja",
        lambda s, port: s.gunicorn("django_ninja", "django_ninja.settings", port),
    ),
    Contender(
        "fastapi_sqlalchemy",
        "FastAPI + SQLAlchemy",
        lambda s, port: s.uvicorn("fastapi_sqlalchemy", "fastapi_sqlalchemy.app:app", port),
    ),
    Contender("express_prisma", "Express + Prisma", lambda s, port: s.node("express_prisma", port)),
    Contender("fastify_pg", "Fastify + pg", lambda s, port: s.node("fastify_pg", port)),
    Contender(
        "django_empty",
        "empty Django view",
        lambda s, port: s.granian("django_empty", "django_empty.app:application", port),
        answers=False,
    ),
    Contender(
        "constant",
        "constant responder",
        lambda s, port: s.granian(
            "constant", "constant.app:application", port, BENCH_CONSTANT=str(s.constant)
        ),
        answers=False,
    ),
)


def free_port() -> int:
    """A port that the system has just called free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(service: Service, port: int, path: str) -> None:
    """Until it answers anything at all. Raises LauncherError with the end of its log."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and service.child.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # a refusal is an answer
        except OSError:
            time.sleep(0.1)
    raise LauncherError(f"{service.name} does not answer. The end of {service.log}:\n{tail(service.log)}")


def load_average() -> float:
    """How busy the machine is with everything on it."""
    return os.getloadavg()[0]
