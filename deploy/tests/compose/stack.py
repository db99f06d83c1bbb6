"""The whole of compose.yaml, up on an engine under a name of its own, and what tests do with it."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from busy import within
from door import Door
from proxy import free_ports

DEPLOY = Path(__file__).parents[2]
OURS = ("proxy", "web", "api", "worker", "realtime", "db", "backup")
PATIENCE_S = 90.0


class Docker(Protocol):
    """What deploy/engine gives."""

    env: dict[str, str]


class Stack:
    """One project. folder: its .env and its secrets; everything in it goes with `down`.

    images: by the variable that names it. title: where a run has more than one.
    """

    def __init__(self, docker: Docker, folder: Path, images: dict[str, str], title: str = "main") -> None:
        self.folder = folder
        self.name = f"dott-test-{os.getpid()}-{title}"
        self.ports = free_ports(3)
        http, https, operator = self.ports
        self.door = Door("localhost", http, https, folder / "root.crt")
        self.operator_port = operator
        self.env = {k: v for k, v in docker.env.items() if not k.startswith(("DOTT_", "EMAIL_", "COMPOSE_"))}
        shutil.copy(DEPLOY / "prepare", folder)
        self.settings = {
            "COMPOSE_PROJECT_NAME": self.name,
            "DOTT_HOST": "localhost",
            "DOTT_TLS": "internal",
            "DOTT_LISTEN": "127.0.0.1",
            "DOTT_HTTP_PORT": str(http),
            "DOTT_HTTPS_PORT": str(https),
            "DOTT_PUBLIC_PORT": f":{https}",
            "DOTT_OPERATOR_PORT": str(operator),
            **images,
        }
        self.configure()

    def configure(self, **settings: str) -> None:
        """Write .env with these settings changed; what runs already is as it was."""
        self.settings |= settings
        (self.folder / ".env").write_text(
            "".join(f"{name}={value}\n" for name, value in self.settings.items())
        )

    def prepare(self, *arguments: str) -> str:
        done = subprocess.run([self.folder / "prepare", *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def compose(self, *arguments: str, check: bool = True, timeout_s: float = 300) -> str:
        """Output of `docker compose`. Raises AssertionError with all it said when it fails."""
        argv = [
            "docker",
            "compose",
            "-f",
            str(DEPLOY / "compose.yaml"),
            "--project-directory",
            str(self.folder),
        ]
        argv += ["--progress", "quiet", *arguments]
        done = subprocess.run(
            argv, env=self.env, cwd=self.folder, capture_output=True, text=True, timeout=timeout_s
        )
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}\n{self.state()}"
        return done.stdout if check else f"{done.stdout}{done.stderr}"

    def up(self, *arguments: str) -> None:
        """As the README says, and never from a registry."""
        self.compose(
            "up", "-d", "--wait", "--wait-timeout", "240", "--pull", "never", "--no-build", *arguments
        )
        self.compose("cp", "proxy:/data/caddy/pki/authorities/local/root.crt", str(self.door.authority))

    def down(self) -> None:
        self.compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "15")

    def docker(self, *arguments: str) -> str:
        done = subprocess.run(["docker", *arguments], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "--all", "--quiet", service).split()

    def inspect(self, service: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.docker("inspect", self.containers(service)[0]))[0]
        return found

    def kill(self, service: str) -> int:
        """SIGKILL to its main process, as the kernel would, and not by the engine, which would take it as
        wanted. Returns the process id."""
        pid = int(self.inspect(service)["State"]["Pid"])
        os.kill(pid, 9)
        return pid

    def python(self, service: str, code: str) -> str:
        """Run Python in a container of Django's."""
        return self.compose("exec", "-T", service, "python", "-c", code)

    def node(self, code: str) -> str:
        return self.compose("exec", "-T", "web", "/nodejs/bin/node", "-e", code)

    def psql(self, query: str, database: str = "dott") -> str:
        """As the superuser, inside the database's container."""
        argv = ["psql", "-U", "postgres", "-d", database, "-tAc", query]
        return self.compose("exec", "-T", "db", *argv).strip()

    def state(self) -> str:
        argv = ["docker", "ps", "-a", "--filter", f"label=com.docker.compose.project={self.name}"]
        done = subprocess.run(
            [*argv, "--format", "{{.Names}} {{.Status}}"], env=self.env, capture_output=True, text=True
        )
        return done.stdout

    def health(self, kind: str) -> int:
        """Status of /health/KIND/ at the door; 0 when nobody answers."""
        try:
            return self.door.fetch(f"/health/{kind}/").status
        except OSError:
            return 0

    def until(self, true: Callable[[], object], within_s: float = PATIENCE_S) -> float:
        """Seconds until it is true. Raises AssertionError when it takes too long, busy or not."""
        started = time.monotonic()
        while not true():
            assert time.monotonic() - started < within(within_s), self.state()
            time.sleep(0.25)
        return time.monotonic() - started

    def mail_code(self, address: str) -> str:
        """The code in the newest mail to an address; mail becomes files here."""
        target = self.folder / "mail"
        shutil.rmtree(target, ignore_errors=True)
        self.compose("cp", "api:/var/lib/dott/mail", str(target))
        newest = sorted(target.iterdir(), key=lambda path: path.stat().st_mtime)
        texts = [text for path in newest if f"To: {address}" in (text := path.read_text())]
        found = re.search(r"^Subject: ([A-Z0-9]+(?:-[A-Z0-9]+)+)", texts[-1], re.MULTILINE)
        assert found, texts[-1]
        return found[1]
